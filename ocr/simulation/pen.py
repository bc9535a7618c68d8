"""Pens that leave ink on a picture of a page, as translucent as ink is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.simulation.strokes import STEP_MM, Stroke
from ocr.simulation.styles import Style, draw_ranges, pens_of

Picture = NDArray[np.uint8]
"""Height x width (grey) or height x width x 3 (RGB)."""

_FINE_PX_PER_MM = 36
"""Lines are drawn this fine and then averaged down."""
_RUN = 4
"""Points drawn with one width: pressure changes slowly."""
_GRAIN_PX = 512
_SHIFT = 4
_NIB_ANGLE = np.pi / 4
"""How right-handed people hold a flat nib."""


@dataclass(frozen=True, slots=True)
class Pen:
    """One pen as it writes on paper."""

    kind: str
    width_mm: float
    darkness: float
    """Share of the light that a full line takes, 0 to 1."""
    colour: tuple[int, int, int]
    response: float
    """How far pressure changes width and darkness, 0 to 1."""
    grain: float
    """How much the paper's texture shows in the line, 0 to 1."""
    skips_per_mm: float
    blobs_per_mm: float
    flatness: float = 0.0
    """How much thinner than across the nib its lines along the nib are, 0 to 1."""
    hollow: float = 0.0
    """How much paler a line is in its middle, where the ball pushes the ink aside, 0 to 1."""

    def __post_init__(self) -> None:
        if not 0 < self.width_mm <= 3 or not 0 < self.darkness <= 1:
            raise ValueError(f"no pen writes like {self}")


def choose_pen(rng: np.random.Generator, style: Style = Style.TRAINING, kind: str = "") -> Pen:
    """A pen as people have at hand; of one kind when that is named."""
    pens = [pen for pen in pens_of(style) if kind in ("", pen["kind"])]
    weights = np.array([pen["weight"] for pen in pens])
    ranges = pens[int(rng.choice(len(pens), p=weights / weights.sum()))]
    colours = ranges["colours"]
    red, green, blue = colours[int(rng.integers(len(colours)))]
    values = draw_ranges({name: ranges[name] for name in ranges if name != "colours"}, rng)
    return Pen(kind=ranges["kind"], colour=(red, green, blue), **values)


def draw_strokes(
    picture: Picture,
    strokes: Iterable[Stroke],
    pen: Pen,
    px_per_mm: float,
    rng: np.random.Generator,
) -> None:
    """Writes the strokes on the picture; ink darkens what is printed below it."""
    for stroke in strokes:
        inked = _ink_stroke(picture.shape[:2], stroke, pen, px_per_mm, rng)
        if inked is not None:
            rows, columns, cover = inked
            blend_ink(picture[rows, columns], cover, pen.colour)


def blend_ink(
    part: Picture, cover: NDArray[np.floating[Any]], colour: tuple[int, int, int]
) -> None:
    """Darkens a part of a picture in place where ink covers it (0 to 1)."""
    if part.ndim == 2:
        take = 1 - float(np.dot(colour, (0.299, 0.587, 0.114))) / 255
        part[...] = np.rint(part * (1 - cover * np.float32(take))).astype(np.uint8)
        return
    takes = 1 - np.array(colour, dtype=np.float32) / 255
    part[...] = np.rint(part * (1 - cover[..., None] * takes)).astype(np.uint8)


def _ink_stroke(
    shape: tuple[int, int], stroke: Stroke, pen: Pen, px_per_mm: float, rng: np.random.Generator
) -> tuple[slice, slice, NDArray[np.floating[Any]]] | None:
    """Where on the picture the ink lies, and how much of it."""
    margin = pen.width_mm * 1.5 + 1 / px_per_mm
    low = np.floor((stroke.points_mm.min(axis=0) - margin) * px_per_mm).astype(int)
    high = np.ceil((stroke.points_mm.max(axis=0) + margin) * px_per_mm).astype(int)
    low, high = np.maximum(low, 0), np.minimum(high, (shape[1], shape[0]))
    if (low >= high).any():
        return None
    fine = max(1, round(_FINE_PX_PER_MM / px_per_mm))
    width, height = (high - low) * fine
    canvas = np.zeros((height, width), np.uint8)
    points = (stroke.points_mm * px_per_mm - low) * fine
    _trace(canvas, points, stroke.pressure, pen, px_per_mm * fine, rng)
    cover = cv2.resize(canvas, tuple(int(n) for n in high - low), interpolation=cv2.INTER_AREA)
    return (
        slice(low[1], high[1]),
        slice(low[0], high[0]),
        _roughen(cover.astype(np.float32) / 255, pen.grain, rng),
    )


def _trace(
    canvas: Picture,
    points: NDArray[np.float64],
    pressure: NDArray[np.float64],
    pen: Pen,
    px_per_mm: float,
    rng: np.random.Generator,
) -> None:
    """Draws the line in short runs, each as wide and dark as the pressure makes it."""
    force = 1 + pen.response * (pressure - 1)
    ink = np.clip(pen.darkness * (1 + pen.response * (pressure - 1)), 0.05, 1.0)
    ink = _skip(ink, pen, rng)
    force = force * _turn_nib(points, pen)
    width = np.maximum(1, np.rint(pen.width_mm * force * px_per_mm)).astype(int)
    fixed = np.rint(points * (1 << _SHIFT)).astype(np.int32)
    for begin in range(0, len(fixed) - 1, _RUN):
        run = fixed[begin : begin + _RUN + 1].reshape(-1, 1, 2)
        value = float(255 * ink[begin : begin + _RUN + 1].mean())
        cv2.polylines(canvas, [run], False, value, int(width[begin]), cv2.LINE_8, _SHIFT)
    if pen.hollow:
        core, value = max(1, int(np.median(width)) // 3), float(255 * ink.mean() * (1 - pen.hollow))
        cv2.polylines(canvas, [fixed.reshape(-1, 1, 2)], False, value, core, cv2.LINE_8, _SHIFT)
    for at in np.flatnonzero(rng.random(len(points)) < pen.blobs_per_mm * STEP_MM):
        radius = int(pen.width_mm * rng.uniform(0.55, 0.85) * px_per_mm)
        cv2.circle(canvas, (int(points[at, 0]), int(points[at, 1])), radius, 255.0, -1)


def _turn_nib(points: NDArray[np.float64], pen: Pen) -> NDArray[np.float64]:
    """How wide the nib draws along the line, as a share; a round one everywhere the same."""
    if not pen.flatness:
        return np.ones(len(points))
    along = np.gradient(points, axis=0)
    off: NDArray[np.float64] = np.sin(np.arctan2(along[:, 1], along[:, 0]) + _NIB_ANGLE)
    return 1 - pen.flatness * (1 - np.abs(off))


def _skip(ink: NDArray[np.float64], pen: Pen, rng: np.random.Generator) -> NDArray[np.float64]:
    """The ink with places where the ball did not roll."""
    starts = np.flatnonzero(rng.random(len(ink)) < pen.skips_per_mm * STEP_MM)
    for start in starts:
        ink[start : start + int(rng.integers(2, 8))] *= rng.uniform(0.05, 0.6)
    return ink


def _roughen(
    cover: NDArray[np.floating[Any]], grain: float, rng: np.random.Generator
) -> NDArray[np.floating[Any]]:
    """The ink as the paper's texture takes it."""
    if grain <= 0.02:
        return cover
    top, left = (int(rng.integers(_GRAIN_PX)) for _ in (0, 1))
    rows = np.arange(top, top + cover.shape[0]) % _GRAIN_PX
    columns = np.arange(left, left + cover.shape[1]) % _GRAIN_PX
    texture = paper_grain()[np.ix_(rows, columns)]
    rough: NDArray[np.floating[Any]] = cover * (1 - np.float32(grain) * texture)
    return rough


@cache
def paper_grain() -> NDArray[np.float32]:
    """The texture of paper as values from 0 to 1, the same in every run."""
    rng = np.random.default_rng(7)
    fine = rng.random((_GRAIN_PX, _GRAIN_PX), dtype=np.float32)
    coarse = 5 * cv2.GaussianBlur(fine, (0, 0), 1.6) - 2
    mixed = 0.45 * fine + 0.55 * coarse
    texture: NDArray[np.float32] = np.clip(mixed, 0, 1).astype(np.float32)
    return texture
