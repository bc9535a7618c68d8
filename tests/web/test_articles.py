import pytest
from flask import Flask
from flask_babel import force_locale

from web.articles import write_article


@pytest.mark.parametrize(
    ("language", "law", "words"),
    [
        ("en", "order-01-14/annex-1/art-11(3)", "Order 01-14, annex 1, article 11(3)"),
        ("ka", "order-01-14/annex-1/art-11(3)", "ბრძანება №01-14, დანართი №1, მუხლი 11(3)"),
        ("ka", "resolution-758/art-5", "დადგენილება №758, მუხლი 5"),
        (
            "ka",
            "gurjaani-programme-2015/art-10(3)",
            "გურჯაანის მუნიციპალიტეტის 2015 წლის პროგრამა, მუხლი 10(3)",
        ),
        ("en", "a law of tomorrow", "A law of tomorrow"),
        ("en", "", ""),
    ],
)
def test_an_article_begins_as_a_sentence_does_in_its_language(
    app: Flask, language: str, law: str, words: str
) -> None:
    with app.test_request_context(), force_locale(language):
        assert write_article(law) == words
