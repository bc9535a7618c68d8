"""The last day of what the law sets a time for.

The day after the event is the first. Nothing is moved when the last day is free:
the order's own example ends on a holiday (order 02-150, annex 3, art. 11(4)).
"""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

from validation.months import add_months
from validation.parameters import Law, LegalValue, load_law, value_on

_SATURDAY = 5
_DAYS_IN_A_WEEK = 7
_EXTRA_HOLIDAYS = "calendar/extra_holidays"


class LastDay(StrEnum):
    """What happens where the last day is free."""

    AS_COUNTED = "as_counted"
    NEXT_WORKING_DAY = "next_working_day"


def due_on(
    name: str,
    start: date,
    law_day: date | None = None,
    last_day: LastDay = LastDay.AS_COUNTED,
) -> date | None:
    """The last day of a deadline that begins on `start`; None where no law sets one.

    The law of the start counts, or that of another day where one is given.
    """
    value = value_on(f"deadlines/{name}", law_day or start)
    if value is None:
        return None
    day = _count_on(value, start)
    return find_working_day(day) if last_day is LastDay.NEXT_WORKING_DAY else day


def add_working_days(start: date, days: int) -> date:
    """The working day that is so many working days behind a day."""
    day = start
    for _ in range(days):
        day = find_working_day(day + timedelta(days=1))
    return day


def find_working_day(day: date) -> date:
    """The day itself, or the first working day behind it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Whether it is neither at a weekend nor a holiday."""
    if day.weekday() >= _SATURDAY or day in list_extra_holidays(load_law()):
        return False
    return day not in _list_holidays(day.year)


def list_extra_holidays(law: Law) -> frozenset[date]:
    """Days of rest that the government has added, from the data of the law."""
    return frozenset(
        decree.start + timedelta(days=later)
        for decree in law.values[_EXTRA_HOLIDAYS]
        for later in range(int(decree.number or 0))
    )


_COUNTING: dict[str, Callable[[date, int], date]] = {
    "working_days": add_working_days,
    "calendar_days": lambda start, days: start + timedelta(days=days),
    "weeks": lambda start, weeks: start + timedelta(days=weeks * _DAYS_IN_A_WEEK),
    "months": add_months,
}


def _count_on(value: LegalValue, start: date) -> date:
    return _COUNTING[value.unit](start, int(value.number or 0))


@cache
def _list_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GE", years=year))
