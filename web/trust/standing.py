"""The thresholds as they hold, with what the program came with."""

from collections.abc import Iterator
from dataclasses import dataclass

from ocr.thresholds import ReadKind, Threshold, Thresholds, find_shipped


@dataclass(frozen=True, slots=True)
class Standing:
    """One threshold that holds."""

    kind: ReadKind
    accept_above: float
    shipped: float
    learned: Threshold | None
    """None: it came with the program."""


def list_standing(thresholds: Thresholds) -> list[Standing]:
    """The thresholds of each kind, those for all fields of it first."""
    return [standing for kind in ReadKind for standing in _list_of_kind(thresholds, kind)]


def _list_of_kind(thresholds: Thresholds, kind: ReadKind) -> Iterator[Standing]:
    shipped = find_shipped(kind)
    learned = [entry for entry in thresholds.entries if entry.kind is kind]
    if not any(entry.precision == (False, False) for entry in learned):
        yield Standing(kind, shipped, shipped, None)
    for entry in sorted(learned, key=lambda entry: (entry.precision, entry.form or "")):
        yield Standing(kind, entry.accept_above, shipped, entry)
