"""The days of one application, from its receipt to its score, as order 02-150 works them out.

The order's own example is annex 3, art. 11. Beside its line stand the days of the programme
overview, which explains the same way in other numbers.
"""

from dataclasses import dataclass
from datetime import date

from validation.calendar import open_calendar
from validation.deadline_table import Deadline, find_deadline
from validation.deadlines import due_on
from validation.law_entries import About, LegalValue
from validation.parameters import Law, load_law

_ENTERED, _FILLED, _FILED = "application_entry", "declaration_filling", "declaration_entry"
_SCORED, _VISITED, _THIRTIETH = "scoring", "first_visit", "score_from_filling"

_LINE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_ENTERED, ()),
    ("listing", (_ENTERED,)),
    ("allocation", (_ENTERED,)),
    (_FILLED, (_ENTERED,)),
    (_VISITED, (_ENTERED,)),
    (_FILED, (_FILLED, _VISITED)),
    (_SCORED, (_FILED,)),
    (_THIRTIETH, (_FILLED, _VISITED)),
    ("cross_check", (_FILED,)),
    ("assignment_visit", (_SCORED, _THIRTIETH)),
)
"""Each stop with the one that it counts from: of rivals, the one that counts."""
_BESIDE = frozenset({_VISITED, _THIRTIETH, "cross_check", "assignment_visit"})


@dataclass(frozen=True, slots=True)
class Stop:
    """One day of the line, with how it was counted."""

    deadline: str
    ids: tuple[str, ...]
    """`T06`."""
    about: About
    day: date
    start: date
    """The day that it is counted from."""
    after: str | None
    """The stop of that day; None for the receipt of the application."""
    value: LegalValue
    """How long, in what unit, by which article."""
    is_free: bool
    """Whether it falls on a day of rest."""
    is_beside: bool
    """Whether it stands beside the line of article 11."""
    counts: bool
    """Whether it is the one that counts where sources set rival days."""

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return self.day.isoweekday()


def plan_timeline(received: date, law: Law | None = None) -> tuple[Stop, ...]:
    """The stops of an application that came in on a day, those beside the line last.

    A stop that no law sets yet is left out: before 28 December 2007 there is none at all.
    """
    law, stops = law or load_law(), dict[str, Stop]()
    for name, befores in _LINE:
        before = _find_counting([stops[one] for one in befores if one in stops])
        if before is None and befores:
            continue
        stop = _plan_stop(find_deadline(name), before, received, law)
        if stop is not None:
            stops[name] = stop
    return tuple(sorted(stops.values(), key=lambda stop: stop.is_beside))


def _find_counting(rivals: list[Stop]) -> Stop | None:
    """The rival that counts; the order's, which stands first, where the law has no other yet."""
    return next((stop for stop in rivals if stop.counts), rivals[0] if rivals else None)


def _plan_stop(deadline: Deadline, before: Stop | None, received: date, law: Law) -> Stop | None:
    start = before.day if before else received
    day, value = due_on(deadline.name, start, law=law), deadline.value_on(start, law)
    if day is None or value is None:
        return None
    return Stop(
        deadline=deadline.name,
        ids=deadline.find_ids(law),
        about=deadline.describe(law),
        day=day,
        start=start,
        after=before.deadline if before else None,
        value=value,
        is_free=not open_calendar(law).is_working_day(day),
        is_beside=deadline.name in _BESIDE,
        counts=deadline.counts_on(start, law),
    )
