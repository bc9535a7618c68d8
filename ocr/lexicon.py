"""Word lists that letters are matched with, and how well a word fits a row of cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.cells import BLANK, LETTER_CLASSES

_FOLDER = Path(__file__).parent / "lexicons"
_FLOOR = 1e-3
"""No cell speaks against a letter more than this: the network knows no handwriting."""
_UNKNOWN_SIGN = 0.05
"""Probability of a sign that the network has no class for: a hyphen, a full stop."""
_OFFSETS = 3
"""Cells that people leave free before they begin."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words as rows of class indices, padded with blanks."""

    words: tuple[str, ...]
    rows: NDArray[np.int64]
    lengths: NDArray[np.int64]


@cache
def load_lexicon(name: str) -> Lexicon:
    """Load `ocr/lexicons/<name>.txt`, one word a line."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return build_lexicon([line.strip() for line in text.splitlines() if line.strip()])


def build_lexicon(words: Sequence[str]) -> Lexicon:
    """Make a lexicon of words; each word counts once."""
    kept = tuple(dict.fromkeys(words))
    index = {sign: i for i, sign in enumerate(LETTER_CLASSES) if len(sign) == 1}
    index[" "] = LETTER_CLASSES.index(BLANK)
    width = max((len(word) for word in kept), default=0)
    rows = np.full((len(kept), width), index[" "], np.int64)
    for row, word in zip(rows, kept, strict=True):
        row[: len(word)] = [index.get(sign, len(LETTER_CLASSES)) for sign in word]
    return Lexicon(kept, rows, np.array([len(word) for word in kept], np.int64))


def weigh_words(probabilities: NDArray[np.float32], lexicon: Lexicon) -> NDArray[np.float64]:
    """The logarithm of how well each word fits the cells, at the best place to begin.

    A word longer than the row is compared with its beginning.
    """
    cells = len(probabilities)
    unknown = np.full((cells, 1), _UNKNOWN_SIGN)
    weights = np.log(np.maximum(np.hstack([probabilities.astype(np.float64), unknown]), _FLOOR))
    blank = LETTER_CLASSES.index(BLANK)
    best = np.full(len(lexicon.words), -np.inf)
    for offset in range(min(_OFFSETS, cells)):
        rows = np.full((len(lexicon.words), cells), blank)
        width = min(cells - offset, lexicon.rows.shape[1])
        rows[:, offset : offset + width] = lexicon.rows[:, :width]
        sums = weights[np.arange(cells), rows].sum(axis=1)
        fits = (offset == 0) | (lexicon.lengths + offset <= cells)
        best = np.where(fits, np.maximum(best, sums), best)
    return best


def weigh_row(probabilities: NDArray[np.float32], row: Sequence[int]) -> float:
    """The same for one row of class indices, whatever it spells."""
    chosen = probabilities[np.arange(len(row)), list(row)].astype(np.float64)
    return float(np.log(np.maximum(chosen, _FLOOR)).sum())
