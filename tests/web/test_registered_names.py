"""The review station offers what the civil register has, apart from what the ink may say."""

import re

import pytest
from playwright.sync_api import Page, expect

from ocr.readings import FieldState, Reason
from tests.acting import Clock
from tests.web.browsing import Open, list_entries, press, start_next
from tests.web.conftest import SignIn
from tests.web.reviewing import open_question, read_hidden, say, take_next
from tests.web.test_finding_words import PERSON, let_civil_register_say, read_text
from tests.web.test_narrow_screens import check_width
from tests.web.visiting import Server, Visitor
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DOUBTFUL
from web.documents.looking import LOOK
from workflow.cases.reviewing import release
from workflow.store.models.paper import DocumentState
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Store

SURNAME, BORN = "members[1].surname", "members[1].birth_date"
NUMBER = "members[1].personal_number"
MISREAD = {
    "reason": Reason.SUGGESTION,
    "review": True,
    "confidence": 0.6,
    "value": "abx",
    "candidates": (("abc", 0.2), ("aby", 0.1)),
}
WRONG_DAY = {**DOUBTFUL, "value": "01031958"}
OFFERED = re.compile(r"<button[^>]*\bdata-registered\b[^>]*>([^<]*)")
WORDS = {
    "en": "The civil register has under this personal number",
    "ka": "სამოქალაქო რეესტრში ამ პირადი ნომრით წერია",
}


@pytest.fixture
def document_id(desk: Desk) -> int:
    """A paper whose first surname was misread, and whose number the register knows."""
    let_civil_register_say(desk)
    return desk.check(changes={SURNAME: MISREAD, BORN: WRONG_DAY})


def show(visitor: Visitor, document_id: int, field: str) -> str:
    """The page of a field of the document that waits for this person."""
    take_next(visitor)
    return open_question(visitor, document_id, field)


@pytest.mark.parametrize(
    ("language", "day"), [("en", "As of 1 Mar 2026"), ("ka", "1 მარ 2026-ის მდგომარეობით")]
)
def test_the_page_says_whose_word_it_is_and_of_which_day(
    document_id: int, sign_in: SignIn, language: str, day: str
) -> None:
    page = show(sign_in("operator", language), document_id, SURNAME)
    assert OFFERED.findall(page) == ["abc"]
    text = read_text(page)
    assert WORDS[language] in text
    assert f"{day}: civil.csv, edition 1" in text


def test_it_stands_once_and_not_among_what_the_ink_may_say(
    document_id: int, sign_in: SignIn
) -> None:
    page = show(sign_in("operator"), document_id, SURNAME)
    assert re.findall(r'name="candidate" value="(\w+)"', page) == ["aby", "abc"]
    assert 'name="typed" value="abx"' in page


def test_a_day_is_offered_as_people_write_it(document_id: int, sign_in: SignIn) -> None:
    page = show(sign_in("operator"), document_id, BORN)
    assert OFFERED.findall(page) == ["01.03.1950"]


def test_a_number_put_right_on_the_way_takes_the_offer_away(
    document_id: int, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    assert OFFERED.findall(show(operator, document_id, SURNAME))
    say(operator, document_id, NUMBER, typed="01001099999")
    assert not OFFERED.findall(open_question(operator, document_id, SURNAME))


def test_the_second_person_who_enters_unseen_is_offered_nothing(
    desk: Desk, document_id: int, sign_in: SignIn
) -> None:
    desk.review(document_id, "operator", **{SURNAME: "abc", BORN: "01031950"})
    assert desk.state(document_id) is DocumentState.SECOND_REVIEW
    page = show(sign_in("second_operator"), document_id, BORN)
    assert "You are the second person" in page
    assert not OFFERED.findall(page)
    assert WORDS["en"] not in page and "01.03.1950" not in page


def test_whoever_goes_on_with_a_paper_sees_no_reading_where_another_has_entered(
    desk: Desk, document_id: int, sign_in: SignIn
) -> None:
    hold = desk.take(document_id, "operator")
    desk.enter(hold, "operator", BORN, "01031950")
    with desk.act(desk.people["operator"]) as act:
        release(act, hold)
    second = sign_in("second_operator")
    unseen = show(second, document_id, BORN)
    assert not OFFERED.findall(unseen)
    assert not {"01.03.1950", "01.03.1958", "01031958"} & set(re.findall(r"[\d.]{8,10}", unseen))
    assert OFFERED.findall(open_question(second, document_id, SURNAME)) == ["abc"]


def test_who_settles_between_two_is_offered_it_beside_their_answers(
    desk: Desk, document_id: int, sign_in: SignIn
) -> None:
    desk.review(document_id, "operator", **{SURNAME: "abc", BORN: "01031950"})
    desk.review(document_id, "second_operator", **{BORN: "01031956"})
    assert desk.state(document_id) is DocumentState.SETTLE
    page = show(sign_in("coordinator"), document_id, BORN)
    assert OFFERED.findall(page) == ["01.03.1950"]


@pytest.mark.parametrize(("typed", "is_told"), [("abc", True), ("abd", False), ("abx", False)])
def test_the_trail_tells_that_the_register_offered_what_was_entered(
    desk: Desk, document_id: int, sign_in: SignIn, typed: str, is_told: bool
) -> None:
    operator = sign_in("operator")
    take_next(operator)
    say(operator, document_id, SURNAME, typed=typed)
    (event,) = desk.trail(document_id, "declaration:field:enter")
    assert (event.after["registered"] is not None) is is_told
    page = sign_in("supervisor").get(f"/documents/{document_id}/trail").text
    told = "Offered by a register" in page and "civil.csv, edition 1, as of 1 Mar 2026" in page
    assert told is is_told


def test_who_settles_sees_which_answer_the_register_had_offered(
    desk: Desk, document_id: int, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    take_next(operator)
    say(operator, document_id, SURNAME, typed="abc")
    say(operator, document_id, BORN, typed="01.03.1950")
    page = open_question(operator, document_id, BORN)
    operator.submit(f"/review/{document_id}/release", token=read_hidden(page, "token"))
    desk.review(document_id, "operator")
    desk.review(document_id, "second_operator", **{BORN: "01031956"})
    assert desk.state(document_id) is DocumentState.SETTLE
    page = show(sign_in("coordinator"), document_id, BORN)
    first, second = re.findall(r'data-take="(?:first|second)">(.*?)<kbd', page)
    assert "1950" in first and "offered by the civil register" in first
    assert "1956" in second and "offered by" not in second
    told = sign_in("supervisor").get(f"/documents/{document_id}").text
    assert told.count("offered by the civil register") == 2


def list_looks(store: Store) -> list[tuple[str, str, object]]:
    """Who looked up whom in which registers."""
    with store.read() as session:
        events = session.query(AuditEvent).filter_by(action="register:read")
        return [(event.actor, event.subject, event.after) for event in events]


def test_each_look_of_a_person_at_the_register_s_word_is_an_event_of_its_own(
    document_id: int, sign_in: SignIn, store: Store, clock: Clock
) -> None:
    operator = sign_in("operator")
    show(operator, document_id, "members[2].surname")
    assert list_looks(store) == []
    looked = ("operator", f"person:{PERSON}", {"registers": ["civil"]})
    for field in (SURNAME, BORN, SURNAME):
        open_question(operator, document_id, field)
    assert list_looks(store) == [looked]
    clock.advance(seconds=LOOK.total_seconds() + 1)
    show(sign_in("operator"), document_id, SURNAME)
    assert list_looks(store) == [looked, looked]


def open_surname(page: Page, server: Server) -> None:
    """The desk of a person, with the misread surname on it."""
    start_next(page, server)
    page.goto(f"{page.url.partition('?')[0]}?field={SURNAME}")


@pytest.mark.parametrize("width", [400, 1366])
@pytest.mark.parametrize("locale", ["en-GB", "ka-GE"])
def test_one_click_takes_what_the_register_has_and_enter_saves_it(
    open_page: Open, server: Server, store: Store, document_id: int, locale: str, width: int
) -> None:
    page = open_page("operator", locale=locale, viewport={"width": width, "height": 768})
    open_surname(page, server)
    check_width(page)
    offer = page.get_by_role("group", name=WORDS[locale[:2]]).get_by_role("button")
    expect(offer).to_contain_text("abc")
    offer.click()
    expect(page.locator("#typed")).to_have_value("abc")
    assert list_entries(store, SURNAME) == []
    press(page, "Enter")
    assert list_entries(store, SURNAME) == ["abc"]


def test_one_key_takes_it_too(
    open_page: Open, server: Server, store: Store, document_id: int
) -> None:
    page = open_page("operator")
    open_surname(page, server)
    expect(page.locator("[data-registered] kbd")).to_have_text("G")
    page.keyboard.press("g")
    expect(page.locator("#typed")).to_have_value("abc")
    press(page, "Enter")
    assert list_entries(store, SURNAME) == ["abc"]


def test_without_a_script_the_click_saves_it(
    open_page: Open, server: Server, store: Store, document_id: int
) -> None:
    page = open_page("operator", java_script_enabled=False)
    page.goto(f"{server.url}/review")
    page.get_by_role("button", name="Next document").click()
    page.goto(f"{page.url.partition('?')[0]}?field={SURNAME}")
    page.locator("[data-registered]").click()
    assert list_entries(store, SURNAME) == ["abc"]


def test_where_nothing_was_read_the_key_needs_no_other_before_it(
    open_page: Open, server: Server, store: Store, desk: Desk
) -> None:
    let_civil_register_say(desk)
    unread = {**DOUBTFUL, "state": FieldState.UNCLEAR, "value": None}
    desk.check(changes={SURNAME: unread})
    page = open_page("operator")
    open_surname(page, server)
    expect(page.locator("#typed")).not_to_be_focused()
    page.keyboard.press("g")
    press(page, "Enter")
    assert list_entries(store, SURNAME) == ["abc"]
