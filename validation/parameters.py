"""Numbers that a law states, each as of the day it is asked for.

One file a value under `law/`; its path is its name: `ages/majority`. A change of
law is a further entry with its first day; a repeal is an entry with
`repealed = true`. Nothing is ever deleted, so an old case can be recomputed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from validation.errors import UnknownLawValue, WrongLawValue
from validation.toml_data import DATA, read_toml

LAW = DATA / "law"
_ABOUT = frozenset({"from", "unit", "law", "amended_by", "assumed", "repealed", "note"})


@dataclass(frozen=True, slots=True)
class LegalValue:
    """One number of the law with the day it begins to hold."""

    name: str
    start: date
    number: Decimal | None
    """None where the law is repealed from that day."""
    unit: str
    law: str
    amended_by: str | None = None
    assumed: bool = False
    """The text gives no date, or leaves the number open."""


@dataclass(frozen=True, slots=True)
class Law:
    """All dated values of one folder, and the mark of their edition."""

    root: Path
    values: Mapping[str, tuple[LegalValue, ...]]
    """Name -> its values, oldest first."""
    edition: str
    """Changes whenever any file does; a decision stores it beside its day."""

    def value_on(self, name: str, day: date) -> LegalValue | None:
        """The value that holds on a day; None before it begins and after it is repealed."""
        if name not in self.values:
            raise UnknownLawValue(self.root, name)
        begun = [value for value in self.values[name] if value.start <= day]
        return begun[-1] if begun and begun[-1].number is not None else None


@cache
def load_law(root: Path = LAW) -> Law:
    """All legal values under a folder, checked; a fault names its file and key."""
    files = sorted(root.rglob("*.toml"))
    digest = hashlib.sha256()
    values = {}
    for file in files:
        name = file.relative_to(root).with_suffix("").as_posix()
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
        values[name] = _build_values(file, name)
    return Law(root, values, digest.hexdigest()[:16])


def value_on(name: str, day: date) -> LegalValue | None:
    """The value of the shipped law that holds on a day."""
    return load_law().value_on(name, day)


def _build_values(file: Path, name: str) -> tuple[LegalValue, ...]:
    entries = read_toml(file).get("value")
    if not isinstance(entries, list) or not entries:
        raise WrongLawValue(file, "value", "no entry")
    values = tuple(_build_value(file, f"value[{i}]", name, e) for i, e in enumerate(entries, 1))
    starts = [value.start for value in values]
    if starts != sorted(set(starts)):
        raise WrongLawValue(file, "value.from", "entries stand oldest first, one a day")
    return values


def _build_value(file: Path, key: str, name: str, entry: Mapping[str, Any]) -> LegalValue:
    start = entry.get("from")
    if type(start) is not date:
        raise WrongLawValue(file, f"{key}.from", "a date as 2015-05-01")
    for word in ("unit", "law"):
        if not isinstance(entry.get(word), str) or not entry[word]:
            raise WrongLawValue(file, f"{key}.{word}")
    return LegalValue(
        name=name,
        start=start,
        number=_take_number(file, key, entry),
        unit=entry["unit"],
        law=entry["law"],
        amended_by=entry.get("amended_by"),
        assumed=entry.get("assumed", False) is True,
    )


def _take_number(file: Path, key: str, entry: Mapping[str, Any]) -> Decimal | None:
    """The one number of an entry, under whatever word it stands; None for a repeal."""
    named = [word for word in entry if word not in _ABOUT]
    if entry.get("repealed") is True and not named:
        return None
    if len(named) != 1:
        raise WrongLawValue(file, key, f"one number, not {named or 'none'}")
    number = entry[named[0]]
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise WrongLawValue(file, f"{key}.{named[0]}", "a number")
    return Decimal(number)
