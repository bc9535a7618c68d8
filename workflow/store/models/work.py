"""Work to do: the outbox, what was done once, and who holds what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.models.base import Row


class StepState(StrEnum):
    """How far a step is."""

    PENDING = "pending"
    """In the outbox only."""
    QUEUED = "queued"
    """The queue has it."""
    RUNNING = "running"
    """A worker has it, while its lease holds."""
    DONE = "done"
    FAILED = "failed"
    """Given up, with a reason; a person may ask for it again."""


class Step(Row):
    """One piece of work: written with the change that asks for it, queued afterwards."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("step", "subject", "input_hash"),
        Index("ix_outbox_state", "state", "not_before", "id"),
        Index("ix_outbox_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    """Name of the step: `read_file`."""
    subject: Mapped[str]
    """As `file:12`."""
    input_hash: Mapped[str]
    """SHA-256 of what the step works on: the same input is never worked on twice."""
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    error_detail: Mapped[str | None]


class Effect(Row):
    """The effects of a step on an input were committed; there can be only one."""

    __tablename__ = "effect"
    __table_args__ = (UniqueConstraint("step", "subject", "input_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    subject: Mapped[str]
    input_hash: Mapped[str]
    step_id: Mapped[int]
    committed_at: Mapped[datetime]


class Lease(Row):
    """Who works on what, until when; the token tells a late holder from the present one."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    """As `step:12` or `document:7`."""
    holder: Mapped[str] = mapped_column(index=True)
    token: Mapped[int]
    """Grows with every new holder."""
    expires_at: Mapped[datetime]
