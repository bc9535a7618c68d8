"""What the registers of other bodies told: extracts that were imported, answers asked for.

Rows are only ever added: an old case can be recomputed from what was known then.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.models.base import Row


class RegisterEdition(Row):
    """One extract of one register, as imported."""

    __tablename__ = "register_edition"
    __table_args__ = (
        UniqueConstraint("register", "number"),
        UniqueConstraint("register", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    number: Mapped[int]
    """Of its register, from 1."""
    as_of: Mapped[date]
    """Day that the extract describes."""
    file_name: Mapped[str]
    sha256: Mapped[str]
    """Of the file; its bytes lie among the extracts."""
    rows: Mapped[int]
    """That were taken over."""
    skipped: Mapped[int]
    """Bad rows that were left out, because whoever imported them said so."""
    imported_at: Mapped[datetime]
    imported_by: Mapped[str]

    @property
    def source(self) -> str:
        """What an answer names as its source."""
        return f"{self.file_name}, edition {self.number}"


class RegisterRow(Row):
    """One row of an extract; a person may have several."""

    __tablename__ = "register_row"
    # On SQLite the rows lie in the order of the key: one tree to fill instead of two.
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: Mapped[int] = mapped_column(ForeignKey("register_edition.id"), primary_key=True)
    personal_number: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    """Where it stands in the file, the heading being line 1."""
    entry: Mapped[dict[str, Any]]


class AskedAnswer(Row):
    """What the service of a register answered about one person."""

    __tablename__ = "register_answer"
    __table_args__ = (Index("ix_register_answer_person", "personal_number", "register"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    personal_number: Mapped[str]
    entries: Mapped[list[Any]]
    as_of: Mapped[date]
    """Day that the answer describes."""
    asked_at: Mapped[datetime]
    source: Mapped[str]


class ServicesInUse(Row):
    """Which registers have a service that the program asks, from a moment on.

    The workers ask, and say it here: a page decides what is to be asked about, and its
    process may know no address.
    """

    __tablename__ = "register_services"

    id: Mapped[int] = mapped_column(primary_key=True)
    registers: Mapped[list[Any]]
    """Names in order; none once no service is asked any more."""
    since: Mapped[datetime]


class UnreachedRegister(Row):
    """A register whose service gave no answer when a version was checked."""

    __tablename__ = "register_unreached"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    register: Mapped[str]
    people: Mapped[list[Any]] = mapped_column(default=list)
    """Personal numbers that it was asked about in vain; none: all on the paper."""
    code: Mapped[str]
    """Of the fault of the last attempt."""
    given_up_at: Mapped[datetime]
