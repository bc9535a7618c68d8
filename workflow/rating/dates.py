"""By when a score is known: the two sources count from different days."""

from dataclasses import dataclass
from datetime import date

from validation.deadlines import due_on


@dataclass(frozen=True, slots=True)
class ScoreDates:
    """Both days are shown; the first is the rule's, the second the overview's."""

    after_entry: date | None
    """Last day by order 02-150, annex 3, art. 11(6)."""
    after_filling: date | None
    """The day by the programme overview, step VI."""


def find_score_dates(filled: date, entered: date) -> ScoreDates:
    """The days for a declaration filled and entered on given days."""
    return ScoreDates(due_on("scoring", entered), due_on("score_from_filling", filled))
