"""What only a browser shows: scripts, focus, the policy, and whether pages can be used by all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.acting import Begin, Clock
from tests.web.papers import list_files, mark_read, receive
from tests.web.visiting import Server, sign_in_by_hand
from workflow.acts import Actor
from workflow.settings import Settings
from workflow.store.models.paper import FileState
from workflow.store.session import Store

LACKS = Path(__file__).with_name("lacks.js").read_text(encoding="utf-8")
OUTLINED = """
() => {
  const place = document.activeElement;
  if (place === document.body) return true; // behind the last link the browser's own begin
  const style = getComputedStyle(place);
  const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return shown || style.boxShadow !== "none";
}
"""


@pytest.fixture
def batch(store: Store, settings: Settings, people: dict[str, Actor], clock: Clock) -> int:
    """A file, another one, and the first one again."""
    files = {"one.pdf": b"%PDF 1", "two.pdf": b"%PDF 2", "one again.pdf": b"%PDF 1"}
    return receive(store, settings, people["operator"], clock, files)


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    """Two files of a size that takes a moment to send."""
    paths = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for number, path in enumerate(paths):
        path.write_bytes(b"%%PDF %d" % number + bytes(2_000_000))
    return paths


def test_files_are_sent_with_a_bar_for_each_and_the_batch_opens(
    browser_page: Page, server: Server, scans: list[Path]
) -> None:
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.goto(f"{server.url}/intake")
    held: list[Route] = []
    browser_page.route("**/intake/upload", lambda route: held.append(route))
    browser_page.set_input_files("input[type=file]", scans)
    browser_page.click("#send")
    bars = browser_page.locator("#sending progress")
    assert [bar.get_attribute("aria-label") for bar in bars.all()] == ["first.pdf", "second.pdf"]
    assert browser_page.locator("#send").is_disabled()
    browser_page.get_by_text("Sending").wait_for()
    held.pop().continue_()
    browser_page.wait_for_url("**/intake/batches/1")
    assert browser_page.locator("h2").all_inner_texts() == ["first.pdf", "second.pdf"]


def test_a_broken_connection_is_said_and_the_files_can_be_sent_again(
    browser_page: Page, server: Server, scans: list[Path]
) -> None:
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.goto(f"{server.url}/intake")
    browser_page.route("**/intake/upload", lambda route: route.abort())
    browser_page.set_input_files("input[type=file]", scans)
    browser_page.click("#send")
    browser_page.get_by_text("The connection broke. Nothing was kept").wait_for()
    browser_page.unroute("**/intake/upload")
    browser_page.click("#send")
    browser_page.wait_for_url("**/intake/batches/1")


def test_without_scripts_files_are_sent_all_the_same(
    browser_page: Page, server: Server, scans: list[Path]
) -> None:
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.route("**/*.js*", lambda route: route.abort())
    browser_page.goto(f"{server.url}/intake")
    browser_page.set_input_files("#files", scans)
    browser_page.click("#send")
    browser_page.wait_for_url("**/intake/batches/1")
    assert browser_page.locator("h2").all_inner_texts() == ["first.pdf", "second.pdf"]


def test_the_batch_page_follows_the_work_and_leaves_the_rest_alone(
    browser_page: Page, server: Server, batch: int, act: Begin
) -> None:
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.goto(f"{server.url}/intake/batches/{batch}")
    untouched = browser_page.locator("text=Set it aside")
    untouched.focus()
    with act() as doing:
        one, two, _ = list_files(doing.session, batch)
        mark_read(doing, one, "read", "blank")
        mark_read(doing, two, "read")
    browser_page.get_by_text("2 of 3 files done, 1 came before").wait_for()
    assert browser_page.locator(f"#file-{one.id}").get_by_text("Nothing is on it.").is_visible()
    assert untouched.evaluate("element => element === document.activeElement")


def test_a_choice_is_made_with_the_keyboard_alone(
    browser_page: Page, server: Server, batch: int, store: Store
) -> None:
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.goto(f"{server.url}/intake/batches/{batch}")
    for _ in range(30):
        browser_page.keyboard.press("Tab")
        if browser_page.evaluate("document.activeElement.textContent") == "Set it aside":
            break
    browser_page.keyboard.press("Enter")
    browser_page.get_by_text("Set aside", exact=True).wait_for()
    with store.read() as session:
        assert list_files(session, batch)[2].state == FileState.SET_ASIDE


def test_the_keyboards_place_is_always_seen(browser_page: Page, server: Server) -> None:
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.goto(f"{server.url}/intake")
    seen = []
    for _ in range(15):
        browser_page.keyboard.press("Tab")
        name = browser_page.evaluate("document.activeElement.textContent.trim().slice(0, 30)")
        seen.append((name, browser_page.evaluate(OUTLINED)))
    assert [name for name, outlined in seen if not outlined] == []


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("language", ["en", "ka"])
def test_every_page_can_be_used_by_all(
    browser_page: Page,
    server: Server,
    batch: int,
    act: Begin,
    language: str,
    width: int,
) -> None:
    with act() as doing:
        mark_read(doing, list_files(doing.session, batch)[0], "read", "blank", "unidentified")
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.context.add_cookies([{"name": "language", "value": language, "url": server.url}])
    look = make_looker(browser_page, server)
    lacks = look("/sign-in")
    sign_in_by_hand(browser_page, server.url, "operator")
    lacks += look("/intake", f"/intake/batches/{batch}", "/account/password", "/nowhere")
    browser_page.locator(".app-header__form").last.locator("button").click()
    sign_in_by_hand(browser_page, server.url, "administrator")
    lacks += look("/people", "/people/new", "/people/2")
    browser_page.goto(f"{server.url}/people/new")
    browser_page.click("main button.govuk-button")
    lacks += browser_page.evaluate(LACKS)
    assert lacks == []


def make_looker(page: Page, server: Server) -> Callable[..., list[str]]:
    def look(*paths: str) -> list[str]:
        found = []
        for path in paths:
            page.goto(server.url + path)
            found += [f"{path}: {lack}" for lack in page.evaluate(LACKS)]
        return found

    return look
