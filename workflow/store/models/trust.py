"""Thresholds that were learned from what people decided; rows are only ever added."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.store.models.base import Row


class ThresholdSet(Row):
    """Thresholds that were learned at one time; in force once an administrator says so."""

    __tablename__ = "threshold_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    learned_at: Mapped[datetime]
    learned_by: Mapped[str]
    simulated: Mapped[bool]
    """Learned from simulated paper: better than nothing, and no word about real paper."""
    thresholds: Mapped[list["LearnedThreshold"]] = relationship(order_by="LearnedThreshold.id")


class LearnedThreshold(Row):
    """One threshold of a set, with what it rests on."""

    __tablename__ = "threshold"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("threshold_set.id"), index=True)
    kind: Mapped[str]
    form: Mapped[str | None]
    """None: of every form."""
    scanner: Mapped[str | None]
    """None: of every scanner."""
    network: Mapped[str]
    """Whose confidences these are; those of another network mean something else."""
    accept_above: Mapped[float]
    target: Mapped[float]
    """Silent errors in 1,000 accepted fields that it was to stay under."""
    n: Mapped[int]
    """Accepted fields that people looked at."""
    errors: Mapped[int]
    """Of them, read wrongly."""


class Enforcement(Row):
    """An administrator's word which set holds from now on; the newest counts."""

    __tablename__ = "enforcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int | None] = mapped_column(ForeignKey("threshold_set.id"))
    """None: the thresholds that the program comes with."""
    enforced_at: Mapped[datetime]
    enforced_by: Mapped[str]
