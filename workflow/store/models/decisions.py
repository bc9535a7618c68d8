"""What was found in a document, and what people decided; rows are only ever added."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.models.base import Row


class Verdict(StrEnum):
    """What a person says of one field."""

    VALUE = "value"
    """It says what is entered; a correction, if any, bears its signatures."""
    EMPTY = "empty"
    """Nothing is written there."""
    UNSIGNED = "unsigned"
    """The correction is clear, and a signature is missing."""
    UNCLEAR = "unclear"
    """The correction can be read in more than one way."""
    UNREADABLE = "unreadable"
    """The image does not show it."""


class FoundFinding(Row):
    """One finding of one check of a version."""

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_version_run", "version_id", "run"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    run: Mapped[int]
    code: Mapped[str]
    field: Mapped[str | None]
    severity: Mapped[str]
    law: Mapped[str]
    consequence: Mapped[str]
    parameters: Mapped[dict[str, Any]]
    assumed: Mapped[bool]
    evidence: Mapped[list[Any]] = mapped_column(default=list)
    """Answers of registers that it rests on, as JSON."""


class FieldValue(Row):
    """What a person read in a field of a page; the newest of a person counts."""

    __tablename__ = "value"
    __table_args__ = (Index("ix_value_page_field", "page_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    """The version that was on the screen."""
    field: Mapped[str]
    verdict: Mapped[str]
    value: Mapped[dict[str, Any] | None]
    """As in `Reading.value`."""
    entry: Mapped[int]
    """1: first person, 2: second, blind to the first, 3: a coordinator settles."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime]
    registered: Mapped[dict[str, Any] | None]
    """The extract or service that offered just this value to the person."""


class Acknowledgement(Row):
    """A person has looked at a warning and lets it stand."""

    __tablename__ = "acknowledgement"
    __table_args__ = (Index("ix_acknowledgement_version", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    code: Mapped[str]
    field: Mapped[str | None]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    parameters: Mapped[dict[str, Any]]
    """What the finding named; one that names something else is another one."""
    acknowledged_at: Mapped[datetime]


class Overruling(Row):
    """A person contradicts a finding that the program was sure of: it becomes a doubt."""

    __tablename__ = "overruling"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    code: Mapped[str]
    field: Mapped[str | None]
    consequence: Mapped[str]
    """The disposition that the finding would have led to."""
    reason: Mapped[str]
    newest_value_id: Mapped[int]
    """Entries for the field up to this one no longer count."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    overruled_at: Mapped[datetime]


class RegistryRecord(Row):
    """An authorised document as values: an entry of the registry."""

    __tablename__ = "registry_record"
    __table_args__ = (
        UniqueConstraint("version_id"),
        Index("ix_registry_record_use", "form", "edition"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("family_case.id"), index=True)
    form: Mapped[str]
    edition: Mapped[date]
    values: Mapped[dict[str, Any]]
    """Field id -> typed value as JSON: ISO dates, decimals as text."""
    law_day: Mapped[date]
    law_edition: Mapped[str]
    authorised_by: Mapped[str]
    authorised_at: Mapped[datetime]
    archive_place: Mapped[str | None]
    """Where the paper lies."""
