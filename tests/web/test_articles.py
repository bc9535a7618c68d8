import re

import pytest
from flask import Flask
from flask_babel import force_locale

from validation.articles import list_acts
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
        ("en", "order-01-14/annex-1/art-7(8)(e)", "Order 01-14, annex 1, article 7(8)(e)"),
        ("ka", "order-01-14/annex-1/art-7(8)(e)", "ბრძანება №01-14, დანართი №1, მუხლი 7(8)(ე)"),
        (
            "ka",
            "order-01-14/annex-1/art-7(7)(b)(c)",
            "ბრძანება №01-14, დანართი №1, მუხლი 7(7)(ბ.გ)",
        ),
        ("ka", "<b>(B) (ab)", "<b>(B) (ab)"),
        ("en", "a law of tomorrow", "A law of tomorrow"),
        ("en", "", ""),
    ],
)
def test_an_article_begins_as_a_sentence_does_in_its_language(
    app: Flask, language: str, law: str, words: str
) -> None:
    with app.test_request_context(), force_locale(language):
        assert write_article(law) == words


def test_georgian_letters_are_those_that_the_acts_print(app: Flask) -> None:
    places = [place for act in list_acts() for place in act.articles if place.mark]
    lettered = [place for place in places if re.search(r"\([a-z]\)$", place.citation)]
    assert lettered
    with app.test_request_context(), force_locale("ka"):
        for place in lettered:
            assert write_article(place.law).endswith(f"({place.mark}"), place.law
