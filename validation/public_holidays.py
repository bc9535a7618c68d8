"""Days that are free in any year without a decree: weekends and the public holidays of Georgia.

The holidays package knows them, Orthodox Easter among them, for a span of years.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import ClassVar

import holidays

from validation.errors import ValidationFault

_GEORGIA = "GE"
_SATURDAY = 5


class YearNotKnown(ValidationFault):
    """A day is asked for in a year whose holidays nobody knows; no day is guessed."""

    code: ClassVar[str] = "year_not_known"
    message: ClassVar[str] = "The holidays of that year are not known."

    def __init__(self, year: int):
        known = list_known_years()
        super().__init__(Path("holidays"), str(year), f"known are {known[0]} to {known[-1]}")


@cache
def list_known_years() -> range:
    """The years whose holidays the package knows."""
    known = holidays.country_holidays(_GEORGIA)
    return range(known.start_year, known.end_year + 1)


@cache
def list_regular_rest(year: int) -> frozenset[date]:
    """All Saturdays, Sundays and public holidays of a year."""
    if year not in list_known_years():
        raise YearNotKnown(year)
    weekends = (day for day in _list_days(year) if day.weekday() >= _SATURDAY)
    return frozenset(weekends) | frozenset(holidays.country_holidays(_GEORGIA, years=year))


def _list_days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]
