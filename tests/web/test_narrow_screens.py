"""No page is wider than the screen it is on, whatever its language and however long its names."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.acting import Clock
from tests.web.papers import list_files, mark_read, receive
from tests.web.station import CRITICAL, DOUBTS, UNKNOWN_FAMILY
from tests.web.test_families import Family, family
from tests.web.visiting import Server, sign_in_by_hand
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DOUBTFUL, EMPTY, store_strays
from workflow.acts import Actor
from workflow.audit.seals import seal_trail
from workflow.cases.checking import take_in_version
from workflow.settings import Settings
from workflow.store.models.paper import DocumentState
from workflow.store.session import Store

__all__ = ["family"]

FILE = "სოციალური_მომსახურების_სააგენტო_გორი_2026_03_02_პირველი_განყოფილება.pdf"
LONG = "representative_surname"
"""A field whose Georgian name fills half a screen."""
Look = Callable[..., None]


@pytest.fixture
def look(browser_page: Page, server: Server) -> Look:
    """Opens pages in Georgian; no part of them may lie beyond the edge of the screen."""
    context = browser_page.context

    def open_pages(width: int, who: str, *paths: str) -> None:
        # What a page still asks for would bring the cookies of its session back.
        browser_page.goto("about:blank")
        context.clear_cookies()
        context.add_cookies([{"name": "language", "value": "ka", "url": server.url}])
        browser_page.set_viewport_size({"width": width, "height": 768})
        sign_in_by_hand(browser_page, server.url, who)
        for path in paths:
            browser_page.goto(server.url + path)
            check_width(browser_page)

    return open_pages


def check_width(page: Page) -> None:
    """The page neither scrolls sideways nor hides what runs over its edge."""
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    shown, wide = page.evaluate(
        """() => [innerWidth, Math.max(
            document.documentElement.scrollWidth,
            ...[...document.querySelectorAll("main table, .review-head *, main .govuk-button")]
                .filter((part) => part.checkVisibility() && !part.closest("[role=region]"))
                .map((part) => part.getBoundingClientRect().right),
        )]"""
    )
    assert (page.url, wide <= shown) == (page.url, True), wide


@pytest.mark.parametrize("width", [400, 1366])
def test_the_intake_desk_fits(
    look: Look,
    desk: Desk,
    store: Store,
    settings: Settings,
    clock: Clock,
    people: dict[str, Actor],
    width: int,
) -> None:
    files = {FILE: b"%PDF 1", "again " + FILE: b"%PDF 1"}
    batch = receive(store, settings, people["archivist"], clock, files)
    with desk.act() as doing:
        mark_read(doing, list_files(doing.session, batch)[0], "read", "blank", "unidentified")
    look(width, "archivist", "/intake", f"/intake/batches/{batch}", "/nowhere", "/people")


@pytest.mark.parametrize("width", [400, 1366])
def test_the_pages_of_documents_fit(look: Look, desk: Desk, width: int) -> None:
    faulty = desk.check(changes={"A10": EMPTY})
    desk.scan_again(faulty, {"A10": EMPTY, "members[1].first_name": EMPTY})
    with desk.act() as doing:
        stray = store_strays(doing.session, doing.now)
        take_in_version(doing, stray)
    one = f"/documents/{faulty}"
    pages = ("", "?open=1", "/versions/1", "/versions/2", "/return-note", "/trail?looks=1")
    look(width, "coordinator", "/documents", *(one + page for page in pages))
    look(width, "coordinator", f"/documents/{stray.id}", f"/documents/{stray.id}/trail")


@pytest.mark.parametrize("width", [400, 1366])
def test_the_pages_of_families_people_and_the_trail_fit(
    look: Look,
    family: Family,
    store: Store,
    settings: Settings,
    clock: Clock,
    width: int,
) -> None:
    seal_trail(store, settings.seals, clock())
    look(width, "coordinator", "/families", family.fill("/families/{case}"))
    look(width, "supervisor", family.fill("/ratings/{rating}"), "/trail")
    look(width, "administrator", "/people", "/people/new", "/people/2", "/account/password")


@pytest.mark.parametrize("width", [400, 1024, 1366])
def test_the_station_fits_right_after_a_save_too(
    look: Look, desk: Desk, browser_page: Page, width: int
) -> None:
    desk.check("application", {"applicant_birth_date": DOUBTFUL, "members[1].surname": DOUBTFUL})
    paper = desk.check(changes={LONG: DOUBTFUL, **DOUBTS, **UNKNOWN_FAMILY})
    desk.take(paper, "operator")
    look(width, "operator", "/review", f"/review/{paper}?saved={LONG}")
    assert "წარმომადგენლის" in browser_page.locator(".review-saved").inner_text()
    for question in ("field=A10", "warning=unknown_family_code&about=family_code"):
        look(width, "operator", f"/review/{paper}?{question}&saved={LONG}")


@pytest.mark.parametrize("width", [400, 1366])
def test_the_end_of_a_review_fits(look: Look, desk: Desk, width: int) -> None:
    ready = desk.check(changes={LONG: DOUBTFUL})
    desk.review(ready, "operator", **{LONG: "abc"})
    assert desk.state(ready) is DocumentState.READY
    unlike = desk.check(changes={CRITICAL: DOUBTFUL})
    for who, said in (("operator", "88800"), ("second_operator", "99900")):
        desk.review(unlike, who, **{CRITICAL: said})
    desk.take(unlike, "coordinator")
    look(width, "operator", f"/review/{ready}/summary", f"/review/{ready}/finished")
    look(width, "operator", f"/review/{unlike}", f"/review/{unlike}/finished")
    look(width, "coordinator", f"/review/{unlike}")
