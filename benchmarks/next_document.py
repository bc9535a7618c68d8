"""What an operator waits for between two documents, with a full store behind them."""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from benchmarks.result import Result
from form_templates.catalog import load
from form_templates.layout import lay_out
from form_templates.model import FieldSpec
from ocr.readings import FieldReading, FieldState, PageReading, PageStatus, Reason
from workflow.acts import Act, Actor
from workflow.cases.doubts import list_doubts
from workflow.cases.reviewing import record_viewing, release, take_next
from workflow.reading.rows import describe_reading, make_page_row
from workflow.store.documents import add_readings, find_document
from workflow.store.migrate import upgrade
from workflow.store.models.decisions import FieldValue, FoundFinding
from workflow.store.models.paper import (
    Batch,
    DocumentState,
    File,
    FileState,
    Original,
    Page,
    PaperDocument,
    Source,
    Version,
    VersionPage,
)
from workflow.store.models.people import Unit, User
from workflow.store.session import Session, Store, open_store

QUESTION = "How long does an operator wait for the next document, with 10,000 in the store?"

_NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
_FORM = load("family_declaration")
_DOUBTFUL_FIELDS = 12
"""A declaration in a normal hand leaves about so many."""
_SECONDS = 600
_QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def run(arguments: Sequence[str]) -> Result:
    """Fill a store, then take document after document and list what is doubtful in each."""
    parser = argparse.ArgumentParser(prog="next_document", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--database", help="URL of an empty database; else SQLite in a folder")
    chosen = parser.parse_args(arguments)
    with _open(chosen.database) as store:
        with store.write() as session:
            operator = _fill(session, chosen.documents, chosen.turns)
        times = _work(store, operator, chosen.turns)
        backend = store.engine.dialect.name
    return Result(
        f"The next document, {chosen.documents} in the store, {backend}",
        ("what", "p50 ms", "p95 ms", "most ms"),
        tuple((name, *_summarise(measured)) for name, measured in times.items()),
        notes=(
            f"{chosen.turns} turns; 3 of 10 documents wait for a second person other than this "
            "operator and are the oldest, 4 of 10 wait for a first, 3 of 10 are authorised",
            f"each document that is shown has {_count_fields()} fields, {_DOUBTFUL_FIELDS} of "
            "them doubtful; pages and pictures are not drawn here",
        ),
    )


def _summarise(seconds: Sequence[float]) -> tuple[float, float, float]:
    cuts = quantiles(seconds, n=20)
    return 1000 * cuts[9], 1000 * cuts[18], 1000 * max(seconds)


@contextmanager
def _open(url: str | None) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        chosen = url or f"sqlite:///{Path(folder) / 'blanki.sqlite'}"
        upgrade(chosen)
        with closing(open_store(chosen)) as store:
            yield store


def _work(store: Store, operator: Actor, turns: int) -> dict[str, list[float]]:
    """Seconds of each part of each turn."""
    times: dict[str, list[float]] = {"take_next": [], "list_doubts": [], "whole turn": []}
    last = 0
    for _ in range(turns):
        started = time.perf_counter()
        with store.write() as session:
            act = Act(session, operator, _NOW)
            hold = take_next(act, _SECONDS, after_id=last)
            taken = time.perf_counter()
            assert hold is not None
            document = find_document(session, hold.document_id)
            list_doubts(session, document)
            listed = time.perf_counter()
            record_viewing(act, document)
        times["take_next"].append(taken - started)
        times["list_doubts"].append(listed - taken)
        times["whole turn"].append(time.perf_counter() - started)
        last = hold.document_id
        with store.write() as session:
            release(Act(session, operator, _NOW), hold)
    return times


def _fill(session: Session, documents: int, turns: int) -> Actor:
    """A unit with an operator and all its documents; only those to be shown have pages."""
    unit = Unit(code="1001", name="Unit")
    operator = User(
        username="operator",
        email="operator@example.org",
        name="Operator",
        fs_uniquifier="operator",
        unit=unit,
        created_at=_NOW,
    )
    session.add_all([unit, operator])
    session.flush()
    actor = Actor("operator", "operator", operator.id, unit.id)
    file = _store_file(session, unit)
    entered_page = _store_page(session, file, 0, [])
    for number in range(documents):
        state = _choose_state(number, documents)
        version = _store_document(session, unit, state)
        if state is DocumentState.SECOND_REVIEW:
            session.add(_enter(version, entered_page, operator))
        elif state is DocumentState.REVIEW and number < documents * 3 // 10 + turns:
            _store_paper(session, version, file)
    session.flush()
    return actor


def _choose_state(number: int, documents: int) -> DocumentState:
    share = 10 * number // documents
    if share < 3:
        return DocumentState.SECOND_REVIEW
    return DocumentState.REVIEW if share < 7 else DocumentState.AUTHORISED


def _store_document(session: Session, unit: Unit, state: DocumentState) -> Version:
    document = PaperDocument(
        form=_FORM.key.form,
        edition=_FORM.key.edition,
        serial=0,
        unit_id=unit.id,
        state=state,
        state_since=_NOW,
        created_at=_NOW,
    )
    version = Version(document=document, number=1, created_at=_NOW, run=1)
    session.add(version)
    session.flush()
    return version


def _enter(version: Version, page: Page, operator: User) -> FieldValue:
    return FieldValue(
        page_id=page.id,
        version_id=version.id,
        field="A8",
        verdict="value",
        value={"is": "6450"},
        entry=1,
        user_id=operator.id,
        entered_at=_NOW,
    )


def _store_file(session: Session, unit: Unit) -> File:
    session.add(Original(sha256="0" * 64, size=1, received_at=_NOW))
    batch = Batch(
        label="batch",
        source=Source.UPLOAD,
        unit_id=unit.id,
        created_at=_NOW,
        created_by="archivist",
    )
    file = File(
        batch=batch,
        name="scan.pdf",
        sha256="0" * 64,
        size=1,
        state=FileState.READ,
        received_at=_NOW,
    )
    session.add(file)
    session.flush()
    return file


def _store_paper(session: Session, version: Version, file: File) -> None:
    """A whole declaration of a family of six, with its doubts."""
    doubtful = 0
    for position, laid in enumerate(lay_out(_FORM)):
        readings = []
        for spec in laid.template.fields:
            is_doubtful = doubtful < _DOUBTFUL_FIELDS and bool(spec.cells)
            doubtful += is_doubtful
            readings.append(_read(spec, is_doubtful))
            if is_doubtful:
                session.add(_find_doubtful(version, spec))
        page = _store_page(session, file, 1000 * version.id + position, readings)
        version.pages.append(VersionPage(page=page, position=position))


def _store_page(session: Session, file: File, index: int, readings: Sequence[FieldReading]) -> Page:
    page = make_page_row(file.id, PageReading(file.name, index, PageStatus.READ, key=_FORM.key))
    session.add(page)
    session.flush()
    add_readings(session, [describe_reading(page.id, reading) for reading in readings])
    return page


def _read(spec: FieldSpec, is_doubtful: bool) -> FieldReading:
    return FieldReading(
        spec=spec,
        state=FieldState.READ,
        reason=Reason.DOUBTFUL_VALUE if is_doubtful else Reason.NONE,
        value="1",
        confidence=0.5 if is_doubtful else 1.0,
        review=is_doubtful,
        region_px=_QUAD,
    )


def _find_doubtful(version: Version, spec: FieldSpec) -> FoundFinding:
    return FoundFinding(
        version_id=version.id,
        run=version.run,
        code="doubtful_value",
        field=spec.id,
        severity="warning",
        law=spec.law,
        consequence="needs_review",
        parameters={},
        assumed=False,
    )


def _count_fields() -> int:
    return sum(len(laid.template.fields) for laid in lay_out(_FORM))
