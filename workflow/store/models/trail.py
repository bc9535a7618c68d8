"""The audit trail: events that are only added, each bound to the one before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.models.base import Row


class AuditEvent(Row):
    """One thing that happened; triggers refuse to change or delete it."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject", "subject", "seq"),
        Index("ix_audit_event_actor", "actor", "seq"),
        Index("ix_audit_event_action", "action", "seq"),
        Index("ix_audit_event_at", "at"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1 without gaps."""
    at: Mapped[datetime]
    actor: Mapped[str]
    role: Mapped[str]
    action: Mapped[str]
    """As `document:state:change`."""
    subject: Mapped[str]
    """As `document:12`."""
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    law: Mapped[str | None]
    previous: Mapped[str]
    """Hash of the event before; zeros for the first."""
    hash: Mapped[str]


class AuditHead(Row):
    """The newest event; whoever appends locks this one row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    seq: Mapped[int]
    hash: Mapped[str]


class AuditSeal(Row):
    """How far the trail was at one moment of a day; exported as well."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1 without gaps: the number of its exported line."""
    day: Mapped[date]
    seq: Mapped[int]
    """The newest event then."""
    hash: Mapped[str]
    """Of that event."""
    sealed_at: Mapped[datetime]
    previous: Mapped[str]
    """SHA-256 of the exported line of the seal before; zeros for the first."""
