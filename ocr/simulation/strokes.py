"""What a moving pen tip leaves: lines in mm with the pressure along them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""N x 2: x and y in mm."""

STEP_MM = 0.18
"""Distance of neighbouring points: shorter than any pen is wide."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of the pen from touching the paper to leaving it."""

    points_mm: Points
    pressure: NDArray[np.float64]
    """One a point; 1 is the hand's usual pressure."""

    def __post_init__(self) -> None:
        if self.points_mm.ndim != 2 or self.points_mm.shape != (len(self.pressure), 2):
            raise ValueError("a stroke needs as many pressures as points")


def space_evenly(points: Points, step_mm: float = STEP_MM) -> Points:
    """The same line with points at even distances; at least two."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(2, round(float(way[-1]) / step_mm) + 1)
    at = np.linspace(0.0, way[-1], count)
    return np.column_stack([np.interp(at, way, points[:, axis]) for axis in (0, 1)])


def curve_through(points: Points, per_span: int = 8) -> Points:
    """A smooth line through all points (Catmull-Rom)."""
    if len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0.0, 1.0, per_span, endpoint=False)[:, None]
    p0, p1, p2, p3 = (ends[i : len(ends) - 3 + i, None, :] for i in range(4))
    spans = 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return np.vstack([spans.reshape(-1, 2), points[-1:]])


def curve_with_corners(points: Sequence[Sequence[float]]) -> Points:
    """A smooth line that turns sharply at points given as [x, y, 1]."""
    return np.vstack([curve_through(part) for part in _split_at_corners(points)])


def round_corners(points: Sequence[Sequence[float]]) -> Points:
    """A line that cuts every corner (Chaikin), but for those given as [x, y, 1]."""
    return np.vstack([_cut_corners(part) for part in _split_at_corners(points)])


def _split_at_corners(points: Sequence[Sequence[float]]) -> Iterator[Points]:
    """The parts of a line between the points that are given as [x, y, 1]; each has both ends."""
    begin = 0
    plane = np.array([point[:2] for point in points], dtype=np.float64)
    for index in range(1, len(points)):
        if len(points[index]) > 2 or index == len(points) - 1:
            yield plane[begin : index + 1]
            begin = index


def _cut_corners(line: Points) -> Points:
    for _ in range(4):
        near, far = line[:-1], line[1:]
        cuts = np.stack([0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far], axis=1)
        line = np.vstack([line[:1], cuts.reshape(-1, 2), line[-1:]])
    return line


def walk(headings: NDArray[np.float64], steps: NDArray[np.float64]) -> Points:
    """The way of somebody who starts at 0, 0 and makes each step in its direction (radians)."""
    moves = np.column_stack([np.cos(headings), np.sin(headings)]) * steps[:, None]
    way: Points = np.vstack([np.zeros((1, 2)), moves.cumsum(axis=0)])
    return way


def lead_between(line: Points, start: Points, end: Points) -> Points:
    """The line turned and scaled so that it leads from start to end."""
    plane = (line - line[0]) @ [1, 1j]
    moved = plane * complex(*(end - start)) / plane[-1]
    return np.column_stack([moved.real, moved.imag]) + start


def bend(start: Points, end: Points, sag: float) -> Points:
    """A line from start to end that bows sideways by `sag` of its length."""
    t = np.linspace(0.0, 1.0, 14)[:, None]
    along = end - start
    across = np.array([-along[1], along[0]])
    bowed: Points = start + along * t + across * sag * 4 * t * (1 - t)
    return bowed


def soften(points: Points, reach: int) -> Points:
    """The line as an inert hand rounds it: each point drawn to `reach` on either side."""
    reach = min(reach, (len(points) - 1) // 2)
    if reach < 1:
        return points
    window = np.hanning(2 * reach + 3)[1:-1]
    head = 2 * points[0] - points[reach:0:-1]
    tail = 2 * points[-1] - points[-2 : -2 - reach : -1]
    long = np.vstack([head, points, tail])
    window /= window.sum()
    return np.column_stack([np.convolve(long[:, axis], window, "valid") for axis in (0, 1)])


def draw_noise(rng: np.random.Generator, count: int, reach: float) -> NDArray[np.float64]:
    """A smooth random walk around 0 with deviation 1; `reach` points hang together."""
    knots = max(4, int(np.ceil(count / max(reach, 1.0))) + 3)
    values = rng.standard_normal(knots)
    line = curve_through(np.column_stack([np.arange(knots), values]), 6)
    at = np.linspace(1.0, knots - 2.0, count)
    noise: NDArray[np.float64] = np.interp(at, line[:, 0], line[:, 1])
    return noise


def shake(points: Points, rng: np.random.Generator, tremor_mm: float, wave_mm: float) -> Points:
    """The line as a hand draws it that trembles by `tremor_mm` (one deviation)."""
    reach = wave_mm / STEP_MM
    noise = [draw_noise(rng, len(points), reach) for _ in (0, 1)]
    return points + tremor_mm * np.column_stack(noise)


def swing(points: Points, rng: np.random.Generator, tremor_mm: float, wave_mm: float) -> Points:
    """The line as a hand draws it that sways in regular waves (another kind of tremor)."""
    at = np.arange(len(points)) * STEP_MM
    sway = np.zeros_like(points)
    for octave in (1.0, 2.3):
        phase = rng.uniform(0, 2 * np.pi, 2)
        length = wave_mm / octave * rng.uniform(0.7, 1.4)
        sway += np.sin(2 * np.pi * at[:, None] / length + phase) / octave
    return points + tremor_mm * sway


def drag(points: Points, rng: np.random.Generator, tremor_mm: float, wave_mm: float) -> Points:
    """The line as a hand draws it that jerks sideways and swings out (a third kind of tremor)."""
    if len(points) < 3:
        return points
    at = np.arange(round(3 * wave_mm / STEP_MM) + 2) * STEP_MM
    ringing = np.exp(-1.2 * at / wave_mm) * np.cos(2 * np.pi * at / wave_mm)
    jerks = rng.standard_normal(len(points) + len(at) - 1) ** 3
    sway = np.convolve(jerks, ringing / np.sqrt(15 * (ringing**2).sum()), "valid")
    along = np.gradient(points, axis=0)
    across = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None].clip(1e-9)
    dragged: Points = points + tremor_mm * sway[:, None] * across
    return dragged


def press_along(
    rng: np.random.Generator, count: int, mean: float, variation: float, taper: float
) -> NDArray[np.float64]:
    """The pressure along a stroke: it wanders, and fades at the ends by `taper`."""
    pressure = mean * (1 + variation * draw_noise(rng, count, 12.0))
    landing, leaving = rng.uniform(0.5, 4.0, 2) * taper
    at = np.linspace(0.0, 1.0, count) * max(count * STEP_MM, 0.5)
    ramp = np.minimum(1.0, 0.45 + at / max(landing, 1e-3))
    ramp *= np.minimum(1.0, 0.30 + at[::-1] / max(leaving, 1e-3))
    felt: NDArray[np.float64] = np.clip(pressure * ramp, 0.15, 1.6)
    return felt


def bound_strokes(strokes: Sequence[Stroke]) -> tuple[float, float, float, float]:
    """Left, top, right and lower end of what the pen touched, in mm."""
    points = np.vstack([stroke.points_mm for stroke in strokes])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
