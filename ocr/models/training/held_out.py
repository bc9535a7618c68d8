"""Strings in cells, written by those whose characters were never trained on."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ocr.cells import prepare_crops
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import UNSURE, choose_wear, make_strip, write_row
from ocr.models.training.dataset import Source
from ocr.models.training.writers import Writer

Row = tuple[NDArray[np.uint8], NDArray[np.int64]]
"""The prepared cells of a string and their classes."""

_WEAR_SHARES = (0.25, 0.45, 0.25, 0.05)
"""How often scans of each level of wear come."""
_READABLE_SHARES = (0.26, 0.48, 0.26)
"""The same without bad copies."""


def draw_strips(sources: Sequence[Source], seed: int, count: int) -> list[Row]:
    """Strips of every kind, spoilt ones too, without those that hold an undecided cell."""
    rng = np.random.default_rng(seed)
    rows = []
    for writer in _share_out(sources, count):
        strip = make_strip(writer, choose_wear(rng, _WEAR_SHARES), rng)
        if (strip.labels != UNSURE).all():
            rows.append((prepare_crops(strip.crops), strip.labels))
    return rows


def draw_long_rows(sources: Sequence[Source], length: int, seed: int, count: int) -> list[Row]:
    """Rows with a character in each cell, scanned at the levels 0 to 2."""
    rng = np.random.default_rng(seed)
    rows = []
    for writer in _share_out(sources, count):
        labels = rng.integers(len(writer.alphabet), size=length)
        text = "".join(writer.alphabet[label] for label in labels)
        wear = WEAR[int(rng.choice(len(_READABLE_SHARES), p=_READABLE_SHARES))]
        rows.append((prepare_crops(write_row(writer, text, length, wear, rng)), labels))
    return rows


def _share_out(sources: Sequence[Source], count: int) -> Iterator[Writer]:
    """Each source's writer as often as its share of so many strips."""
    total = sum(source.strips for source in sources)
    for source in sources:
        for _ in range(count * source.strips // total):
            yield source.writer
