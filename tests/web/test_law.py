"""The room on the law: every rule, value, setting and act has a page, beside its articles."""

import re
from html import unescape
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import SignIn
from tests.web.visiting import Visitor
from validation.articles import list_acts, list_missing
from validation.outcomes import load_outcomes
from validation.parameters import load_law
from validation.rules.catalog import list_all_rules
from web.law.texts import list_tops

PAGES = (
    "/law",
    "/law/rules/members_oldest_first",
    "/law/values",
    "/law/values/ages/majority",
    "/law/settings",
    "/law/articles",
    "/law/articles/order-01-14",
    "/law/articles/order-01-14/annex-1/art-7(4)",
    "/law/deadlines",
    "/law/coverage",
)
EVERYBODY = ("archivist", "operator", "coordinator", "supervisor", "administrator")


@pytest.fixture
def reader(sign_in: SignIn) -> Visitor:
    return sign_in("archivist")


def read_words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def list_links(page: str, begin: str) -> list[str]:
    links = (urlsplit(unescape(link)).path for link in re.findall(r'href="([^"]*)"', page))
    return [link for link in links if link.startswith(begin)]


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_law_is_open_to_everybody_who_is_signed_in(sign_in: SignIn, who: str) -> None:
    visitor = sign_in(who)
    assert {path: visitor.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("path", PAGES)
def test_strangers_sign_in_first(stranger: Visitor, path: str) -> None:
    assert "/sign-in" in stranger.get(path).headers["Location"]


def test_every_rule_and_every_outcome_has_a_page_in_both_languages(sign_in: SignIn) -> None:
    codes = [rule.code for rule in list_all_rules()] + list(load_outcomes())
    for language in ("en", "ka"):
        visitor = sign_in("operator", language)
        pages = {code: visitor.get(f"/law/rules/{code}").status_code for code in codes}
        assert [code for code, status in pages.items() if status != 200] == []


def test_every_value_has_a_page(reader: Visitor) -> None:
    law = load_law()
    for name in (*law.values, *law.lists, *law.scales):
        assert reader.get(f"/law/values/{name}").status_code == 200, name


def test_every_article_of_every_act_has_a_page_that_leads_to_its_neighbours(
    reader: Visitor,
) -> None:
    for act in list_acts():
        tops = list_tops(act)
        for before, top in pairwise(tops):
            page = reader.get(f"/law/articles/{top.law}").text
            assert f'rel="prev" href="/law/articles/{before.law}"' in page, top.law


@pytest.mark.parametrize(
    "path",
    [
        "/law/rules/nothing",
        "/law/values/nothing",
        "/law/articles/nothing",
        "/law/articles/order-01-14/annex-1/art-99",
        "/law/articles/not_at_hand",
    ],
)
def test_what_there_is_not_leads_nowhere(reader: Visitor, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_a_rule_stands_beside_the_georgian_article(reader: Visitor) -> None:
    page = reader.get("/law/rules/members_oldest_first").text
    words = read_words(page)
    assert "Members stand from the oldest to the youngest" in words
    assert "ასაკის კლების რიგითობით" in words and "Return to the agent" in words
    assert "R003-7.4" in words and "The whole article" in words
    assert "/law/articles/order-01-14/annex-1/art-7(4)" in list_links(page, "/law/articles")


def test_a_rule_names_the_values_that_it_reads_and_they_name_it(reader: Visitor) -> None:
    page = reader.get("/law/rules/head_is_adult").text
    assert list_links(page, "/law/values/") == ["/law/values/ages/majority"]
    assert "18 completed years" in read_words(page)
    assert "/law/rules/head_is_adult" in list_links(
        reader.get("/law/values/ages/majority").text, "/law/rules/"
    )


@pytest.mark.parametrize(
    ("asked", "found", "left_out"),
    [
        ({"words": "oldest youngest"}, "members_oldest_first", "head_is_adult"),
        ({"words": "კლების რიგითობით"}, "members_oldest_first", "head_is_adult"),
        ({"words": "art-7(4)"}, "members_oldest_first", "unsigned_correction"),
        ({"form": "termination_protocol"}, "unsigned_correction", "members_oldest_first"),
    ],
)
def test_rules_are_found_by_words_articles_and_forms(
    reader: Visitor, asked: dict[str, str], found: str, left_out: str
) -> None:
    links = list_links(reader.get("/law", query_string=asked).text, "/law/rules/")
    assert f"/law/rules/{found}" in links and f"/law/rules/{left_out}" not in links


def test_a_georgian_page_cites_with_georgian_letters_and_finds_by_them(sign_in: SignIn) -> None:
    visitor = sign_in("operator", "ka")
    page = visitor.get("/law/rules/lone_mother_has_child").text
    assert "მუხლი 7(8)(ე)" in read_words(page) and "(e)" not in read_words(page)
    assert "/law/articles/order-01-14/annex-1/art-7(8)(e)" in list_links(page, "/law/articles")
    found = visitor.get("/law", query_string={"words": "7(8)(ე)"}).text
    assert set(list_links(found, "/law/rules/")) == {"/law/rules/lone_mother_has_child"}


def test_a_search_without_an_answer_says_so(reader: Visitor) -> None:
    page = reader.get("/law", query_string={"words": "<b>nothing"}).text
    assert "No rule holds all these words" in page and "<b>nothing" not in page


def test_what_is_typed_is_no_part_of_the_page(reader: Visitor) -> None:
    page = reader.get("/law/deadlines", query_string={"received": '"><script>'}).text
    assert "Give a day of the calendar" in page and '"><script>' not in page


def test_the_history_of_a_value_shows_what_held_and_what_holds(reader: Visitor) -> None:
    words = read_words(reader.get("/law/values/gurjaani/medical_share").text)
    assert "From 1 Jan 2016 holds today Repealed: nothing holds from this day." in words
    assert "from 300 GEL, up to 500 GEL 40–50 percent" in words
    assert "above 2000 GEL at most 20 percent, no more than 500 GEL" in words


def test_a_setting_shows_its_choice_before_the_other_ways_to_read(reader: Visitor) -> None:
    page = reader.get("/law/settings").text
    (section,) = re.findall(r'<section class="law-setting" id="X-01">(.*?)</section>', page, re.S)
    words = read_words(section)
    assert words.index("chosen") < words.index("four working days") < words.index("calendar days:")
    assert "/law/articles/programme-overview/step-3" in list_links(section, "/law/articles")


def test_an_article_marks_the_cited_place_and_says_what_rests_on_it(reader: Visitor) -> None:
    page = reader.get("/law/articles/order-01-14/annex-1/art-7(4)").text
    (cited,) = re.findall(
        r'<div class="law-place[^"]*law-cited" id="cited">(.*?)</div>', page, re.S
    )
    assert "„B1“ პუნქტში" in cited
    assert "/law/rules/members_oldest_first" in list_links(page, "/law/rules/")


def test_a_part_without_a_text_marks_what_holds_it(reader: Visitor) -> None:
    page = reader.get("/law/articles/order-01-14/annex-1/art-7(4)(z)").text
    assert "The act has no such part of its own" in page and 'law-cited" id="cited"' in page


def test_a_struck_paragraph_stands_struck_before_its_replacement(reader: Visitor) -> None:
    page = reader.get("/law/articles/order-02-150/annex-3/art-11(5)").text
    (struck,) = re.findall(r"<del>(.*?)</del>", page, re.S)
    assert "4 დღის ვადაში" in struck
    assert page.index("<del>") < page.index("4 სამუშაო დღის ვადაში")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Sub-paragraph (b) is wholly lost"), ("ka", "მთლიანად დაკარგულია")],
)
def test_what_the_source_has_lost_is_said(sign_in: SignIn, language: str, said: str) -> None:
    page = sign_in("operator", language).get("/law/articles/order-01-14/annex-1/art-12(3)(b)")
    assert said in page.text


@pytest.mark.parametrize("missing", list_missing(), ids=lambda one: one.law)
def test_an_act_without_a_text_has_a_page_that_says_why(reader: Visitor, missing: object) -> None:
    law, why = getattr(missing, "law"), getattr(missing, "why")  # noqa: B009
    assert why["en"] in unescape(reader.get(f"/law/articles/{law}").text)


def test_the_days_of_an_application_are_those_of_the_orders_example(reader: Visitor) -> None:
    words = read_words(reader.get("/law/deadlines?received=2026-11-02").text)
    days = re.findall(r"(\d+ \w+ 2026) , \w+day", words)
    assert days[:6] == [
        "3 Nov 2026",
        "6 Nov 2026",
        "10 Nov 2026",
        "23 Nov 2026",
        "27 Nov 2026",
        "4 Dec 2026",
    ]
    assert "23 Nov 2026 , Monday day of rest" in words


def test_a_day_before_the_law_has_no_deadlines(reader: Visitor) -> None:
    words = read_words(reader.get("/law/deadlines?received=2001-01-08").text)
    assert "no deadline held yet" in words or "days of rest of that year" in words


def test_what_is_kept_leads_to_what_keeps_it(reader: Visitor) -> None:
    page = reader.get("/law/coverage").text
    (row,) = re.findall(r'<tr class="govuk-table__row" id="R003-7.4">(.*?)</tr>', page, re.S)
    assert "/law/rules/members_oldest_first" in list_links(row, "/law/rules/")
    assert "/law/articles/order-01-14/annex-1/art-7(4)" in list_links(row, "/law/articles")
