"""Counting in months and years, as terms of the law are counted.

No source says how. Our reading (assumed): a term of months or years ends on the day of
the same number, or on the last day of a month that is too short. So three months from
30 November end on the last of February, and a year from 29 February ends on 28 February.
"""

import calendar
from datetime import date

_MONTHS_IN_A_YEAR = 12


def add_months(start: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short."""
    whole = start.year * _MONTHS_IN_A_YEAR + start.month - 1 + months
    year, month = divmod(whole, _MONTHS_IN_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def add_years(start: date, years: int) -> date:
    """The same day so many years later; from 29 February the 28th in a common year."""
    return add_months(start, years * _MONTHS_IN_A_YEAR)
