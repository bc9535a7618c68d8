"""Which people the entries of the registry name, so that a person is found in all families."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.models.base import Row


class PersonMembership(Row):
    """A person whom an application or a declaration names as one of its family.

    A row is added with its entry and never changed: which entry of a family counts is
    found when it is asked for.
    """

    __tablename__ = "person_membership"
    __table_args__ = (UniqueConstraint("record_id", "personal_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    personal_number: Mapped[str] = mapped_column(index=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("registry_record.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("family_case.id"), index=True)
    form: Mapped[str]
    since: Mapped[date]
    """Day of the paper."""
