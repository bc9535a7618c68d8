"""Counting in months, as terms of the law are counted."""

import calendar
from datetime import date

_MONTHS_IN_A_YEAR = 12


def add_months(start: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short."""
    whole = start.year * _MONTHS_IN_A_YEAR + start.month - 1 + months
    year, month = divmod(whole, _MONTHS_IN_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))
