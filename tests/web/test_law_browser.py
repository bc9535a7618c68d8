"""The pages on the law in a browser: they fit every screen and can be used by all."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.test_law import PAGES
from tests.web.test_narrow_screens import check_width
from tests.web.visiting import Server, sign_in_by_hand

LACKS = Path(__file__).with_name("lacks.js").read_text(encoding="utf-8")
MORE = (
    "/law/rules/unsigned_correction",
    "/law/values/gurjaani/medical_share",
    "/law/values/diagnoses/respiratory_base",
    "/law/articles/order-02-150/annex-3/art-11(5)",
    "/law/articles/order-141/annex-3",
    "/law/deadlines?received=2026-11-02",
)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_pages_on_the_law_fit_and_lack_nothing(
    browser_page: Page, server: Server, language: str, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.context.add_cookies([{"name": "language", "value": language, "url": server.url}])
    sign_in_by_hand(browser_page, server.url, "operator")
    lacks = []
    for path in PAGES + MORE:
        browser_page.goto(server.url + path)
        check_width(browser_page)
        lacks += [f"{path}: {lack}" for lack in browser_page.evaluate(LACKS)]
    assert lacks == []


def test_a_citation_opens_at_its_place(browser_page: Page, server: Server) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 800})
    sign_in_by_hand(browser_page, server.url, "operator")
    browser_page.goto(f"{server.url}/law/rules/members_oldest_first")
    browser_page.locator(".law-basis h3 a").first.click()
    browser_page.wait_for_url("**#cited")
    top = browser_page.locator("#cited").evaluate("place => place.getBoundingClientRect().top")
    assert 0 <= top < 400
