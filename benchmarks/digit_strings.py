"""Strings of real digits, drawn into cells and scanned, and how far readings can be trusted."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.result import Cell
from form_templates.model import FieldSpec
from ocr.cells import classify_digits, load_network
from ocr.digits import decode_digits
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import write_row
from ocr.models.training.ink import Hand, Ink, Place
from ocr.models.training.mnist import Digits
from ocr.models.training.writers import write_picture

LENGTH = 11
SILENT_ERRORS = 1e-3
_BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
_ROWS_A_RUN = 100
"""Classified together: all rows at once would fill the memory."""


class DigitCopier:
    """Writes given digits of a collection one after the other."""

    alphabet = "0123456789"
    printed = False

    def __init__(self, digits: Digits, order: NDArray[np.int64]) -> None:
        self._pictures, self._order = digits.pictures, iter(order.tolist())

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Lay the next digit over the canvas; what it shows is the caller's to know."""
        write_picture(ink, self._pictures[next(self._order)], place, hand, rng)


@dataclass(frozen=True, slots=True)
class Strings:
    """What a network sees in strings of digits."""

    chances: NDArray[np.float32]
    """N x LENGTH x classes."""
    texts: tuple[str, ...]
    """What is written."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How readings came out: one entry each."""

    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    accepted: NDArray[np.bool_]
    """At the threshold that the product ships."""

    def count_at_rate(self) -> tuple[float, int]:
        """Share that may pass while one in 1,000 of them is wrong, and how many are."""
        order = np.argsort(-self.confidence, kind="stable")
        wrong = np.cumsum(~self.right[order])
        within = np.flatnonzero(wrong <= SILENT_ERRORS * np.arange(1, len(order) + 1))
        if not len(within):
            return 0.0, 0
        return 100 * float(within[-1] + 1) / len(order), int(wrong[within[-1]])

    def describe(self, name: str) -> tuple[Cell, ...]:
        """One row of the table."""
        shipped = 100 * float(self.accepted.mean()), int((self.accepted & ~self.right).sum())
        right = 100 * float(self.right.mean())
        return (name, len(self.right), right, *self.count_at_rate(), *shipped)


def spell(labels: NDArray[np.int64] | NDArray[np.uint8]) -> str:
    """Labels of cells as characters."""
    return "".join(map(str, labels.tolist()))


def scan_strings(digits: Digits, order: NDArray[np.int64], level: int, seed: int) -> Strings:
    """Have digits written into rows of LENGTH cells, scanned and classified."""
    rng, writer = np.random.default_rng(seed), DigitCopier(digits, order)
    texts = [spell(digits.labels[row]) for row in order.reshape(-1, LENGTH)]
    parts = []
    for start in range(0, len(texts), _ROWS_A_RUN):
        rows = texts[start : start + _ROWS_A_RUN]
        crops = [write_row(writer, text, LENGTH, WEAR[level], rng) for text in rows]
        parts.append(classify_digits(np.concatenate(crops)))
    chances = np.concatenate(parts)
    return Strings(chances.reshape(-1, LENGTH, chances.shape[1]), tuple(texts))


def judge_strings(strings: Strings, field: FieldSpec, known: Container[str] | None = None) -> Trust:
    """Read strings as the product does: what it takes for spoilt goes to a person."""
    threshold = load_network("digits").accept_long_above
    seen = [decode_digits(chances, field, threshold, known) for chances in strings.chances]
    return Trust(
        confidence=np.array([one.confidence if one.characters else 0.0 for one in seen]),
        right=np.array([one.characters == t for one, t in zip(seen, strings.texts, strict=True)]),
        accepted=np.array([not one.review and bool(one.characters) for one in seen]),
    )


def tabulate_reliability(trust: Trust) -> tuple[tuple[tuple[Cell, ...], ...], float]:
    """Rows of confidence against what came true, and the expected calibration error."""
    rows, error = [], 0.0
    for low, high in pairwise(_BINS):
        inside = (trust.confidence >= low) & (trust.confidence < high)
        if high == _BINS[-1]:
            inside |= trust.confidence >= high
        if not inside.any():
            continue
        promised, kept = float(trust.confidence[inside].mean()), float(trust.right[inside].mean())
        rows.append((f"{low:g} to {high:g}", int(inside.sum()), 100 * promised, 100 * kept))
        error += abs(promised - kept) * float(inside.mean())
    return tuple(rows), error
