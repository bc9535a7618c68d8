"""What lies in a box to sign in, as figures: how much line, how spread, whose.

Each piece of ink is given to the place that holds most of it, so that a
neighbour's signature that runs over is not taken for one of this place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.frame import PX_PER_MM
from ocr.ink import Ink

_SCALE = PX_PER_MM // 2
"""Px per mm that strokes are looked at."""
_STROKE_LEVEL = 0.15
"""Ink that belongs to a stroke, of the page's usual stroke: somebody's pen may be fainter."""
_JOIN_MM = 0.5
"""Parts of a line that the scan tore apart."""
_OWN_SHARE = 0.5
"""Of a piece's ink in the place that owns it."""
_SPECK_PX = 4
"""A piece of less ink, at that scale, is dust, unless there are many: then a line is torn."""
_MANY_SPECKS = 0.3
_EDGE_MM = 3.0
"""A neighbour's signature may run so far into a place."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The ink in one place, as figures."""

    length_mm: float
    """Of all lines."""
    long_mm: float
    """Its spread along its main direction; of an even line, the line's length."""
    broad_mm: float
    """Its spread across that: next to nothing for a straight line."""

    @property
    def bends(self) -> float:
        """Length over spread: 1 is one straight line."""
        return self.length_mm / max(self.long_mm, 0.5)


_NOTHING = Writing(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PlaceInk:
    """What lies in one place, by whom it seems to be from."""

    own: Writing
    foreign: Writing
    """Pieces that lie mostly elsewhere, as far as they come into the middle of the place."""


def measure_places(ink: Ink, places: Iterable[Region]) -> dict[Region, PlaceInk]:
    """Measure the ink of each place; a piece that lies mostly elsewhere is foreign there."""
    size = (ink.shape[1] * _SCALE // PX_PER_MM, ink.shape[0] * _SCALE // PX_PER_MM)
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    strokes = np.asarray(small > _STROKE_LEVEL, np.uint8)
    reach = round(_JOIN_MM * _SCALE)
    joined = cv2.dilate(strokes, np.ones((reach + 1, reach + 1), np.uint8))
    count, labelled = cv2.connectedComponents(joined)
    pieces = np.asarray(labelled, np.int32)
    whole = np.bincount(pieces[strokes > 0], minlength=count).astype(np.float64)
    return {place: _measure_place(strokes, pieces, whole, place) for place in places}


def _measure_place(
    strokes: NDArray[np.uint8],
    pieces: NDArray[np.int32],
    whole: NDArray[np.float64],
    place: Region,
) -> PlaceInk:
    window = _window(place, strokes.shape)
    inside, labels = strokes[window], pieces[window]
    here = np.bincount(labels[inside > 0], minlength=len(whole))
    is_own = here >= _OWN_SHARE * np.maximum(whole, 1)
    own = np.where(is_own[labels], inside, 0)
    if here[is_own & (whole < _SPECK_PX)].sum() < _MANY_SPECKS * here[is_own].sum():
        own[whole[labels] < _SPECK_PX] = 0
    foreign = np.where(is_own[labels], 0, inside)
    edge = min(round(_EDGE_MM * _SCALE), inside.shape[1] // 4)
    return PlaceInk(_measure(own), _measure(foreign[:, edge : -edge or None]))


def _measure(mask: NDArray[np.uint8]) -> Writing:
    at = np.argwhere(mask).astype(np.float64) / _SCALE
    if len(at) < 3:
        return _NOTHING
    contours, _ = cv2.findContours(
        np.ascontiguousarray(mask), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    # Rough edges of a black and white scan must not count as line.
    smooth = (cv2.approxPolyDP(contour, 1.0, closed=True) for contour in contours)
    length = sum(cv2.arcLength(contour, closed=True) for contour in smooth) / 2 / _SCALE
    # Of an even line of length l the variance is l squared over 12.
    broad, long = np.sqrt(12 * np.maximum(np.linalg.eigvalsh(np.cov(at.T)), 0.0))
    return Writing(length, float(long), float(broad))


def _window(place: Region, shape: tuple[int, ...]) -> tuple[slice, slice]:
    left, top, right, bottom = (
        round(v * _SCALE) for v in (place.x_mm, place.y_mm, place.right_mm, place.bottom_mm)
    )
    rows = slice(max(top, 0), min(bottom, shape[0]))
    return rows, slice(max(left, 0), min(right, shape[1]))
