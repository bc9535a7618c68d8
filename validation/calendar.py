"""Working days: neither weekend nor holiday, unless the government has decreed otherwise.

Order 02-150, annex 3, art. 11(1), tells working days from days of rest and holidays.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from validation.decrees import Decree, list_decree_faults, list_decrees
from validation.parameters import Law, load_law
from validation.public_holidays import list_regular_rest

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is a working day, from the holidays and from the decrees of one edition of the law."""

    rest: frozenset[date]
    """Free by decree."""
    worked: frozenset[date]
    """Worked by decree, though free otherwise."""

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on a day; YearNotKnown where nobody knows its holidays."""
        return day not in _list_rest(self, day.year)

    def find_working_day(self, day: date) -> date:
        """The day itself, or the first working day behind it."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, start: date, days: int) -> date:
        """The working day that is so many working days behind a day; that day is not counted."""
        day = start
        for _ in range(days):
            day = self.find_working_day(day + _ONE_DAY)
        return day


def open_calendar(law: Law | None = None) -> Calendar:
    """The calendar of an edition of the law; WrongLawValue where a list of decrees is wrong."""
    return _build_calendar(list_decrees(law or load_law()))


@cache
def _build_calendar(decrees: tuple[Decree, ...]) -> Calendar:
    for fault in list_decree_faults(decrees):
        raise fault
    rest = frozenset(day for decree in decrees if decree.is_rest for day in decree.days)
    worked = frozenset(day for decree in decrees if not decree.is_rest for day in decree.days)
    return Calendar(rest, worked)


@cache
def _list_rest(calendar: Calendar, year: int) -> frozenset[date]:
    """Days of rest of a year; decreed days of other years do no harm in it."""
    return (list_regular_rest(year) | calendar.rest) - calendar.worked
