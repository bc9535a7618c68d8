"""The dated numbers, lists and scales of the law with their history, and who reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from validation.law_entries import Band, LegalCodes, LegalValue, Scale
from validation.parameters import Law
from validation.rules.catalog import list_all_rules
from web.law.entries import Entry, describe, gather_entries
from web.law.reads import list_reads
from web.law.words import write_amount, write_number

_TO = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """What holds from a day on."""

    start: date
    words: str
    """The number with its unit, or the codes; empty where it is repealed."""
    bands: tuple[tuple[str, str], ...]
    """Of a scale: what a band takes in, what it gives."""
    law: str
    amended_by: str
    assumed: bool
    note: str
    holds: bool
    """Whether it is the one that holds today."""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value of the law with its whole history, newest first."""

    name: str
    about: str
    entries: tuple[ShownEntry, ...]

    @property
    def current(self) -> ShownEntry | None:
        """What holds today."""
        return next((entry for entry in self.entries if entry.holds), None)


def list_values(law: Law, today: date, language: str) -> list[ShownValue]:
    """Every value, list and scale by its name."""
    found = gather_entries(law)
    return [_show(name, found[name], law, today, language) for name in sorted(found)]


def find_value(name: str, law: Law, today: date, language: str) -> ShownValue | None:
    """One of them by its name; None where there is none."""
    entries = gather_entries(law).get(name)
    return None if entries is None else _show(name, entries, law, today, language)


def list_readers(name: str, law: Law) -> list[str]:
    """Codes of the rules that read a value or a setting."""
    return [rule.code for rule in list_all_rules() if name in list_reads(rule, law)]


def _show(
    name: str, entries: tuple[Entry, ...], law: Law, today: date, language: str
) -> ShownValue:
    begun = [entry for entry in entries if entry.start <= today]
    current = begun[-1] if begun else None
    shown = [_show_entry(entry, holds=entry is current) for entry in reversed(entries)]
    return ShownValue(name, describe(name, law, language), tuple(shown))


def _show_entry(entry: Entry, *, holds: bool) -> ShownEntry:
    return ShownEntry(
        start=entry.start,
        words=_write_entry(entry),
        bands=tuple(_write_bands(entry)) if isinstance(entry, Scale) else (),
        law=entry.law,
        amended_by=entry.amended_by or "",
        assumed=entry.assumed,
        note=entry.note or "",
        holds=holds,
    )


def _write_entry(entry: Entry) -> str:
    if isinstance(entry, LegalValue):
        return "" if entry.number is None else write_amount(entry.number, entry.unit)
    if isinstance(entry, LegalCodes):
        return ", ".join(entry.codes)
    return "; ".join(f"{band}: {gives}" for band, gives in _write_bands(entry))


def _write_bands(scale: Scale) -> Iterator[tuple[str, str]]:
    for band in scale.bands:
        yield _write_borders(band, scale.unit), _write_gift(band, scale)


def _write_borders(band: Band, unit: str) -> str:
    """From where to where a band reaches, and whether the borders are in it."""
    lower, upper = band.lower, band.upper
    borders = []
    if lower is not None:
        amount = write_amount(lower.number, unit)
        said = _("from %(amount)s", amount=amount)
        borders.append(said if lower.included else _("above %(amount)s", amount=amount))
    if upper is not None:
        amount = write_amount(upper.number, unit)
        said = _("up to %(amount)s", amount=amount)
        borders.append(said if upper.included else _("below %(amount)s", amount=amount))
    return ", ".join(borders)


def _write_gift(band: Band, scale: Scale) -> str:
    if band.least is None:
        words = _("at most %(amount)s", amount=write_amount(band.most, scale.gives))
    elif band.least == band.most:
        words = write_amount(band.most, scale.gives)
    else:
        both = f"{write_number(band.least)}{_TO}{write_number(band.most)}"
        words = write_amount(band.most, scale.gives, both)
    if band.cap is None:
        return str(words)
    return str(
        _("%(share)s, no more than %(cap)s", share=words, cap=write_amount(band.cap, scale.unit))
    )
