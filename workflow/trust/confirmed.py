"""How often a value that the civil register confirmed, unseen by people, was read wrongly; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.trust.bounds import bound_above
from workflow.trust.judged import JudgedReading
from workflow.trust.learning import count_wrong


@dataclass(frozen=True, slots=True)
class ConfirmedLooks:
    """What people found of confirmed values that were drawn by lot."""

    n: int
    wrong: int
    upper: float
    """In 1,000 confirmed values, surely no more are wrong."""


def measure_confirmed(readings: Iterable[JudgedReading]) -> ConfirmedLooks:
    """Count what people have decided of them."""
    decided = [reading for reading in readings if reading.right is not None]
    wrong = count_wrong(decided)
    return ConfirmedLooks(len(decided), wrong, 1000 * bound_above(wrong, len(decided)))
