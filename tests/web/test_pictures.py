import pytest
from flask import Flask

from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.paperwork import bring_in, simulate_paper
from tests.web.trail import list_events
from workflow.acts import Actor
from workflow.contents import ContentStore
from workflow.settings import Settings
from workflow.store.documents import find_document, list_readings, list_version_pages
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Store

STATUS = {
    "archivist": 200,
    "operator": 200,
    "coordinator": 200,
    "supervisor": 200,
    "administrator": 403,
    "other_unit_operator": 404,
}
"""Who asks -> what the answer is."""
JPEG = b"\xff\xd8"


@pytest.fixture
def paper(
    app: Flask, store: Store, settings: Settings, clock: Clock, people: dict[str, Actor]
) -> PaperDocument:
    """An application of two pages, scanned and read."""
    scanned = simulate_paper("application", 5)
    (document_id,) = bring_in(store, settings, clock, people["archivist"], scanned)
    with store.read() as session:
        return find_document(session, document_id)


@pytest.fixture
def pictures(store: Store, paper: PaperDocument) -> tuple[str, ...]:
    """The addresses of its first page, of the same page small, and of one of its fields."""
    with store.read() as session:
        page_id = list_version_pages(session, paper.current.id)[0].page_id
        reading_id = list_readings(session, [page_id])[0].id
    page = f"/pictures/pages/{page_id}"
    return f"{page}.jpg", f"{page}/small.jpg", f"/pictures/readings/{reading_id}.jpg"


def move_elsewhere(store: Store, document_id: int) -> None:
    with store.write() as session:
        find_document(session, document_id).unit_id = 2


def test_pages_and_fields_are_shown_to_who_may_see_the_paper_and_kept_by_no_other(
    pictures: tuple[str, ...], sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    for answer in map(operator.get, pictures):
        assert (answer.status_code, answer.mimetype, answer.data[:2]) == (200, "image/jpeg", JPEG)
        assert set(answer.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
        assert answer.headers["ETag"]


def test_a_browser_that_has_a_picture_is_told_that_it_still_counts(
    pictures: tuple[str, ...], sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    for path in pictures:
        mark = operator.get(path).headers["ETag"]
        again = operator.get(path, headers={"If-None-Match": mark})
        assert (again.status_code, again.data) == (304, b"")


def test_a_picture_that_a_browser_has_is_shown_to_no_one_from_elsewhere(
    pictures: tuple[str, ...], paper: PaperDocument, store: Store, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    marks = {path: operator.get(path).headers["ETag"] for path in pictures}
    move_elsewhere(store, paper.id)
    for path, mark in marks.items():
        assert operator.get(path, headers={"If-None-Match": mark}).status_code == 404
        assert sign_in("other_unit_operator").get(path).status_code == 200


def test_pictures_open_by_role_and_unit(pictures: tuple[str, ...], sign_in: SignIn) -> None:
    seen = {who: {sign_in(who).get(path).status_code for path in pictures} for who in STATUS}
    assert seen == {who: {status} for who, status in STATUS.items()}


def test_all_pictures_of_one_look_are_recorded_once(
    pictures: tuple[str, ...], paper: PaperDocument, store: Store, clock: Clock, sign_in: SignIn
) -> None:
    def count_looks() -> int:
        with store.read() as session:
            events = list_events(session, f"document:{paper.id}")
        return sum(event.action == "document:read" for event in events)

    operator = sign_in("operator")
    for path in pictures:
        operator.get(path)
    assert count_looks() == 1
    sign_in("coordinator").get(pictures[0])
    assert count_looks() == 2
    clock.advance(minutes=31)
    sign_in("operator").get(pictures[0])
    assert count_looks() == 3


def test_an_overview_of_pages_loads_small_pictures(
    pictures: tuple[str, ...], paper: PaperDocument, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    assert f'src="{pictures[1]}"' in operator.get(f"/documents/{paper.id}").text
    whole, small = (len(operator.get(path).data) for path in pictures[:2])
    assert small < whole / 10


def test_a_lost_picture_is_made_anew_from_the_original(
    pictures: tuple[str, ...], settings: Settings, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    before = operator.get(pictures[0]).data
    for path in settings.pictures.rglob("*.jpg"):
        path.unlink()
    assert operator.get(pictures[0]).data == before


def test_a_picture_whose_original_is_gone_says_so_in_its_place(
    pictures: tuple[str, ...],
    settings: Settings,
    paper: PaperDocument,
    store: Store,
    sign_in: SignIn,
) -> None:
    with store.read() as session:
        sha256 = list_version_pages(session, paper.current.id)[0].page.file.sha256
    ContentStore(settings.originals).path(sha256).unlink()
    for path in settings.pictures.rglob("*.jpg"):
        path.unlink()
    answer = sign_in("operator").get(pictures[0])
    assert (answer.status_code, answer.mimetype) == (404, "image/svg+xml")
    assert "The original cannot be opened." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/pictures/pages/99.jpg", "/pictures/pages/99/small.jpg", "/pictures/readings/99.jpg"]
)
def test_a_picture_of_nothing_is_not_found(sign_in: SignIn, path: str) -> None:
    assert sign_in("operator").get(path).status_code == 404
