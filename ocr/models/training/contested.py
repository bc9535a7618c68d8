"""Ones and sevens up to the border between them: long flags here, slanting bars there.

What tells them apart is how steep the stroke before the stem falls: a flag falls
steeply, a bar hardly. Nothing is drawn in between, so that a network stays unsure there.
"""

from dataclasses import dataclass

import numpy as np

from ocr.models.training.ink import Hand, Ink, Place, draw_strokes
from ocr.models.training.strokes import Points, draw_spline, write_digit

_FLAG_DEG, _BAR_DEG = (38.0, 75.0), (-12.0, 18.0)
_FLAG_WIDTH, _BAR_WIDTH = (0.1, 0.5), (0.34, 0.6)
_LONGEST_FLAG = 0.7
"""Of the digit's height."""
_FOOTED, _CROSSED, _NOSED = 0.2, 0.4, 0.2
"""Shares of ones with a foot, of sevens with a bar through the stem and a hook before it."""


@dataclass(frozen=True, slots=True)
class ContestedWriter:
    """Writes ones and sevens that come near each other, other digits as strokes."""

    alphabet: str = "0123456789"
    printed: bool = False

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Write one digit as a pen moves."""
        shapes = {1: write_flagged_one, 7: write_slanting_seven}
        lines = shapes[label](rng) if label in shapes else write_digit(str(label), rng)
        draw_strokes(ink, lines, place, hand, rng)


def write_flagged_one(rng: np.random.Generator) -> list[Points]:
    """Write a 1 whose flag may be long but falls steeply, in a box one high."""
    top = np.array([rng.uniform(0.3, 0.5), 0.0])
    width = float(rng.uniform(*_FLAG_WIDTH))
    drop = min(_LONGEST_FLAG, width * float(np.tan(np.deg2rad(rng.uniform(*_FLAG_DEG)))))
    foot = _move(top, rng.normal(-0.03, 0.06), 1.0)
    lines = [np.vstack([_bend(_move(top, -width, drop), top, rng), _bend(top, foot, rng)])]
    if rng.random() < _FOOTED:
        ends = np.sort(rng.uniform((0.08, 0.2), (0.18, 0.34))) * (-1, 1)
        lines.append(np.array([_move(foot, ends[0], 0), _move(foot, ends[1], rng.normal(0, 0.03))]))
    return lines


def write_slanting_seven(rng: np.random.Generator) -> list[Points]:
    """Write a 7 whose bar may slant but falls hardly, in a box one high."""
    corner = np.array([rng.uniform(0.46, 0.6), 0.02])
    width = float(rng.uniform(*_BAR_WIDTH))
    drop = width * float(np.tan(np.deg2rad(rng.uniform(*_BAR_DEG))))
    start = _move(corner, -width, drop)
    foot = _move(corner, -rng.uniform(0.02, 0.36), 1.0)
    parts = [_bend(start, corner, rng), _bend(corner, foot, rng)]
    if rng.random() < _NOSED:
        parts.insert(0, _move(start, rng.normal(0, 0.03), rng.uniform(0.08, 0.2))[None])
    lines = [np.vstack(parts)]
    if rng.random() < _CROSSED:
        middle = _move((corner + foot) / 2, 0.0, rng.normal(0, 0.05))
        half = np.array([rng.uniform(0.1, 0.24), rng.normal(-0.02, 0.02)])
        lines.append(np.array([middle - half, middle + half]))
    return lines


def _move(point: Points, right: float, down: float) -> Points:
    moved: Points = point + np.array([right, down])
    return moved


def _bend(start: Points, end: Points, rng: np.random.Generator) -> Points:
    """A line between two points, bent a little to one side."""
    across = np.array([start[1] - end[1], end[0] - start[0]])
    middle = (start + end) / 2 + across * rng.normal(0, 0.06)
    return draw_spline(np.array([start, middle, end]), 4)
