"""Every time that the law sets: what its day means, and which number of the law it counts.

The rows stand in deadline_table.toml, the numbers in law/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from validation.errors import BrokenData, UnknownLawValue
from validation.law_entries import About, LegalValue
from validation.parameters import Law
from validation.toml_data import DATA, read_toml

TABLE = DATA / "deadline_table.toml"
_KEYS = frozenset({"bound", "value", "wording", "setting", "options", "stops"})
_FOLDER = "deadlines"
_CATALOGUE = "T"
_PROTOCOL_CLOCK, _STOPPED = "protocol_clock", "stopped"


class Bound(StrEnum):
    """What the day that is counted means."""

    LATEST = "latest"
    """The last day on which it may be done."""
    EXACT = "exact"
    """The very day on which it is done."""
    LEAST = "least"
    """The first day on which it may be done: so much time goes by at least."""
    BAR = "bar"
    """The last day of a time in which it may not be done."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of the table."""

    name: str
    bound: Bound
    value: str
    """Name of its number in the law."""
    wording: str | None
    """Setting that says which of two wordings counts, by its unit."""
    setting: str | None
    """Setting that says whether it counts beside a rival of another source."""
    options: tuple[str, ...]
    """The options under which it does."""
    stops: bool
    """Whether it may stand still while a termination protocol is under way."""

    def value_on(self, day: date, law: Law) -> LegalValue | None:
        """The number of a day; None before the law begins and after it is repealed."""
        value = law.value_on(self.value, day)
        if value is None or self.wording is None:
            return value
        unit = law.choice_on(self.wording, day)
        worded = [one for one in law.values[self.value] if one.unit == unit] or [value]
        return [worded[0], *(one for one in worded if one.start <= day)][-1]

    def counts_on(self, day: date, law: Law) -> bool:
        """Whether it counts where sources set rival times; without a rival it does."""
        return self.setting is None or law.choice_on(self.setting, day) in self.options

    def runs_beside_protocol(self, day: date, law: Law) -> bool:
        """Whether it runs on once block B or C of a protocol has lawfully begun.

        Order 02-150, annex 3, art. 11(7).
        """
        return not self.stops or law.choice_on(_PROTOCOL_CLOCK, day) != _STOPPED

    def find_ids(self, law: Law) -> tuple[str, ...]:
        """Its numbers in the table of deadlines of the catalogue: `T06`."""
        return tuple(id_ for id_ in law.meets[self.value] if id_.startswith(_CATALOGUE))

    def describe(self, law: Law) -> About:
        """From what until what it runs, in a sentence of each language."""
        return law.about[self.value]


@cache
def load_deadlines(file: Path = TABLE) -> Mapping[str, Deadline]:
    """Every row by its name; a fault names the row that says something else."""
    return {name: _build_deadline(file, name, row) for name, row in read_toml(file).items()}


def find_deadline(name: str) -> Deadline:
    """The row of that name; UnknownLawValue where there is none."""
    if name not in load_deadlines():
        raise UnknownLawValue(TABLE, name)
    return load_deadlines()[name]


def _build_deadline(file: Path, name: str, row: Mapping[str, Any]) -> Deadline:
    if row.keys() - _KEYS:
        raise BrokenData(file, name, f"no such key: {sorted(row.keys() - _KEYS)}")
    if row.get("bound") not in list(Bound):
        raise BrokenData(file, f"{name}.bound", f"one of {', '.join(Bound)}")
    return Deadline(
        name=name,
        bound=Bound(row["bound"]),
        value=row.get("value", f"{_FOLDER}/{name}"),
        wording=row.get("wording"),
        setting=row.get("setting"),
        options=tuple(row.get("options", ())),
        stops=row.get("stops", False) is True,
    )
