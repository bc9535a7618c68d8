"""Family cases, what was printed for them, their ratings and assignments."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.models.base import Row


class CaseState(StrEnum):
    """How far a family's case is; the way itself is in its documents."""

    REGISTERED = "registered"
    """An application was authorised."""
    DECLARED = "declared"
    """A declaration was authorised; to be rated."""
    NOT_ELIGIBLE = "not_eligible"
    """Rated at or over the limit."""
    ELIGIBLE = "eligible"
    """Rated under the limit; an assignment form is printed."""
    SUSPENDED = "suspended"
    """A new circumstance was found at the assignment visit."""
    ASSIGNED = "assigned"
    DECLINED = "declined"
    """The family does not want the assistance, or chose the other allowance."""
    CANCELLED = "cancelled"
    """The family gave its registration up."""
    LAPSED = "lapsed"
    """A protocol ended the application; a registration of before is ended by a person alone."""


ENDED = frozenset({CaseState.CANCELLED, CaseState.LAPSED})
"""Nothing is taken further here until the family applies anew."""


class FamilyCase(Row):
    """One family in the registry."""

    __tablename__ = "family_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    family_code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    state: Mapped[str]
    state_since: Mapped[datetime]
    opened_at: Mapped[datetime]
    simulated: Mapped[bool] = mapped_column(default=False)


class IssuedPrint(Row):
    """A numbered copy of a form, printed for a case with what was known."""

    __tablename__ = "issued_print"
    __table_args__ = (UniqueConstraint("form", "edition", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("family_case.id"), index=True)
    form: Mapped[str]
    edition: Mapped[date]
    serial: Mapped[int]
    rows: Mapped[dict[str, Any]]
    """Table -> printed rows."""
    values: Mapped[dict[str, Any]]
    """What was filled in by the printer."""
    sha256: Mapped[str]
    """Of the PDF among the prints."""
    printed_at: Mapped[datetime]
    printed_by: Mapped[str]


class Rating(Row):
    """The score of one declaration under one methodology pack."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("record_id", "pack_checksum"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("registry_record.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("family_case.id"), index=True)
    pack: Mapped[str]
    """Name and date of the pack."""
    pack_checksum: Mapped[str]
    official: Mapped[bool] = mapped_column(index=True)
    """False: a demonstration; no decision may rest on it."""
    score: Mapped[int]
    limit: Mapped[int]
    """A score below it is eligible."""
    lines: Mapped[list[Any]]
    """The explanation, line by line."""
    law_day: Mapped[date]
    rated_at: Mapped[datetime]


class Assignment(Row):
    """The procedure that follows an eligible rating (order 02-150, annex 3, art. 10)."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("rating_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("family_case.id"), index=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"))
    print_id: Mapped[int] = mapped_column(ForeignKey("issued_print.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    """The filled form, once it came back."""
    visit_due: Mapped[date | None]
    """Last day of the agent's visit."""
    decision_due: Mapped[date | None]
    """Last day of the decision, once form N1 is filled."""
    outcome: Mapped[str | None]
    """A code of assignment/outcomes; None while the form is out."""
    decided_on: Mapped[date | None]
    official: Mapped[bool]
