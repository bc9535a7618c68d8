"""Papers in the store as if a sure reader had read them, without a picture."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from form_templates.layout import lay_out
from form_templates.model import PRESENCE_KINDS, FieldSpec, TemplatePage
from ocr.readings import FieldReading, FieldState, PageReading, PageStatus, Reason
from tests.validation.declarations import ANSWERS, MEMBERS
from tests.validation.papers import Plain, load_form, write_value
from workflow.reading.rows import describe_reading, make_page_row
from workflow.store.documents import add_readings
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
from workflow.store.session import Session

DECLARED: dict[str, Plain] = ANSWERS | {
    f"members[{row}].{question}": value
    for row, member in enumerate(MEMBERS, start=1)
    for question, value in member.items()
}
"""A declaration of two members without a fault."""
APPLIED: dict[str, Plain] = {
    "reason": "1",
    "applicant_surname": "abc",
    "applicant_first_name": "abc",
    "applicant_personal_number": "01001012345",
    "applicant_birth_date": date(1950, 3, 1),
    "applicant_is_member": "1",
    "municipality": "abc",
    "members[1].surname": "abc",
    "members[1].first_name": "abc",
    "members[1].personal_number": "01001012345",
    "members[1].birth_date": date(1950, 3, 1),
    "application_date": date(2025, 11, 3),
    "local_unit": "abc",
    "registration_number": "12",
    "received_date": date(2025, 11, 3),
}
"""An application for a first registration without a fault."""
_ANSWERS = {"family_declaration": DECLARED, "application": APPLIED}
_UNSIGNED = ("explanation_applicant_signature", "explanation_officer_signature")
_QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
_NUMBERS = count(1)

Changes = Mapping[str, Mapping[str, Any]]
"""Field -> what its reading says otherwise."""

UNCLEAR = {
    "state": FieldState.UNCLEAR,
    "reason": Reason.AMBIGUOUS_CORRECTION,
    "value": None,
    "review": True,
}
DOUBTFUL = {"reason": Reason.DOUBTFUL_VALUE, "review": True, "confidence": 0.4}
LOST = {"state": FieldState.UNREADABLE, "reason": Reason.IMAGE, "value": None, "review": True}
EMPTY = {"state": FieldState.EMPTY, "value": None}
UNSEEN = {"value": False}
DRAWN: Mapping[str, Any] = {"confidence": 0.9991, "drawn": True}
"""Read as without a doubt, and drawn by lot for a look."""


def store_paper(
    session: Session,
    form: str,
    now: datetime,
    changes: Changes | None = None,
    *,
    unit_id: int = 1,
    serial: int = 0,
    answers: Mapping[str, Plain] | None = None,
) -> PaperDocument:
    """A document as its pages were joined: received, and not checked yet."""
    key = load_form(form).key
    document = PaperDocument(
        form=form,
        edition=key.edition,
        serial=serial,
        unit_id=unit_id,
        state=DocumentState.RECEIVED,
        state_since=now,
        created_at=now,
        revision=0,
        simulated=False,
    )
    session.add(document)
    add_version(session, document, now, changes, answers=answers)
    return document


def add_version(
    session: Session,
    document: PaperDocument,
    now: datetime,
    changes: Changes | None = None,
    *,
    answers: Mapping[str, Plain] | None = None,
    kept: Iterable[int] = (),
) -> Version:
    """One more scan of a document; the pages at the `kept` places are those of before."""
    assert document.form is not None
    before = {place.position: place.page for place in list_places(document)}
    file = _store_file(session, document, now)
    said = (answers or _ANSWERS[document.form]) | {}
    number = len(document.versions) + 1
    version = Version(document=document, number=number, created_at=now, run=0, doubts=0)
    session.add(version)
    for position, laid in enumerate(list_sides(document.form)):
        page = before[position] if position in kept else None
        if page is None:
            page = _store_page(session, file, document, position, laid, said, changes or {})
        version.pages.append(VersionPage(page=page, position=position, repeated=False))
    session.flush()
    return version


def list_places(document: PaperDocument) -> list[VersionPage]:
    return document.versions[-1].pages if document.versions else []


@lru_cache
def list_sides(form: str) -> tuple[TemplatePage, ...]:
    template = load_form(form)
    rows = {group: 2 for group in template.default_rows if group == "members"}
    return tuple(laid.template for laid in lay_out(template, rows))


def find_position(form: str, field: str) -> int:
    """The place of the page that holds a field."""
    return next(
        position
        for position, side in enumerate(list_sides(form))
        if field in {spec.id for spec in side.fields}
    )


def store_strays(session: Session, now: datetime, unit_id: int = 1) -> PaperDocument:
    """A page that belongs to no form."""
    document = PaperDocument(
        serial=0,
        unit_id=unit_id,
        state=DocumentState.RECEIVED,
        state_since=now,
        created_at=now,
        revision=0,
        simulated=False,
    )
    session.add(document)
    file = _store_file(session, document, now)
    page = make_page_row(file.id, PageReading("stray.pdf", 0, PageStatus.UNIDENTIFIED, "no_code"))
    version = Version(document=document, number=1, created_at=now, run=0, doubts=0)
    version.pages.append(VersionPage(page=page, position=0, repeated=False))
    session.add(version)
    session.flush()
    return document


def _store_file(session: Session, document: PaperDocument, now: datetime) -> File:
    number = next(_NUMBERS)
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    session.add(Original(sha256=sha256, size=1, received_at=now))
    batch = Batch(
        label=f"batch {number}",
        source=Source.UPLOAD,
        unit_id=document.unit_id,
        created_at=now,
        created_by="archivist",
    )
    session.add(batch)
    session.flush()
    file = File(
        batch=batch,
        name="scan.pdf",
        sha256=sha256,
        size=1,
        state=FileState.READ,
        received_at=now,
    )
    session.add(file)
    session.flush()
    return file


def _store_page(
    session: Session,
    file: File,
    document: PaperDocument,
    position: int,
    laid: TemplatePage,
    answers: Mapping[str, Plain],
    changes: Changes,
) -> Page:
    assert document.form is not None
    key = load_form(document.form).key
    reading = PageReading(file.name, position, PageStatus.READ, key=key, serial=document.serial)
    page = make_page_row(file.id, replace(reading, page=laid.page, sheet=laid.sheet))
    session.add(page)
    session.flush()
    add_readings(
        session,
        [
            describe_reading(page.id, _read(spec, answers, change)) | {"drawn": drawn}
            for spec in laid.fields
            for change in [dict(changes.get(spec.id, {}))]
            for drawn in [change.pop("drawn", False)]
        ],
    )
    return page


def _read(spec: FieldSpec, answers: Mapping[str, Plain], change: Mapping[str, Any]) -> FieldReading:
    default: Plain = ""
    if spec.kind in PRESENCE_KINDS:
        default = spec.id not in _UNSIGNED
    value = write_value(spec, answers.get(spec.id, default))
    sure = FieldReading(
        spec=spec,
        state=FieldState.EMPTY if value is None else FieldState.READ,
        reason=Reason.NONE,
        value=value,
        confidence=1.0,
        review=False,
        region_px=_QUAD,
    )
    return replace(sure, **change)
