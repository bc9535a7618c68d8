"""Days that the government moves: rest beside the holidays, and rest that is worked.

Both lists are files that an office keeps up to date (law/calendar), so every typing error in
them is refused with its file and key before a single day is counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from validation.errors import ValidationFault, WrongLawValue
from validation.parameters import Law, LegalValue
from validation.public_holidays import list_known_years, list_regular_rest

_REST, _WORKED = "calendar/rest_days", "calendar/worked_days"
_UNITS = {_REST: "rest_days", _WORKED: "worked_days"}


class NeedlessDecree(ValidationFault):
    """An entry changes no day; it may be a typing error, but nothing goes wrong by it."""

    code: ClassVar[str] = "needless_decree"
    message: ClassVar[str] = "The calendar has these days so already; the entry changes nothing."


@dataclass(frozen=True, slots=True)
class Decree:
    """One entry of a list, with its place."""

    file: Path
    key: str
    entry: LegalValue

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it names, one after another."""
        return tuple(
            self.entry.start + timedelta(days=later) for later in range(int(self.entry.number or 0))
        )

    @property
    def is_rest(self) -> bool:
        """Whether it gives rest; else it takes rest away."""
        return self.entry.name == _REST


def list_decrees(law: Law) -> tuple[Decree, ...]:
    """Every entry of both lists but the ones that say that there is none."""
    return tuple(
        Decree(law.root / f"{name}.toml", f"value[{number}]", entry)
        for name in (_REST, _WORKED)
        for number, entry in enumerate(law.values.get(name, ()), 1)
        if entry.number is not None
    )


def list_decree_faults(decrees: Iterable[Decree]) -> Iterator[WrongLawValue]:
    """Every typing error that keeps the lists from being used."""
    named: dict[date, Decree] = {}
    for decree in decrees:
        found = list(_list_entry_faults(decree))
        yield from found
        for day in () if found else decree.days:
            if day in named:
                other = named[day]
                detail = f"{day} stands in {other.file.name}, {other.key} too"
                yield WrongLawValue(decree.file, f"{decree.key}.from", detail)
                break
            named[day] = decree


def list_needless_decrees(decrees: Iterable[Decree]) -> Iterator[NeedlessDecree]:
    """Entries that give rest on days free anyway, or let work be done where it is."""
    for decree in decrees:
        if not any(_is_free(day) is not decree.is_rest for day in decree.days):
            detail = f"{decree.entry.start}, {decree.entry.law}"
            yield NeedlessDecree(decree.file, decree.key, detail)


def _list_entry_faults(decree: Decree) -> Iterator[WrongLawValue]:
    entry = decree.entry
    if not entry.is_count:
        yield WrongLawValue(decree.file, f"{decree.key}.days", "a whole number of days, from 1 on")
    if entry.unit != _UNITS[entry.name]:
        yield WrongLawValue(decree.file, f"{decree.key}.unit", f"{_UNITS[entry.name]} here")
    known = list_known_years()
    if entry.start.year not in known:
        span = f"a day of {known[0]} to {known[-1]}"
        yield WrongLawValue(decree.file, f"{decree.key}.from", span)


def _is_free(day: date) -> bool:
    return day in list_regular_rest(day.year)
