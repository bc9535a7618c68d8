"""Digits as pen strokes: the habits that MNIST, an American collection, lacks.

Each digit has several shapes: 1 with flag or serif, 7 with bar, open 4, straight
9. A shape is a tuple of strokes; a stroke is a line through points in a box that
is one high and about 0.6 wide, y downwards. Smooth strokes become splines.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of the pen between setting down and lifting."""

    points: tuple[tuple[float, float], ...]
    smooth: bool = True


def _smooth(*points: tuple[float, float]) -> Stroke:
    return Stroke(points)


def _straight(*points: tuple[float, float]) -> Stroke:
    return Stroke(points, smooth=False)


_LOOP_OF_NINE = ((0.52, 0.18), (0.3, 0.02), (0.08, 0.14), (0.08, 0.38), (0.28, 0.5), (0.5, 0.36))
_TOP_OF_TWO = ((0.06, 0.24), (0.14, 0.06), (0.34, 0.0), (0.52, 0.1), (0.52, 0.3), (0.34, 0.58))

SHAPES: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (
            _smooth(
                (0.32, 0.0), (0.1, 0.12), (0.02, 0.5), (0.12, 0.88), (0.32, 1.0), (0.5, 0.88),
                (0.58, 0.5), (0.5, 0.12), (0.3, 0.01),
            ),
        ),
        (
            _smooth(
                (0.36, 0.02), (0.12, 0.1), (0.06, 0.5), (0.14, 0.92), (0.34, 0.98), (0.52, 0.8),
                (0.54, 0.4), (0.42, 0.08), (0.24, 0.06),
            ),
        ),
        (
            _smooth(
                (0.24, 0.04), (0.46, 0.06), (0.56, 0.4), (0.5, 0.86), (0.3, 0.98), (0.1, 0.86),
                (0.04, 0.46), (0.14, 0.1), (0.34, 0.0),
            ),
        ),
    ),
    "1": (
        (_straight((0.3, 0.0), (0.3, 1.0)),),
        (_straight((0.34, 0.0), (0.26, 1.0)),),
        (_straight((0.04, 0.36), (0.36, 0.0), (0.36, 1.0)),),
        (_straight((0.1, 0.26), (0.34, 0.0), (0.32, 1.0)),),
        (_straight((0.0, 0.5), (0.38, 0.0), (0.36, 1.0)),),
        (_straight((0.12, 0.16), (0.34, 0.0), (0.34, 1.0)),),
        (_straight((0.0, 0.34), (0.4, 0.0), (0.24, 1.0)),),
        (_straight((0.06, 0.4), (0.32, 0.0), (0.4, 1.0)),),
        (
            _straight((0.1, 0.24), (0.32, 0.0), (0.32, 1.0)),
            _straight((0.08, 1.0), (0.56, 1.0)),
        ),
    ),
    "2": (
        (_smooth(*_TOP_OF_TWO, (0.04, 0.98)), _straight((0.04, 0.98), (0.58, 0.98))),
        (
            _smooth(
                *_TOP_OF_TWO, (0.12, 0.92), (0.04, 0.9), (0.1, 0.8), (0.24, 0.86), (0.42, 1.0),
                (0.6, 0.92),
            ),
        ),
        (
            _smooth(
                (0.06, 0.14), (0.3, 0.0), (0.52, 0.14), (0.46, 0.44), (0.24, 0.74), (0.04, 0.98),
                (0.3, 0.94), (0.58, 1.0),
            ),
        ),
    ),
    "3": (
        (
            _smooth(
                (0.06, 0.12), (0.28, 0.0), (0.52, 0.12), (0.46, 0.36), (0.24, 0.46), (0.5, 0.56),
                (0.56, 0.8), (0.32, 1.0), (0.04, 0.88),
            ),
        ),
        (
            _straight((0.06, 0.02), (0.54, 0.02), (0.24, 0.42)),
            _smooth((0.24, 0.42), (0.5, 0.5), (0.56, 0.76), (0.36, 0.98), (0.04, 0.9)),
        ),
        (
            _smooth((0.08, 0.08), (0.36, 0.0), (0.5, 0.2), (0.26, 0.44)),
            _smooth((0.26, 0.44), (0.54, 0.6), (0.46, 0.94), (0.2, 1.0), (0.04, 0.9)),
        ),
    ),
    "4": (
        (
            _straight((0.14, 0.0), (0.04, 0.56), (0.6, 0.56)),
            _straight((0.44, 0.2), (0.42, 1.0)),
        ),
        (_straight((0.44, 1.0), (0.46, 0.0), (0.02, 0.68), (0.62, 0.68)),),
        (
            _smooth((0.12, 0.02), (0.06, 0.4), (0.2, 0.54), (0.46, 0.44)),
            _straight((0.5, 0.02), (0.46, 1.0)),
        ),
        (
            _smooth((0.08, 0.0), (0.06, 0.3), (0.16, 0.5), (0.4, 0.48), (0.52, 0.3), (0.54, 0.0)),
            _straight((0.54, 0.0), (0.48, 1.0)),
        ),
        (
            _straight((0.3, 0.0), (0.02, 0.66), (0.6, 0.62)),
            _straight((0.38, 0.36), (0.36, 1.0)),
        ),
    ),
    "5": (
        (
            _straight((0.56, 0.02), (0.14, 0.02), (0.1, 0.42)),
            _smooth((0.1, 0.42), (0.36, 0.36), (0.56, 0.58), (0.46, 0.92), (0.04, 0.94)),
        ),
        (
            _smooth(
                (0.14, 0.04), (0.1, 0.42), (0.34, 0.38), (0.54, 0.6), (0.42, 0.94), (0.18, 1.0),
                (0.04, 0.9),
            ),
            _straight((0.14, 0.04), (0.58, 0.0)),
        ),
        (
            _smooth(
                (0.56, 0.0), (0.2, 0.06), (0.12, 0.36), (0.4, 0.48), (0.54, 0.7), (0.36, 0.98),
                (0.04, 0.92),
            ),
        ),
    ),
    "6": (
        (
            _smooth(
                (0.48, 0.0), (0.18, 0.28), (0.04, 0.68), (0.2, 0.98), (0.46, 0.94), (0.54, 0.7),
                (0.38, 0.52), (0.12, 0.64), (0.07, 0.76),
            ),
        ),
        (
            _smooth(
                (0.3, 0.0), (0.1, 0.36), (0.05, 0.76), (0.24, 1.0), (0.5, 0.86), (0.48, 0.6),
                (0.26, 0.54), (0.08, 0.7),
            ),
        ),
        (
            _smooth(
                (0.54, 0.06), (0.3, 0.04), (0.08, 0.4), (0.08, 0.84), (0.32, 1.0), (0.54, 0.8),
                (0.4, 0.54), (0.14, 0.6),
            ),
        ),
    ),
    "7": (
        (_straight((0.04, 0.02), (0.58, 0.02), (0.22, 1.0)),),
        (_straight((0.04, 0.04), (0.58, 0.02), (0.22, 1.0)), _straight((0.14, 0.5), (0.56, 0.48))),
        (
            _straight((0.06, 0.16), (0.08, 0.02), (0.56, 0.02), (0.24, 1.0)),
            _straight((0.12, 0.52), (0.54, 0.46)),
        ),
        (_straight((0.12, 0.02), (0.5, 0.0), (0.26, 1.0)),),
        (_straight((0.1, 0.04), (0.52, 0.02), (0.3, 1.0)), _straight((0.22, 0.46), (0.56, 0.44))),
        (_straight((0.08, 0.12), (0.14, 0.02), (0.52, 0.04), (0.3, 1.0)),),
        (_smooth((0.04, 0.1), (0.2, 0.02), (0.56, 0.06), (0.38, 0.46), (0.26, 1.0)),),
        (
            _smooth((0.04, 0.08), (0.24, 0.06), (0.56, 0.02), (0.36, 0.48), (0.28, 1.0)),
            _straight((0.16, 0.54), (0.54, 0.5)),
        ),
    ),
    "8": (
        (
            _smooth(
                (0.48, 0.14), (0.3, 0.0), (0.1, 0.14), (0.18, 0.38), (0.44, 0.58), (0.52, 0.82),
                (0.3, 1.0), (0.06, 0.82), (0.18, 0.54), (0.44, 0.34), (0.5, 0.12),
            ),
        ),
        (
            _smooth(
                (0.3, 0.46), (0.12, 0.34), (0.12, 0.08), (0.32, 0.0), (0.5, 0.12), (0.46, 0.36),
                (0.28, 0.47),
            ),
            _smooth(
                (0.3, 0.46), (0.06, 0.62), (0.08, 0.9), (0.32, 1.0), (0.54, 0.86), (0.5, 0.6),
                (0.3, 0.47),
            ),
        ),
        (
            _smooth(
                (0.3, 0.48), (0.06, 0.28), (0.22, 0.0), (0.48, 0.08), (0.44, 0.36), (0.16, 0.6),
                (0.08, 0.86), (0.3, 1.0), (0.5, 0.84), (0.38, 0.56), (0.22, 0.42),
            ),
        ),
    ),
    "9": (
        (_smooth(*_LOOP_OF_NINE, (0.54, 0.16), (0.52, 0.6), (0.5, 1.0)),),
        (_smooth(*_LOOP_OF_NINE, (0.54, 0.16), (0.54, 0.66), (0.4, 0.96), (0.08, 0.94)),),
        (
            _smooth(*_LOOP_OF_NINE, (0.53, 0.16)),
            _straight((0.54, 0.06), (0.42, 1.0)),
        ),
        (_smooth(*_LOOP_OF_NINE, (0.53, 0.18), (0.44, 0.66), (0.22, 1.0)),),
    ),
}  # fmt: skip
"""Digit -> its shapes."""


def draw_spline(points: Points, per_segment: int = 8) -> Points:
    """Lay a Catmull-Rom spline through points."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    before, start, end, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    t = np.linspace(0, 1, per_segment, endpoint=False)[:, None, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.vstack([curve.transpose(1, 0, 2).reshape(-1, 2), points[-1:]])


def write_digit(digit: str, rng: np.random.Generator, looseness: float = 0.035) -> list[Points]:
    """Write a digit once, in one of its shapes, as polylines in the unit box."""
    shapes = SHAPES[digit]
    shape = shapes[rng.integers(len(shapes))]
    lines = []
    for stroke in shape:
        points = np.asarray(stroke.points) + rng.normal(0, looseness, (len(stroke.points), 2))
        if stroke.smooth:
            points = draw_spline(points)
        lines.append(points)
    return lines


def write_wave(
    start: tuple[float, float], end: tuple[float, float], rng: np.random.Generator
) -> Points:
    """Draw a nearly straight line as a hand does, slightly bent and trembling."""
    t = np.linspace(0, 1, 7)[:, None]
    points = np.asarray(start) * (1 - t) + np.asarray(end) * t
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    bend = rng.normal(0, 0.03) * length * np.sin(np.pi * t)
    return draw_spline(points + bend + rng.normal(0, 0.01 * length**0.5, points.shape), 3)
