"""The review station in a real browser: what two windows and a slow person do to it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from form_templates import catalog
from ocr.simulation.intents import FieldTruth
from tests.acting import Clock
from tests.web.browsing import (
    WITHOUT_CRITICAL_FIELDS,
    Open,
    find_field,
    find_state,
    list_entries,
    press,
    start_next,
)
from tests.web.paperwork import simulate_paper
from tests.web.station import DOUBTS, Station
from tests.web.visiting import PASSWORD, Server
from web.review.answers import show_answer
from web.review.questions import find_asked
from workflow.store.models.decisions import FieldValue, RegistryRecord
from workflow.store.models.paper import DocumentState
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Store

WITH_A_WARNING_AND_CRITICAL_FIELDS = 4


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(30):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


def sign_in_with_keys(page: Page, server: Server, username: str) -> None:
    page.goto(server.url)
    for selector, text in (("#username", username), ("#password", PASSWORD)):
        tab_to(page, selector)
        page.keyboard.type(text)
    press(page, "Enter")


def answer_with_keys(page: Page, truth: FieldTruth) -> None:
    """Accepts what stands there if the paper says so, else types what the paper says."""
    asked = find_asked(catalog.load("application"), truth.field)
    assert asked is not None
    if asked.question.codes:
        for code in truth.value if isinstance(truth.value, tuple) else (truth.value,):
            page.keyboard.press(f"Digit{asked.question.codes.index(str(code)) + 1}")
    elif isinstance(truth.value, str):
        wanted = show_answer(asked.question, truth.value)
        if page.locator("#typed").input_value() != wanted:
            if not page.evaluate("document.activeElement.id === 'typed'"):
                page.keyboard.press("c")
            page.keyboard.press("Control+a")
            page.keyboard.type(wanted)
    press(page, "e" if truth.value is None else "Enter")


def work_with_keys(page: Page, truth: dict[str, FieldTruth]) -> int:
    """Decides everything that is open and finishes; how many questions there were."""
    questions = 0
    while page.get_by_role("button", name=re.compile("^Finish")).count() == 0:
        field = find_field(page)
        if field is None:
            press(page, "Enter")  # a warning: it stands
        else:
            answer_with_keys(page, truth[field])
        questions += 1
        assert questions < 60, page.url
    press(page, "Enter")
    return questions


def test_a_document_is_worked_from_sign_in_to_the_registry_by_keyboard_alone(
    open_page: Open, server: Server, store: Store, bring: Callable[..., list[int]]
) -> None:
    paper = simulate_paper("application", WITH_A_WARNING_AND_CRITICAL_FIELDS)
    (document_id,) = bring(paper)
    truth = dict(paper.truth)

    first = open_page()
    sign_in_with_keys(first, server, "operator")
    press(first, "Enter")
    assert work_with_keys(first, truth) > 10
    assert find_state(store, document_id) is DocumentState.SECOND_REVIEW
    expect(first.get_by_role("button", name="Next document")).to_be_focused()

    other = open_page()
    sign_in_with_keys(other, server, "second_operator")
    press(other, "Enter")
    assert "You are the second person" in other.content()
    looked_twice = work_with_keys(other, truth)
    assert find_state(store, document_id) is DocumentState.READY
    press(other, "Enter")
    assert "With your authorisation these values enter the registry" in other.content()
    other.keyboard.press("Enter")  # a hand that goes on pressing authorises nothing unseen
    assert find_state(store, document_id) is DocumentState.READY
    other.get_by_role("button", name="Authorise").focus()
    press(other, "Enter")
    assert find_state(store, document_id) is DocumentState.AUTHORISED

    with store.read() as session:
        record = session.query(RegistryRecord).one()
        assert record.authorised_by == "second_operator"
        for field in ("applicant_surname", "applicant_personal_number", "registration_number"):
            assert record.values[field] == truth[field].value
        actions = [event.action for event in session.query(AuditEvent).order_by(AuditEvent.seq)]
        entries = session.query(FieldValue).all()
    assert actions.count("registry:authorise") == 1
    assert actions.count("finding:acknowledge") == 1
    assert actions.count("declaration:field:enter") == len(entries)
    assert 0 < looked_twice == sum(entry.entry == 2 for entry in entries)
    assert {entry.entry for entry in entries} == {1, 2}


@pytest.mark.parametrize("locale", ["en-GB", "ka-GE"])
def test_crop_box_and_marked_region_are_in_sight_together_on_a_common_screen(
    open_page: Open, server: Server, bring: Callable[..., list[int]], locale: str
) -> None:
    bring(simulate_paper("application", WITHOUT_CRITICAL_FIELDS))
    page = open_page("operator", locale=locale)
    start_next(page, server)
    page.goto(f"{page.url}?saved=applicant_personal_number")
    for cut in (".review-head h1", ".review-saved"):
        hidden = page.locator(cut).evaluate("text => text.scrollHeight - text.clientHeight")
        assert hidden <= 1, cut
    for selector in (".review-crop", "#typed", ".review-region", "[data-default]"):
        expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    assert page.locator(".review-crop").evaluate("picture => picture.naturalWidth") > 100
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("width", [400, 1024, 1920])
def test_the_page_is_never_wider_than_the_screen(
    open_page: Open, server: Server, bring: Callable[..., list[int]], width: int
) -> None:
    bring(simulate_paper("application", WITHOUT_CRITICAL_FIELDS))
    page = open_page("operator", viewport={"width": width, "height": 900})
    start_next(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_operators_who_press_next_at_once_get_different_documents(
    open_page: Open, server: Server, bring: Callable[..., list[int]]
) -> None:
    paper = simulate_paper("application", WITHOUT_CRITICAL_FIELDS)
    other_paper = simulate_paper("application", WITH_A_WARNING_AND_CRITICAL_FIELDS)
    bring(paper, other_paper)
    pages = [open_page(username) for username in ("operator", "second_operator")]
    for page in pages:
        page.goto(f"{server.url}/review")
    for page in pages:
        page.keyboard.press("Enter")
    for page in pages:
        page.wait_for_url(re.compile(r"/review/\d+"))
    assert len({page.url for page in pages}) == 2


def test_a_lease_lost_in_mid_edit_is_told_at_once_and_what_is_typed_stays(
    open_page: Open, server: Server, store: Store, clock: Clock, station: Station
) -> None:
    station.bring(DOUBTS)
    page, faster = open_page("operator"), open_page("second_operator")
    start_next(page, server)
    field = find_field(page)
    page.keyboard.press("c")
    page.keyboard.press("Control+a")
    page.keyboard.type("აბგ")
    clock.advance(minutes=11)
    start_next(faster, server)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert").filter(has_text="no longer yours")).to_be_visible()
    expect(page.locator("#typed")).to_have_value("აბგ")
    press(page, "Enter")
    expect(page.locator("#entered")).to_have_text("აბგ")
    assert "Second Operator has it now" in page.content()
    assert list_entries(store, str(field)) == []


def test_a_renewed_lease_outlives_its_first_end(doubts_page: Page, clock: Clock) -> None:
    for _ in range(3):
        clock.advance(minutes=6)
        with doubts_page.expect_response(re.compile("/renew$")) as renewed:
            doubts_page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert renewed.value.ok
    expect(doubts_page.locator("[data-lease-lost]")).to_be_hidden()


def test_going_back_and_sending_again_changes_nothing(doubts_page: Page, store: Store) -> None:
    field = str(find_field(doubts_page))
    press(doubts_page, "Enter")
    entered = list_entries(store, field)
    doubts_page.go_back()
    doubts_page.goto(doubts_page.url.partition("?")[0] + f"?field={field}")
    press(doubts_page, "Enter")
    assert list_entries(store, field) == entered
    assert len(entered) == 1


def test_a_double_click_is_one_entry(doubts_page: Page, store: Store) -> None:
    field, before = str(find_field(doubts_page)), doubts_page.url
    doubts_page.locator("[data-default]").dblclick(no_wait_after=True)
    doubts_page.wait_for_url(lambda url: url != before)
    assert len(list_entries(store, field)) == 1


def test_two_windows_of_one_person_overwrite_nothing(doubts_page: Page, store: Store) -> None:
    field = str(find_field(doubts_page))
    stale = doubts_page.context.new_page()
    stale.goto(f"{doubts_page.url.partition('?')[0]}?field={field}")
    press(doubts_page, "Enter")
    entered = list_entries(store, field)
    stale.keyboard.press("c")
    stale.keyboard.press("Control+a")
    stale.keyboard.type("აბგ")
    press(stale, "Enter")
    expect(stale.locator("#entered")).to_have_text("აბგ")
    press(stale, "Enter")
    expect(stale.locator("#typed")).to_have_value("აბგ")
    assert list_entries(store, field) == entered
