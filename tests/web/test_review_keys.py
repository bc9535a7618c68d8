"""The review station in a real browser: its keys, its picture, and how it does without a script."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

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
from tests.web.visiting import Server
from workflow.store.models.decisions import FieldValue
from workflow.store.models.paper import DocumentState
from workflow.store.session import Store


def test_letters_are_letters_while_somebody_types(doubts_page: Page, store: Store) -> None:
    field = str(find_field(doubts_page))
    doubts_page.keyboard.press("c")
    doubts_page.keyboard.press("Control+a")
    doubts_page.keyboard.type("neus")
    expect(doubts_page.locator("#typed")).to_have_value("ნეუს")
    doubts_page.keyboard.press("Escape")
    press(doubts_page, "u")
    assert list_entries(store, field) == ["unclear"]


def test_a_candidate_is_chosen_with_one_key(doubts_page: Page) -> None:
    candidate = doubts_page.locator("[data-candidate]").first.get_attribute("value")
    doubts_page.keyboard.press("Digit1")
    expect(doubts_page.locator("#typed")).to_have_value(str(candidate))
    expect(doubts_page.locator('[data-verdict="value"]')).to_contain_text("Save")


def test_a_person_changes_a_key_and_it_stays_changed(doubts_page: Page, store: Store) -> None:
    doubts_page.keyboard.press("Slash")
    doubts_page.locator("#key-empty").focus()
    doubts_page.keyboard.press("u")
    expect(
        doubts_page.get_by_role("alert").filter(has_text="has a meaning already")
    ).to_be_visible()
    doubts_page.keyboard.press("x")
    doubts_page.keyboard.press("Escape")
    doubts_page.reload()
    expect(doubts_page.locator('[data-verdict="empty"] kbd')).to_have_text("X")
    field = str(find_field(doubts_page))
    doubts_page.keyboard.press("e")
    press(doubts_page, "x")
    assert list_entries(store, field) == ["empty"]


def test_next_and_previous_walk_over_decided_questions_too(doubts_page: Page) -> None:
    first = find_field(doubts_page)
    press(doubts_page, "Enter")
    second = find_field(doubts_page)
    press(doubts_page, "p")
    assert find_field(doubts_page) == first
    press(doubts_page, "n")
    assert find_field(doubts_page) == second != first


def test_the_picture_comes_closer_and_back_to_the_field(
    open_page: Open, server: Server, bring: Callable[..., list[int]]
) -> None:
    bring(simulate_paper("application", WITHOUT_CRITICAL_FIELDS))
    page = open_page("operator")
    start_next(page, server)
    sheet = page.locator("[data-paper]")
    home = sheet.get_attribute("viewBox")
    page.keyboard.press("Equal")
    assert sheet.get_attribute("viewBox") != home
    expect(page.locator(".review-region")).to_be_in_viewport()
    page.keyboard.press("w")
    assert sheet.get_attribute("viewBox") == home


def test_everything_can_be_done_without_a_script(
    open_page: Open, server: Server, store: Store, bring: Callable[..., list[int]]
) -> None:
    paper = simulate_paper("application", WITHOUT_CRITICAL_FIELDS)
    (document_id,) = bring(paper)
    page = open_page("operator", java_script_enabled=False)
    page.goto(f"{server.url}/review")
    page.get_by_role("button", name="Next document").click()
    for _ in range(40):
        if page.get_by_role("button", name="Finish").count():
            break
        field = str(find_field(page))
        if page.locator("#typed").count():
            page.fill("#typed", str(paper.truth[field].value))
            page.press("#typed", "Enter")
            page.wait_for_load_state()
            continue
        page.locator('[data-verdict="value"]').click()
    page.get_by_role("button", name="Finish").click()
    # The address, now that a person has read it, lies in another unit: somebody looks at that.
    page.get_by_role("button", name="Next document").click()
    page.get_by_role("button", name="Let it stand").click()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="See all values and authorise").click()
    page.get_by_role("button", name="Authorise").click()
    assert find_state(store, document_id) is DocumentState.AUTHORISED
    with store.read() as session:
        entered = {row.field: row.value for row in session.query(FieldValue)}
    for field, value in entered.items():
        assert value == {"is": paper.truth[field].value}, field
