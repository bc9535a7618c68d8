"""What is asked of findings, of the decisions of people, and of who decides next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, String, cast, exists, func, literal, or_, select

from ocr.readings import PageStatus
from workflow.store.models.decisions import (
    Acknowledgement,
    FieldValue,
    FoundFinding,
    Overruling,
    RegistryRecord,
)
from workflow.store.models.paper import (
    DocumentState,
    Page,
    PaperDocument,
    Reading,
    Version,
    VersionPage,
)
from workflow.store.models.people import Role, RoleName, User
from workflow.store.models.work import Lease
from workflow.store.session import Session

_LEASE_OF_DOCUMENT = "document:"
"""What the lease of a document is called before its number."""


@dataclass(frozen=True, slots=True)
class ReadField:
    """What the program read in a field of a version, as far as doubts depend on it."""

    reading_id: int
    page_id: int
    field: str
    state: str
    reason: str
    review: bool
    value: dict[str, Any] | None
    drawn: bool
    """Drawn for a look, should it pass unseen: accepted, or confirmed by a register."""


def list_findings(session: Session, version: Version) -> Sequence[FoundFinding]:
    """The findings of the newest check."""
    newest = select(FoundFinding).filter_by(version_id=version.id, run=version.run)
    return session.scalars(newest.order_by(FoundFinding.id)).all()


def list_read_fields(session: Session, version: Version) -> list[ReadField]:
    """Every field of a version in the order of its pages; of two scans the first counts."""
    query = (
        select(
            Reading.id,
            Reading.page_id,
            Reading.field,
            Reading.state,
            Reading.reason,
            Reading.review,
            Reading.value,
            Reading.drawn,
        )
        .join(VersionPage, VersionPage.page_id == Reading.page_id)
        .join(Page, Page.id == Reading.page_id)
        .where(
            VersionPage.version_id == version.id,
            VersionPage.repeated.is_(False),
            Page.status == PageStatus.READ,
        )
        .order_by(VersionPage.position, Reading.id)
    )
    fields: dict[str, ReadField] = {}
    for row in session.execute(query):
        fields.setdefault(row[2], ReadField(*row))
    return list(fields.values())


def list_values(session: Session, version: Version) -> Sequence[FieldValue]:
    """What people entered for the pages of a version, in whichever version they saw them."""
    query = (
        select(FieldValue)
        .join(VersionPage, VersionPage.page_id == FieldValue.page_id)
        .where(VersionPage.version_id == version.id)
        .order_by(FieldValue.id)
    )
    return session.scalars(query).all()


def list_acknowledgements(session: Session, version: Version) -> Sequence[Acknowledgement]:
    """The warnings of a version that people let stand."""
    query = select(Acknowledgement).filter_by(version_id=version.id)
    return session.scalars(query.order_by(Acknowledgement.id)).all()


def list_overrulings(session: Session, version: Version) -> Sequence[Overruling]:
    """The findings of a version that people contradict."""
    query = select(Overruling).filter_by(version_id=version.id)
    return session.scalars(query.order_by(Overruling.id)).all()


def find_newest_value(session: Session) -> int:
    """Id of the newest entry of all; 0 before there is one."""
    return session.scalar(select(func.max(FieldValue.id))) or 0


def find_record(session: Session, document_id: int) -> RegistryRecord | None:
    """What stands in the registry of a document."""
    query = select(RegistryRecord).filter_by(document_id=document_id)
    return session.scalars(query.order_by(RegistryRecord.id)).first()


def list_free_documents(
    session: Session,
    unit_id: int,
    state: DocumentState,
    user_id: int,
    now: datetime,
    form: str | None,
    after_id: int,
    limit: int,
) -> Sequence[int]:
    """Ids of documents in a state that nobody holds, the oldest first.

    One that waits for a second person or a coordinator is left out where this person
    alone has entered values in it.
    """
    query = select(PaperDocument.id).where(
        PaperDocument.unit_id == unit_id,
        PaperDocument.state == state,
        PaperDocument.id > after_id,
        ~_is_held(now),
    )
    if form is not None:
        query = query.where(PaperDocument.form == form)
    if state is not DocumentState.REVIEW:
        query = query.where(or_(~_has_entries(user_id), _has_entries_of_others(user_id)))
    return session.scalars(query.order_by(PaperDocument.id).limit(limit)).all()


def find_held_document(session: Session, holder: str, now: datetime) -> int | None:
    """The document that somebody works on, if there is one."""
    held = select(Lease.name).where(
        Lease.holder == holder, Lease.expires_at > now, Lease.name.startswith(_LEASE_OF_DOCUMENT)
    )
    ids = (int(name.removeprefix(_LEASE_OF_DOCUMENT)) for name in session.scalars(held))
    return min(ids, default=None)


def has_entered(session: Session, document: PaperDocument, user_id: int) -> bool:
    """Whether somebody has entered a value in any version of a document."""
    entered = (
        select(FieldValue.id)
        .join(Version, Version.id == FieldValue.version_id)
        .where(Version.document_id == document.id, FieldValue.user_id == user_id)
    )
    return session.scalars(entered.limit(1)).first() is not None


def has_other_coordinator(session: Session, document: PaperDocument, user_id: int) -> bool:
    """Whether the unit has another coordinator, who has entered nothing in the document."""
    entered = select(FieldValue.user_id).join(Version, Version.id == FieldValue.version_id)
    others = (
        select(User.id)
        .join(User.roles)
        .where(
            Role.name == RoleName.COORDINATOR,
            User.unit_id == document.unit_id,
            User.active,
            User.id != user_id,
            User.id.not_in(entered.where(Version.document_id == document.id)),
        )
    )
    return session.scalars(others.limit(1)).first() is not None


def _is_held(now: datetime) -> Exists:
    name = literal(_LEASE_OF_DOCUMENT) + cast(PaperDocument.id, String)
    return exists().where(Lease.name == name, Lease.expires_at > now)


def _has_entries(user_id: int) -> Exists:
    return _entries_of(FieldValue.user_id == user_id)


def _has_entries_of_others(user_id: int) -> Exists:
    return _entries_of(FieldValue.user_id != user_id)


def _entries_of(whom: ColumnElement[bool]) -> Exists:
    return exists().where(
        FieldValue.version_id == Version.id, Version.document_id == PaperDocument.id, whom
    )
