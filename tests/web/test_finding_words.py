"""What a finding says on a page: fields, days, registers and grounds as people call them."""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.validation.papers import load_form
from tests.web.browsing import Open, start_next
from tests.web.conftest import SignIn
from tests.web.reviewing import take_next
from tests.web.test_document_decisions import decide
from tests.web.test_law_browser import LACKS
from tests.web.test_narrow_screens import check_width
from tests.web.visiting import Server, sign_in_by_hand
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import EMPTY
from tests.workflow.registered import add_extract
from validation.disposition import Disposition, Severity
from validation.findings import Finding
from validation.parameters import load_law
from validation.registers import CivilEntry
from validation.rejection import RejectionGround, cite_ground
from validation.wording import write_message
from web.documents.grounds import GROUNDS
from web.documents.spelling import Speller
from workflow.store.models.paper import DocumentState

DECLARATION, PROTOCOL = load_form("family_declaration"), load_form("termination_protocol")
PERSON = "01001012345"
OLDER = {"members[2].birth_date": {"value": "01121940"}, "members[2].age": {"value": "74"}}
"""The second member is older than the first: a fault that names another field."""
TOMORROW = {"filling_date": {"value": "01062026"}}
RAW = re.compile(r"\w+\[\d+\]\.\w+|\b\d{4}-\d\d-\d\d\b")
"""What only programs call things."""


def read_text(page: str) -> str:
    """What a person sees of a page, without its tags."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def let_civil_register_say(desk: Desk, **said: object) -> None:
    """An extract of the civil register with one person in it."""
    known = {
        "first_name": "abc",
        "surname": "abc",
        "birth_date": date(1950, 3, 1),
        "sex": None,
        "citizen": None,
        "died_on": None,
        "kept_by_state": None,
    }
    with desk.act() as act:
        add_extract(act, PERSON, CivilEntry(**(known | said)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "“Family member 1: Date of birth”"),
        ("ka", "„ოჯახის წევრი 1: დაბადების თარიღი“"),
    ],
)
def test_a_page_and_a_return_note_name_another_field_as_the_paper_does(
    desk: Desk, sign_in: SignIn, language: str, said: str
) -> None:
    document_id = desk.check(changes=OLDER)
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN
    coordinator = sign_in("coordinator", language)
    for path in ("", "/return-note"):
        text = read_text(coordinator.get(f"/documents/{document_id}{path}").text)
        assert said in text
        assert RAW.findall(text) == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The day of filling, 1 Jun 2026"), ("ka", "01.06.2026")]
)
def test_days_stand_as_people_write_them(
    desk: Desk, sign_in: SignIn, language: str, said: str
) -> None:
    document_id = desk.check(changes=TOMORROW)
    text = read_text(sign_in("coordinator", language).get(f"/documents/{document_id}").text)
    assert said in text and "2026-06-01" not in text


@pytest.mark.parametrize(
    ("parameter", "value", "spelled"),
    [
        ("other", "visits[1].visit_date", "“Visit 1: Date of the visit”"),
        ("other", "grounds", "“Why the assessment of the family's social and economic condition"),
        ("other", "visits[1].no_such_question", "visits[1].no_such_question"),
        ("code", "20160601", "20160601"),
        ("day", "2016-02-31", "2016-02-31"),
        ("characters", "2016-06-01", "2016-06-01"),
        ("read", "grounds", "grounds"),
        ("characters", "-", "-"),
        ("day", "-", ""),
        ("section", "warning", "“"),
        ("section", "no_such_section", "no_such_section"),
        ("editions", "application/2010-05-21/2", "(edition of 21 May 2010, page 2)"),
        ("editions", "no_such_form/2010-05-21/2", "no_such_form/2010-05-21/2"),
    ],
)
def test_only_what_the_form_knows_and_days_are_spelled(
    app: Flask, parameter: str, value: str, spelled: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        written = Speller(PROTOCOL, "en")(parameter, value)
    assert spelled in written
    assert (written == value) == (spelled == value)


def test_a_paper_of_no_known_form_names_no_fields(app: Flask) -> None:
    with app.test_request_context():
        assert Speller(None, "ka")("other", "grounds") == "grounds"


def make_absent(told: Mapping[str, str]) -> Finding:
    return Finding(
        "members_count", None, Severity.WARNING, "x", Disposition.NEEDS_REVIEW, dict(told)
    )


@pytest.mark.parametrize("language", ["en", "ka"])
def test_a_day_that_nobody_knows_is_left_out_with_its_brackets(language: str) -> None:
    known, unknown = (make_absent({"reason": "absent_dead", "day": d}) for d in ("2016-06-01", "-"))
    speller = Speller(DECLARATION, language)
    assert "(" in write_message(known, language, speller)
    said = write_message(unknown, language, speller)
    assert not {"(", ")", "-", "{"} & set(said) and " ." not in said
    assert "2016-06-01" in write_message(known, language)
    assert "-)" in write_message(unknown, language).replace(" ", "")


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("who", ["applicant", "representative"])
def test_other_names_are_told_where_the_register_has_some(language: str, who: str) -> None:
    code, speller = f"{who}_in_civil_register", Speller(DECLARATION, language)
    there, nowhere = (
        write_message(
            Finding(code, None, Severity.WARNING, "x", Disposition.NEEDS_REVIEW, told),
            language,
            speller,
        )
        for told in ({"registered": ("Maia Abc", "Nino Abc")}, {"registered": ()})
    )
    assert "(Maia Abc, Nino Abc)" in there
    assert "(" not in nowhere and nowhere == there.replace(" (Maia Abc, Nino Abc)", "")


def test_a_person_at_the_station_sees_the_registers_answer_and_stays(
    desk: Desk, sign_in: SignIn
) -> None:
    let_civil_register_say(desk, surname="xyz")
    desk.check()
    operator = sign_in("operator")
    page = operator.get(take_next(operator)).text
    assert "Look at this" in page
    text = read_text(page)
    assert "xyz" in text
    assert "Rests on the civil register as of 1 Mar 2026: civil.csv" in text
    links = re.findall(r'<a [^>]*href="/law/[^"]*"[^>]*>', page[page.index("<main") :])
    assert links
    assert all('target="_blank"' in link and 'rel="noopener"' in link for link in links)
    assert operator.get(re.findall(r'href="(/law/articles[^"#]*)', page)[0]).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Ground of rejection: "), ("ka", "უარის თქმის საფუძველი: ")],
)
def test_a_rejection_names_its_grounds_until_and_after_it_is_confirmed(
    desk: Desk, sign_in: SignIn, language: str, words: str
) -> None:
    let_civil_register_say(desk, birth_date=date(1950, 3, 2))
    document_id = desk.check("application", {"applicant_surname": EMPTY})
    assert desk.state(document_id) is DocumentState.CONFIRM_REJECTION
    coordinator = sign_in("coordinator", language)
    assert len(desk.findings(document_id)) == 2
    for times in (3, 2):  # beside the button that confirms it as well
        text = read_text(coordinator.get(f"/documents/{document_id}").text)
        assert text.count(words) == 2 * times
        assert "3(1.1)" in text and "3(1.3)" in text and "3(1.2)" not in text
        decide(coordinator, desk, document_id, "confirm")
    assert desk.state(document_id) is DocumentState.REJECTED


def test_one_ground_of_several_findings_is_named_once_above(desk: Desk, sign_in: SignIn) -> None:
    lacking = {"municipality": EMPTY, "applicant_surname": EMPTY}
    document_id = desk.check("application", lacking)
    text = read_text(sign_in("coordinator").get(f"/documents/{document_id}").text)
    above, beside_each, at_the_button = 1, len(desk.findings(document_id)), 2
    assert text.count("Ground of rejection: ") == above + beside_each + at_the_button == 5


def test_what_goes_back_to_the_agent_has_no_ground_of_rejection(
    faulty: int, sign_in: SignIn
) -> None:
    assert "Ground of rejection" not in sign_in("coordinator").get(f"/documents/{faulty}").text


def test_every_ground_has_words_and_a_paragraph_of_its_own(app: Flask) -> None:
    assert set(GROUNDS) == set(RejectionGround)
    with app.test_request_context(headers={"Accept-Language": "ka"}):
        words = [str(GROUNDS[ground]) for ground in RejectionGround]
    assert all(re.search("[\u10d0-\u10f0]", said) for said in words)
    assert [cite_ground(ground)[-5:] for ground in RejectionGround] == [
        "(1.1)",
        "(1.2)",
        "(1.3)",
        "(1.4)",
    ]


def test_a_checked_paper_and_the_room_of_the_law_name_one_edition(
    desk: Desk, sign_in: SignIn
) -> None:
    document_id, edition = desk.check(), load_law().edition
    operator = sign_in("operator")
    for path in (f"/documents/{document_id}", "/law/values"):
        assert edition in operator.get(path).text


@pytest.mark.parametrize("language", ["en", "ka"])
def test_pages_with_findings_fit_a_narrow_screen_and_lack_nothing(
    browser_page: Page, server: Server, desk: Desk, language: str
) -> None:
    returned = desk.check(changes=OLDER)
    let_civil_register_say(desk, birth_date=date(1950, 3, 2))
    rejected = desk.check("application", {"applicant_surname": EMPTY})
    browser_page.context.add_cookies([{"name": "language", "value": language, "url": server.url}])
    sign_in_by_hand(browser_page, server.url, "coordinator")
    for width in (390, 1280):
        browser_page.set_viewport_size({"width": width, "height": 800})
        for path in (f"{rejected}", f"{returned}", f"{returned}/return-note"):
            answer = browser_page.goto(f"{server.url}/documents/{path}")
            assert answer is not None and answer.ok
            check_width(browser_page)
            assert browser_page.evaluate(LACKS) == []


def test_an_article_opens_beside_the_station_and_what_is_typed_stays(
    open_page: Open, server: Server, desk: Desk
) -> None:
    let_civil_register_say(desk, surname="xyz")
    desk.check()
    page = open_page("operator")
    start_next(page, server)
    here = page.url
    with page.context.expect_page() as opened:
        page.locator(".review-findings a").first.click()
    assert "/law/articles/" in opened.value.url
    assert page.url == here
