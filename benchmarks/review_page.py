"""What an operator waits for at the review station, from the button to the pictures."""

import argparse
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from benchmarks.result import Result
from ocr.simulation.document import simulate_document
from ocr.simulation.files import save_scan
from web import create_app
from workflow.acts import SYSTEM, Act
from workflow.jobs.runner import run_step
from workflow.reception.receiving import receive_files
from workflow.settings import Settings
from workflow.store.decisions import list_findings
from workflow.store.documents import add_readings, find_document, list_readings
from workflow.store.migrate import upgrade
from workflow.store.models.base import Row
from workflow.store.models.decisions import FoundFinding
from workflow.store.models.paper import File, Page, PaperDocument, Source, Version, VersionPage
from workflow.store.models.people import RoleName
from workflow.store.people import create_user, ensure_unit
from workflow.store.session import Session, Store, open_store
from workflow.store.work import list_due_steps

QUESTION = "How long from “next document” to its page, with 10,000 in the store?"

_NAME, _PASSWORD = "operator", "a password for measuring"
_SEED = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """An installation in a folder of its own."""

    store: Store
    settings: Settings
    app: Flask


def run(arguments: Sequence[str]) -> Result:
    """Fill a store with one real declaration many times over, then work like an operator."""
    parser = argparse.ArgumentParser(prog="review_page", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=50)
    chosen = parser.parse_args(arguments)
    with _open() as place:
        unit_id = _add_operator(place)
        document_id = _bring_in(place, unit_id)
        with place.store.write() as session:
            fields = _multiply(session, document_id, chosen.documents, chosen.turns)
        times = _work(place, chosen.turns)
    return Result(
        f"From the button to the question, {chosen.documents} documents in the store",
        ("what", "p50 ms", "p95 ms", "most ms"),
        tuple((name, *_summarise(measured)) for name, measured in times.items()),
        notes=(
            f"{chosen.turns} turns through the real application on SQLite; its time alone, "
            "without the network and the browser's drawing",
            f"each document that is shown is a simulated declaration of {fields} fields, seed "
            f"{_SEED}; the pictures are those of its scan",
        ),
    )


def _summarise(seconds: Sequence[float]) -> tuple[float, float, float]:
    cuts = quantiles(seconds, n=20)
    return 1000 * cuts[9], 1000 * cuts[18], 1000 * max(seconds)


@contextmanager
def _open() -> Iterator[_Place]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'blanki.sqlite'}"
        upgrade(url)
        settings = Settings(data=Path(folder), database_url=url, redis_url=None)
        with closing(open_store(url)) as store:
            yield _Place(store, settings, create_app(settings, store))


def _now() -> datetime:
    return datetime.now(UTC)


def _add_operator(place: _Place) -> int:
    """Somebody to sign in as; the unit's id."""
    with place.app.app_context(), place.store.write() as session:
        unit = ensure_unit(session, "1001", "Unit")
        act = Act(session, SYSTEM, _now())
        create_user(act, _NAME, "Operator", hash_password(_PASSWORD), [RoleName.OPERATOR], unit)
        return unit.id


def _bring_in(place: _Place, unit_id: int) -> int:
    """One simulated declaration, scanned, read and checked; its document."""
    scan = place.settings.data / "scan.pdf"
    save_scan(simulate_document("family_declaration", None, None, 1, _SEED).scans, scan)
    with scan.open("rb") as opened:
        files = [(scan.name, opened)]
        receive_files(
            place.store, place.settings, SYSTEM, _now, "Batch", Source.COMMAND, unit_id, files
        )
    while True:
        with place.store.read() as session:
            waiting = [step.id for step in list_due_steps(session, _now(), 10)]
            if not waiting:
                return session.query(PaperDocument).one().id
        for step_id in waiting:
            run_step(place.store, place.settings, step_id, "benchmark", _now)


def _multiply(session: Session, document_id: int, documents: int, shown: int) -> int:
    """Copies of a document; those that will be shown have pages of their own. Its fields."""
    original = find_document(session, document_id)
    version = original.current
    findings = list_findings(session, version)
    pages = [place.page for place in version.pages]
    readings = list_readings(session, [page.id for page in pages])
    for number in range(1, documents):
        copy = Version(**_copy(version, id=None, document_id=None))
        copy.document = PaperDocument(**_copy(original, id=None))
        session.add(copy)
        session.flush()
        if number < shown:
            session.add_all(
                FoundFinding(**_copy(found, id=None, version_id=copy.id)) for found in findings
            )
            _copy_pages(session, copy, pages[0].file, pages)
    return len(readings)


def _copy_pages(session: Session, version: Version, file: File, pages: Sequence[Page]) -> None:
    new_file = File(**_copy(file, id=None))
    session.add(new_file)
    session.flush()
    for position, page in enumerate(pages):
        new = Page(**_copy(page, id=None, file_id=new_file.id))
        session.add(new)
        session.flush()
        rows = list_readings(session, [page.id])
        add_readings(session, [_copy_reading(row, new.id) for row in rows])
        version.pages.append(VersionPage(page=new, position=position, repeated=False))


def _copy_reading(row: Row, page_id: int) -> dict[str, Any]:
    columns = _copy(row, page_id=page_id)
    del columns["id"]
    return columns


def _copy(row: Row, **changed: object) -> dict[str, Any]:
    """The columns of a row, some of them changed."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns} | changed


def _work(place: _Place, turns: int) -> dict[str, list[float]]:
    """Seconds of each part of each turn; the document is given back after each."""
    names = ("next and its page", "crop", "page picture", "all of it")
    times: dict[str, list[float]] = {name: [] for name in names}
    client = place.app.test_client()
    token, last = _sign_in(client), "0"
    for _ in range(turns):
        page, opened = _press_next(client, token, last)
        crop = _measure(client, _find(page, r'src="(/pictures/[^"]+)"'))
        picture = _measure(client, _find(page, r'href="(/pictures/[^"]+)"'))
        parts = (opened, crop, picture, opened + crop + picture)
        for name, seconds in zip(names, parts, strict=True):
            times[name].append(seconds)
        last = _find(page, r'action="/review/(\d+)/release"')
        held = _find(page, r'name="token" value="(\d+)"')
        client.post(f"/review/{last}/release", data={"csrf_token": token, "token": held})
    return times


def _sign_in(client: FlaskClient) -> str:
    """Signs the operator in; the proof that forms of this session carry."""
    client.set_cookie("language", "en")
    who = {"username": _NAME, "password": _PASSWORD}
    client.post("/sign-in", data=who | {"csrf_token": _find_proof(client, "/sign-in")})
    return _find_proof(client, "/review")


def _find_proof(client: FlaskClient, address: str) -> str:
    return _find(client.get(address).text, r'name="csrf_token" value="([^"]+)"')


def _press_next(client: FlaskClient, token: str, last: str) -> tuple[str, float]:
    """The page of the next document, and the seconds until it was there."""
    sent = {"csrf_token": token, "after": last}
    started = time.perf_counter()
    page = client.post("/review/next", data=sent, follow_redirects=True).text
    return page, time.perf_counter() - started


def _measure(client: FlaskClient, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - started
    if answer.mimetype != "image/jpeg":
        raise ValueError(f"{address} is no picture: {answer.status}")
    return seconds


def _find(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise ValueError(f"{pattern} is not on the page")
    return found[1]
