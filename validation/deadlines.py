"""The days that the law's times end on, and those from which something may be done.

The day after the event is the first. Nothing is moved when the last day is free, as the
order's own example ends on a holiday (order 02-150, annex 3, art. 11(4)); the setting
`last_day` moves it. Months and years: validation/months.py.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from validation.calendar import Calendar, open_calendar
from validation.deadline_table import Bound, Deadline, find_deadline
from validation.errors import WrongLawValue
from validation.law_entries import LegalValue
from validation.months import add_months, add_years
from validation.parameters import Law, load_law
from validation.public_holidays import YearNotKnown

_LAST_DAY, _NEXT_WORKING_DAY = "last_day", "next_working_day"
_ENDS = (Bound.LATEST, Bound.EXACT)

_COUNTING: dict[str, Callable[[date, int, Calendar], date]] = {
    "working_days": lambda start, days, calendar: calendar.add_working_days(start, days),
    "calendar_days": lambda start, days, _: start + timedelta(days=days),
    "weeks": lambda start, weeks, _: start + timedelta(weeks=weeks),
    "months": lambda start, months, _: add_months(start, months),
    "years": lambda start, years, _: add_years(start, years),
}


def due_on(
    name: str, start: date, law_day: date | None = None, law: Law | None = None
) -> date | None:
    """The last day of a deadline that begins on `start`; None where no law sets one.

    The law of the start counts, or that of another day where one is given.
    """
    deadline, law = find_deadline(name), law or load_law()
    _expect(deadline, *_ENDS)
    value = deadline.value_on(law_day or start, law)
    if value is None:
        return None
    day = _count(law, value, start)
    if deadline.bound is Bound.LATEST and _moves(law, law_day or start):
        return open_calendar(law).find_working_day(day)
    return day


def due_where_counting(name: str, start: date, law: Law | None = None) -> date | None:
    """The last day of a deadline; None too where a setting lets a rival of it count instead."""
    counts = find_deadline(name).counts_on(start, law or load_law())
    return due_on(name, start, law=law) if counts else None


def due_from_all(
    name: str, starts: Iterable[date], law_day: date | None = None, law: Law | None = None
) -> date | None:
    """The last day of a deadline that counts from each of several events: the earliest one.

    So a child is entered by correction while two years have passed neither from the
    declaration nor from the birth (order 02-150, annex 3, art. 12(8.2)). The law of the
    last event counts.
    """
    begun = tuple(starts)
    days = [due_on(name, start, law_day or max(begun), law) for start in begun]
    return min((day for day in days if day is not None), default=None)


def open_from(
    name: str, start: date, law_day: date | None = None, law: Law | None = None
) -> date | None:
    """The first day on which something may be done after a minimum or a bar; None without law.

    A minimum is kept on the very day on which its time is full ("not less than a month");
    a bar holds that day too ("for the next year", "more than a year") and ends with it.
    """
    deadline, law = find_deadline(name), law or load_law()
    _expect(deadline, Bound.LEAST, Bound.BAR)
    value = deadline.value_on(law_day or start, law)
    if value is None:
        return None
    full = _count(law, value, start)
    return full if deadline.bound is Bound.LEAST else full + timedelta(days=1)


def list_unit_faults(value: LegalValue, law: Law) -> list[WrongLawValue]:
    """What keeps a number of the law from being counted: its size or its unit."""
    file, faults = law.root / f"{value.name}.toml", []
    if not value.is_count:
        faults.append(WrongLawValue(file, str(value.start), "a whole number, from 1 on"))
    if value.unit not in _COUNTING:
        detail = f"{value.unit} is none of {', '.join(_COUNTING)}"
        faults.append(WrongLawValue(file, str(value.start), detail))
    return faults


def _expect(deadline: Deadline, *bounds: Bound) -> None:
    """A minimum has no last day, a deadline no first: whoever asks has mixed them up."""
    if deadline.bound not in bounds:
        raise ValueError(f"{deadline.name} is {deadline.bound}, not {' or '.join(bounds)}")


def _moves(law: Law, day: date) -> bool:
    """Whether a last day that is free moves; one counted in working days never is free."""
    return law.choice_on(_LAST_DAY, day) == _NEXT_WORKING_DAY


def _count(law: Law, value: LegalValue, start: date) -> date:
    for fault in list_unit_faults(value, law):
        raise fault
    try:
        return _COUNTING[value.unit](start, int(value.number or 0), open_calendar(law))
    except (OverflowError, ValueError) as fault:
        raise YearNotKnown(start.year) from fault
