"""From a finding of a document the way leads to its rule and to its article."""

import pytest
from flask import Flask

from tests.web.conftest import SignIn
from tests.web.station import FAULTY
from tests.web.test_law import list_links
from tests.workflow.cases.conftest import Desk
from validation.coverage import Keeping, Means
from web.law.links import find_article_url, find_keeping_url, find_rule_url, link_article


@pytest.mark.parametrize(
    ("law", "url"),
    [
        (
            "order-01-14/annex-1/art-7(4)",
            "/law/articles/order-01-14/annex-1/art-7(4)#cited",
        ),
        ("order-01-14/annex-1/art-13", "/law/articles/order-01-14/annex-1/art-13"),
        ("zestaponi-policy", "/law/articles/zestaponi-policy"),
        ("resolution-145", "/law/articles/resolution-145"),
        ("a law of tomorrow", ""),
        ("", ""),
    ],
)
def test_a_citation_leads_to_its_text_where_anything_is_known(
    app: Flask, law: str, url: str
) -> None:
    with app.test_request_context():
        assert find_article_url(law) == url


def test_a_citation_that_leads_nowhere_stays_words(app: Flask) -> None:
    with app.test_request_context():
        assert "<" not in link_article("<b>1") and "b&gt;1" in link_article("<b>1").lower()
        assert link_article("order-01-14/annex-1/art-13").startswith('<a class="govuk-link"')


@pytest.mark.parametrize(
    ("keeping", "url"),
    [
        (Keeping(Means.RULE, "members_oldest_first"), "/law/rules/members_oldest_first"),
        (Keeping(Means.OUTCOME, "unsigned_correction"), "/law/rules/unsigned_correction"),
        (Keeping(Means.PARAMETER, "ages/majority"), "/law/values/ages/majority"),
        (Keeping(Means.SETTING, "name_rows"), "/law/settings"),
        (Keeping(Means.LETTER, "notice_lapse"), ""),
    ],
)
def test_what_keeps_a_requirement_has_its_page(app: Flask, keeping: Keeping, url: str) -> None:
    with app.test_request_context():
        assert find_keeping_url(keeping) == url


def test_a_code_of_long_ago_has_no_page(app: Flask) -> None:
    with app.test_request_context():
        assert find_rule_url("a_rule_of_long_ago") == ""


def test_a_finding_of_a_document_leads_to_its_rule_and_its_article(
    sign_in: SignIn, desk: Desk
) -> None:
    document_id = desk.check(changes=FAULTY)
    visitor = sign_in("coordinator")
    page = visitor.get(f"/documents/{document_id}").text
    rules, articles = list_links(page, "/law/rules/"), list_links(page, "/law/articles/")
    assert rules and articles
    for link in {*rules, *articles}:
        assert visitor.get(link).status_code == 200, link
