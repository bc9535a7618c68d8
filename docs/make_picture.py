"""Makes docs/images/review.png: the review station as an operator sees it, on simulated paper.

Run from the project's folder: .venv/bin/python -m docs.make_picture
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from flask import Flask
from flask_security import hash_password
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from form_templates.model import Kind
from web import create_app
from workflow.cases.doubts import list_doubts
from workflow.cases.families import open_case
from workflow.demonstration.batch import find_document_of, open_demonstration
from workflow.demonstration.office import COORDINATOR, OPERATOR, Office, employ_people, open_office
from workflow.demonstration.papers import PaperPlan, simulate_paper
from workflow.jobs.runner import run_step
from workflow.settings import Settings
from workflow.store.documents import find_document
from workflow.store.migrate import upgrade
from workflow.store.people import ensure_roles, ensure_units
from workflow.store.session import Store, open_store
from workflow.store.work import list_due_steps

_FIELD = "A10"
_PLAN = PaperPlan(
    name="declaration",
    form="family_declaration",
    members=1,
    seed=69,
    level=2,
    printed=(Kind.LETTERS, Kind.DIGITS),
    disposition="needs_review",
    shows="One code crossed, another circled, both signatures; the program is not sure.",
    scenarios={_FIELD: "corrected"},
)
_PASSWORD = "only while the picture is made"
_WIDTH, _HEIGHT, _COLOURS = 1366, 768, 96
_OUT = Path(__file__).parent / "images" / "review.png"


def _read_clock() -> datetime:
    return datetime.now(UTC)


def _open_new_store(settings: Settings) -> Store:
    upgrade(settings.database_url)
    store = open_store(settings.database_url)
    with store.write() as session:
        ensure_roles(session)
        ensure_units(session)
    return store


def _open_office(settings: Settings, store: Store, app: Flask) -> Office:
    with app.app_context():
        employ_people(store, _read_clock(), lambda: str(hash_password(_PASSWORD)))
    return open_office(store, settings, _read_clock)


def _bring_in(office: Office) -> int:
    """The document that a simulated scan has become, read and checked."""
    paper = simulate_paper(_PLAN)
    with office.act(COORDINATOR) as act:
        open_case(act, office.unit_id, str(paper.truth["family_code"].value), simulated=True)
    sent = open_demonstration(office, "picture").send_document(_PLAN.name, paper)
    while steps := _list_waiting(office):
        for step_id in steps:
            run_step(office.store, office.settings, step_id, "picture", _read_clock)
    document_id = find_document_of(office, sent.file_id)
    if document_id is None or not _is_doubtful(office, document_id):
        raise SystemExit(f"{_FIELD} is no doubt any more: choose another seed")
    return document_id


def _list_waiting(office: Office) -> list[int]:
    with office.store.read() as session:
        return [step.id for step in list_due_steps(session, _read_clock(), 10)]


def _is_doubtful(office: Office, document_id: int) -> bool:
    with office.store.read() as session:
        doubts = list_doubts(session, find_document(session, document_id))
        return any(doubt.field == _FIELD for doubt in doubts)


class _Quiet(WSGIRequestHandler):
    """Tells nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Write nothing."""


@contextmanager
def _serve(app: Flask) -> Iterator[str]:
    """The address of the program while it runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def _photograph(address: str, document_id: int) -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": _WIDTH, "height": _HEIGHT}, locale="en-GB", reduced_motion="reduce"
        )
        _open_field(page, address, document_id)
        picture = page.screenshot()
        browser.close()
        return picture


def _open_field(page: Page, address: str, document_id: int) -> None:
    """Sign in, take the document and go to the field."""
    place = f"{address}/review/{document_id}"
    page.goto(place)
    page.fill("#username", OPERATOR)
    page.fill("#password", _PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(place)
    page.click("main button[autofocus]")
    page.wait_for_selector("[data-review]")
    page.goto(f"{place}?field={_FIELD}")
    page.wait_for_load_state("networkidle")


def _write(picture: bytes) -> None:
    """Few colours are enough, and a quarter of the bytes."""
    colours = Image.open(io.BytesIO(picture)).convert("RGB")
    few = colours.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2)
    _OUT.parent.mkdir(exist_ok=True)
    few.save(_OUT, optimize=True)


def main() -> None:
    """Simulate, read, show, photograph."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        settings = Settings(data, f"sqlite:///{data / 'blanki.sqlite'}", None)
        with closing(_open_new_store(settings)) as store:
            app = create_app(settings, store)
            document_id = _bring_in(_open_office(settings, store, app))
            with _serve(app) as address:
                _write(_photograph(address, document_id))


if __name__ == "__main__":
    main()
