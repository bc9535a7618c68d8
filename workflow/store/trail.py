"""What the pages ask of the audit trail: which events, of whom, about what."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from workflow.store.conditions import match_given
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import Assignment, Rating
from workflow.store.models.paper import File, Page, PaperDocument, Version, VersionPage
from workflow.store.models.trail import AuditEvent
from workflow.store.models.work import Step
from workflow.store.session import Session

WHOLE = "trail:all"
"""The subject of events about the trail as a whole."""
VIEWS = frozenset({"document:read", "case:read", "print:read", "trail:read"})
"""Actions that change nothing: somebody looked."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; None leaves a question open."""

    subject: str | None = None
    actor: str | None = None
    action: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    """The first moment that is no longer wanted."""


def list_newest_events(
    session: Session, wanted: EventFilter, before: int | None, limit: int
) -> Sequence[AuditEvent]:
    """Events newest first, those older than event `before` where it is given."""
    query = select(AuditEvent).where(*_narrow(wanted)).order_by(AuditEvent.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditEvent.seq < before)
    return session.scalars(query).all()


def _narrow(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    """The conditions that the filter names."""
    yield from match_given(
        {
            AuditEvent.subject: wanted.subject,
            AuditEvent.actor: wanted.actor,
            AuditEvent.action: wanted.action,
        }
    )
    if wanted.start is not None:
        yield AuditEvent.at >= wanted.start
    if wanted.end is not None:
        yield AuditEvent.at < wanted.end


def list_events_about(
    session: Session, subjects: Collection[str], without: Collection[str], limit: int
) -> Sequence[AuditEvent]:
    """The newest events about any of the subjects, oldest of them first."""
    query = (
        select(AuditEvent)
        .where(AuditEvent.subject.in_(subjects), AuditEvent.action.not_in(without))
        .order_by(AuditEvent.seq.desc())
        .limit(limit)
    )
    return session.scalars(query).all()[::-1]


def was_recorded_since(
    session: Session, action: str, subject: str, actor: str, since: datetime
) -> bool:
    """Whether the actor did this to the subject at `since` or later."""
    query = (
        select(AuditEvent.seq)
        .where(AuditEvent.subject == subject, AuditEvent.action == action)
        .where(AuditEvent.actor == actor, AuditEvent.at >= since)
        .limit(1)
    )
    return session.scalar(query) is not None


def find_newest_event(session: Session, subject: str, action: str) -> AuditEvent | None:
    """The last time that something was done to a subject."""
    query = select(AuditEvent).where(AuditEvent.subject == subject, AuditEvent.action == action)
    return session.scalar(query.order_by(AuditEvent.seq.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class DocumentSubjects:
    """All that the trail calls a document's own, and its family."""

    own: frozenset[str]
    """The document, its batches, files, steps, record, ratings and prints."""
    assignments: frozenset[int]
    """That its rating led to, or that it decided."""
    family: str | None
    """The family's case; only some of its events are about this document."""


def find_document_subjects(session: Session, document: PaperDocument) -> DocumentSubjects:
    """The subjects under which events about a document stand in the trail."""
    files = list_files_of_document(session, document.id)
    records = session.scalars(
        select(RegistryRecord.id).where(RegistryRecord.document_id == document.id)
    ).all()
    ratings = session.scalars(select(Rating.id).where(Rating.record_id.in_(records))).all()
    assignments = session.scalars(
        select(Assignment).where(
            or_(Assignment.document_id == document.id, Assignment.rating_id.in_(ratings))
        )
    ).all()
    paper = {
        f"document:{document.id}",
        *(f"batch:{file.batch_id}" for file in files),
        *(f"file:{file.id}" for file in files),
        *(f"record:{id_}" for id_ in records),
        *(f"rating:{id_}" for id_ in ratings),
        *(f"print:{made.print_id}" for made in assignments if made.rating_id in ratings),
    }
    steps = session.scalars(select(Step.id).where(Step.subject.in_(paper))).all()
    return DocumentSubjects(
        own=frozenset({*paper, *(f"step:{id_}" for id_ in steps)}),
        assignments=frozenset(made.id for made in assignments),
        family=f"case:{document.case_id}" if document.case_id else None,
    )


def list_document_events(
    session: Session, document: PaperDocument, without: Collection[str], limit: int
) -> list[AuditEvent]:
    """The newest events about a document, oldest of them first.

    Of its family's events those count that name it, its rating or its assignment, and
    those that were recorded together with an event of its own.
    """
    subjects = find_document_subjects(session, document)
    asked = subjects.own | ({subjects.family} if subjects.family else frozenset())
    events = list_events_about(session, asked, without, limit)
    own = [event for event in events if event.subject in subjects.own]
    own += [event for event in events if _names(event, document.id, subjects.assignments)]
    acts = {(event.at, event.actor) for event in own}
    return [e for e in events if e.subject in subjects.own or (e.at, e.actor) in acts]


def _names(event: AuditEvent, document_id: int, assignments: Collection[int]) -> bool:
    told = event.after or {}
    return told.get("document") == document_id or told.get("assignment") in assignments


def list_files_of_document(session: Session, document_id: int) -> Sequence[File]:
    """The files whose pages stand in any version of a document, or were sent in for it."""
    joined = (
        select(Page.file_id)
        .join(VersionPage, VersionPage.page_id == Page.id)
        .join(Version, Version.id == VersionPage.version_id)
        .where(Version.document_id == document_id)
    )
    query = (
        select(File)
        .where(File.id.in_(joined) | (File.for_document_id == document_id))
        .options(joinedload(File.batch))
        .order_by(File.id)
    )
    return session.scalars(query).all()
