"""What is asked of learned thresholds, and of readings with what people said of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import selectinload

from ocr.readings import FieldState, PageStatus
from workflow.store.fetching import fetch_row
from workflow.store.models.decisions import FieldValue, FoundFinding
from workflow.store.models.paper import Batch, File, Page, Reading, Source, VersionPage
from workflow.store.models.registers import AskedAnswer, RegisterEdition
from workflow.store.models.trust import Enforcement, ThresholdSet
from workflow.store.parts import cut_keys
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One field as it was read, as far as trust in it is concerned."""

    page_id: int
    form: str
    edition: date
    field: str
    scanner: str | None
    read_at: datetime
    """When its file came in."""
    simulated: bool
    state: str
    reason: str
    value: dict[str, Any] | None
    confidence: float
    review: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """How often the program accepted one field."""

    form: str
    edition: date
    field: str
    scanner: str | None
    simulated: bool
    count: int


def list_sets(session: Session) -> Sequence[ThresholdSet]:
    """All learned sets with their thresholds, the newest first."""
    query = select(ThresholdSet).options(selectinload(ThresholdSet.thresholds))
    return session.scalars(query.order_by(ThresholdSet.id.desc())).all()


def find_set(session: Session, set_id: int) -> ThresholdSet:
    """One set; raises NotFound."""
    return fetch_row(session, ThresholdSet, set_id, "thresholds")


def find_enforcement(session: Session) -> Enforcement | None:
    """The newest word about which thresholds hold; None where nobody ever said any."""
    return session.scalar(select(Enforcement).order_by(Enforcement.id.desc()).limit(1))


def list_newest_pages(session: Session, since: datetime, most: int) -> list[int]:
    """Ids of pages of forms that came in since a moment and were read, the newest first."""
    query = select(Page.id).where(
        Page.status == PageStatus.READ,
        Page.form.is_not(None),
        Page.id.in_(_select_recent_pages(since)),
    )
    return list(session.scalars(query.order_by(Page.id.desc()).limit(most)))


def list_read_rows(session: Session, page_ids: Collection[int]) -> Iterator[ReadRow]:
    """Every field of some pages, page by page."""
    for part in cut_keys(page_ids):
        query = _select_rows().where(Reading.page_id.in_(part)).order_by(Reading.id)
        yield from starmap(ReadRow, session.execute(query))


def list_decided_rows(session: Session, since: datetime | None) -> list[ReadRow]:
    """Every field that people have entered, of files that came in since a moment."""
    query = _came_since(_select_rows().where(_is_entered()), since).order_by(Reading.id)
    return list(starmap(ReadRow, session.execute(query)))


def list_unsure_rows(
    session: Session, since: datetime | None, forms: Collection[str]
) -> Iterator[ReadRow]:
    """Every field of some forms that was read, not surely, and that nobody has entered."""
    unsure = Reading.review, Reading.state == FieldState.READ, Page.form.in_(forms)
    query = _came_since(_select_rows().where(*unsure, ~_is_entered()), since)
    yield from starmap(ReadRow, session.execute(query.order_by(Reading.id)))


def list_drawn_rows(session: Session, since: datetime | None) -> list[ReadRow]:
    """Every field that was not read surely, was drawn by lot, and that people have entered."""
    drawn = Reading.review, Reading.drawn, _is_entered()
    query = _came_since(_select_rows().where(*drawn), since).order_by(Reading.id)
    return list(starmap(ReadRow, session.execute(query)))


def list_parameters(
    session: Session, code: str, page_ids: Collection[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """What findings of a code named, in whichever check of a version, by the pages of it."""
    for part in cut_keys(page_ids):
        query = (
            select(VersionPage.page_id, FoundFinding.parameters)
            .join(FoundFinding, FoundFinding.version_id == VersionPage.version_id)
            .where(FoundFinding.code == code, VersionPage.page_id.in_(part))
        )
        yield from (tuple(row) for row in session.execute(query))


def has_told(session: Session, register: str) -> bool:
    """Whether a register has ever told anything, by an extract or by a service."""
    told = (
        exists().where(RegisterEdition.register == register),
        exists().where(AskedAnswer.register == register),
    )
    return any(session.scalar(select(one)) for one in told)


def count_accepted(
    session: Session, since: datetime | None, states: Collection[str]
) -> list[AcceptedRow]:
    """How many answers of each field the program accepted, in states that take effect."""
    demonstrates = Batch.source == Source.DEMONSTRATION
    query = _join(
        select(Page.form, Page.edition, Reading.field, File.scanner, demonstrates, func.count())
    ).where(Reading.review.is_(False), Reading.state.in_(states), Page.form.is_not(None))
    grouped = query.group_by(Page.form, Page.edition, Reading.field, File.scanner, demonstrates)
    return list(starmap(AcceptedRow, session.execute(_came_since(grouped, since))))


def _is_entered() -> ColumnElement[bool]:
    return exists().where(FieldValue.page_id == Reading.page_id, FieldValue.field == Reading.field)


def _select_rows() -> Select[*tuple[Any, ...]]:
    columns = (
        Reading.page_id,
        Page.form,
        Page.edition,
        Reading.field,
        File.scanner,
        File.received_at,
        Batch.source == Source.DEMONSTRATION,
        Reading.state,
        Reading.reason,
        Reading.value,
        Reading.confidence,
        Reading.review,
        Reading.drawn,
    )
    return _join(select(*columns))


def _join(query: Select[*tuple[Any, ...]]) -> Select[Any]:
    """From fields to where they came from."""
    return (
        query.select_from(Reading)
        .join(Page, Page.id == Reading.page_id)
        .join(File, File.id == Page.file_id)
        .join(Batch, Batch.id == File.batch_id)
    )


def _came_since(query: Select[Any], since: datetime | None) -> Select[Any]:
    return query if since is None else query.where(Reading.page_id.in_(_select_recent_pages(since)))


def _select_recent_pages(since: datetime) -> Select[int]:
    """Leads from the files of that time to their pages, instead of past all that ever came."""
    return select(Page.id).join(File, File.id == Page.file_id).where(File.received_at >= since)


def list_page_values(session: Session, page_ids: Collection[int]) -> Iterator[FieldValue]:
    """What people entered for some pages, oldest first for each page."""
    for part in cut_keys(page_ids):
        query = select(FieldValue).where(FieldValue.page_id.in_(part)).order_by(FieldValue.id)
        yield from session.scalars(query)
