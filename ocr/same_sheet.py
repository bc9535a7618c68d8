"""Whether two scans show one sheet of paper: by its writing, else by its ink."""

from collections.abc import Iterator
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from ocr.readings import PageReading

_SAME_PAPER = 0.7
"""Correlation of two scans' ink from which they show one paper."""
SAME_WRITING, _ENOUGH_CHARACTERS = 0.7, 12
"""Share of equal characters above which two scans show one sheet. On simulated applications
of levels 0 to 2 one sheet has 0.84 or more, two families have 0.42 or less."""


def is_same_sheet(one: PageReading, other: PageReading) -> bool:
    """Whether two scans of a side show one sheet of paper, by their writing, else by their ink."""
    alike = compare_writing(one, other)
    if alike is None:
        return shows_same_paper(one.fingerprint, other.fingerprint)
    return alike > SAME_WRITING


def compare_writing(one: PageReading, other: PageReading) -> float | None:
    """Share of characters that two scans of a side have in common; None where too few were read.

    Two families fill the same cells, so their ink looks alike from afar. What the
    cells say tells them apart, however doubtful single characters are.
    """
    pairs = list(_pair_characters(one, other))
    if len(pairs) < _ENOUGH_CHARACTERS:
        return None
    return sum(a == b for a, b in pairs) / len(pairs)


def _pair_characters(one: PageReading, other: PageReading) -> Iterator[tuple[str, str]]:
    """What each cell says in both scans, of the fields that were written in both."""
    written = {reading.id: reading.value for reading in other.fields if reading.spec.cells}
    for reading in one.fields:
        value, again = reading.value, written.get(reading.id)
        if isinstance(value, str) and isinstance(again, str) and value and again:
            pairs = zip_longest(value, again, fillvalue=" ")
            yield from (pair for pair in pairs if pair != (" ", " "))


def shows_same_paper(one: NDArray[np.uint8] | None, other: NDArray[np.uint8] | None) -> bool:
    """Whether two scans show the same ink, as far as their fingerprints tell."""
    if one is None or other is None or one.std() < 1 or other.std() < 1:
        return False
    return bool(np.corrcoef(one.ravel(), other.ravel())[0, 1] > _SAME_PAPER)
