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
from ocr.ink import FULL_STROKE, TRACE_LEVEL, Ink

_SCALE = PX_PER_MM // 2
"""Px per mm that strokes are looked at."""
_JOIN_MM = 0.5
"""Parts of a line that the scan tore apart."""
_OWN_SHARE = 0.5
"""Of a piece's ink in the place that owns it."""
_SPECK_PX = 4
"""A piece of less ink, at that scale, is dust, unless there are many: then a line is torn."""
_FEWEST_PX = 3
"""Less is nothing, wherever it lies."""
_DUST_PX, _DUST_SHARE = 24, 0.15
"""So is one of up to so much ink beside a piece of which it is only so small a share."""
_MANY_SPECKS = 0.3
_SHADE_SHARE = 0.55
"""Of the darkest piece's depth: what is paler was not drawn by the same pen."""
_GROUP_MM = 5.0
"""Gaps within a signature are narrower."""
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
    area_mm2: float
    depth: float
    """How dark the ink is where it is darkest, of the page's usual stroke."""
    crispness: float = 0.0
    """How much the darkness changes within a mm, of its depth: a pen's edges are sharp."""

    @property
    def bends(self) -> float:
        """Length over spread: 1 is one straight line."""
        return self.length_mm / max(self.long_mm, 0.5)


_NOTHING = Writing(0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PlaceInk:
    """What lies in one place, by whom it seems to be from."""

    own: Writing
    foreign: Writing
    """Pieces that lie mostly elsewhere, as far as they come into the middle of the place."""


def measure_places(ink: Ink, places: Iterable[Region]) -> dict[Region, PlaceInk]:
    """Measure the ink of each place; a piece that lies mostly elsewhere is foreign there.

    Args:
        ink: of the whole page, at half the frame's scale.
        places: where to look.
    """
    places = tuple(places)
    strokes = np.asarray(ink > TRACE_LEVEL, np.bool_).view(np.uint8)
    nothing = dict.fromkeys(places, PlaceInk(_NOTHING, _NOTHING))
    written = [p for p in places if strokes[_window(p, strokes.shape)].sum() >= _FEWEST_PX]
    if not written:
        return nothing
    reach = round(_JOIN_MM * _SCALE)
    joined = cv2.dilate(strokes, np.ones((reach + 1, reach + 1), np.uint8))
    count, labelled = cv2.connectedComponents(joined)
    pieces = np.asarray(labelled, np.int32)
    whole = np.bincount(pieces[strokes > 0], minlength=count).astype(np.float64)
    page = _Pieces(ink, strokes, pieces, whole)
    return nothing | {place: _measure_place(page, place) for place in written}


def measure_depths(ink: Ink, places: Iterable[Region]) -> list[float]:
    """How dark the ink is in each of the places that hold some, of the page's usual stroke.

    Args:
        ink: of the whole page, at half the frame's scale.
        places: where to look.
    """
    found = (ink[_window(place, ink.shape)] for place in places)
    written = (part[part > TRACE_LEVEL] for part in found)
    return [_measure_depth(part) for part in written if len(part) >= _DUST_PX]


def _measure_depth(ink: Ink) -> float:
    """Of so many points of ink: what is darker counts for more."""
    found = ink / FULL_STROKE
    return float((found**2).sum() / found.sum())


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The ink of a page in pieces that hang together."""

    ink: Ink
    strokes: NDArray[np.uint8]
    labels: NDArray[np.int32]
    whole: NDArray[np.float64]
    """Px of ink of each piece."""


def _measure_place(page: _Pieces, place: Region) -> PlaceInk:
    window = _window(place, page.strokes.shape)
    ink, inside, labels = page.ink[window], page.strokes[window], page.labels[window]
    whole = page.whole
    here = np.bincount(labels[inside > 0], minlength=len(whole))
    is_own = here >= _OWN_SHARE * np.maximum(whole, 1)
    own = np.where(is_own[labels], inside, 0)
    own[_find_dust(np.where(is_own, here, 0))[labels]] = 0
    own = _keep_densest(_drop_shade(own, labels, ink))
    foreign = np.where(is_own[labels], 0, inside)
    edge = min(round(_EDGE_MM * _SCALE), inside.shape[1] // 4)
    middle = np.s_[:, edge : -edge or None]
    return PlaceInk(_measure(own, ink), _measure(foreign[middle], ink[middle]))


def _find_dust(own: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pieces are too little to count, by the px of each that lie in a place."""
    specks = own < _SPECK_PX
    if own[specks].sum() >= _MANY_SPECKS * own.sum():
        return np.zeros(len(own), np.bool_)
    dust = (own < _DUST_PX) & (own < _DUST_SHARE * own.max(initial=0))
    return np.asarray(specks | dust, np.bool_)


def _drop_shade(own: NDArray[np.uint8], labels: NDArray[np.int32], ink: Ink) -> NDArray[np.uint8]:
    """Leave out pieces much paler than the darkest: the other side that shines through."""
    inked = own > 0
    names, at = np.unique(labels[inked], return_inverse=True)
    if len(names) < 2:
        return own
    found = ink[inked].astype(np.float64)
    depths = np.bincount(at, found**2) / np.bincount(at, found)
    dark = depths >= _SHADE_SHARE * depths[np.bincount(at) >= _DUST_PX].max(initial=0.0)
    kept = np.zeros_like(own)
    kept[inked] = dark[at]
    return kept


def _keep_densest(own: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Only the group of pieces with most ink: a mark far from a signature is none of it."""
    reach = round(_GROUP_MM * _SCALE)
    joined = cv2.dilate(own, np.ones((reach, reach), np.uint8))
    count, groups = cv2.connectedComponents(joined)
    if count <= 2:
        return own
    ink = np.bincount(groups[own > 0], minlength=count)
    return np.where(groups == int(ink.argmax()), own, 0).astype(np.uint8)


def _measure(mask: NDArray[np.uint8], ink: Ink) -> Writing:
    at = np.argwhere(mask).astype(np.float64) / _SCALE
    if len(at) < _FEWEST_PX:
        return _NOTHING
    contours, _ = cv2.findContours(
        np.ascontiguousarray(mask), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    # Rough edges of a black and white scan must not count as line.
    smooth = (cv2.approxPolyDP(contour, 1.0, closed=True) for contour in contours)
    length = sum(cv2.arcLength(contour, closed=True) for contour in smooth) / 2 / _SCALE
    # Of an even line of length l the variance is l squared over 12.
    broad, long = np.sqrt(12 * np.maximum(np.linalg.eigvalsh(np.cov(at.T)), 0.0))
    depth = _measure_depth(ink[mask > 0])
    crispness = float(_measure_slopes(ink)[mask > 0].mean()) / depth
    return Writing(length, float(long), float(broad), len(at) / _SCALE**2, depth, crispness)


def _measure_slopes(ink: Ink) -> NDArray[np.float32]:
    """How much the ink's darkness changes within a mm at each point."""
    across, down = (cv2.Sobel(ink, cv2.CV_32F, x, 1 - x, scale=1 / 8) for x in (1, 0))
    return np.asarray(np.hypot(across, down) * (_SCALE / FULL_STROKE), np.float32)


def _window(place: Region, shape: tuple[int, ...]) -> tuple[slice, slice]:
    left, top, right, bottom = (
        round(v * _SCALE) for v in (place.x_mm, place.y_mm, place.right_mm, place.bottom_mm)
    )
    rows = slice(max(top, 0), min(bottom, shape[0]))
    return rows, slice(max(left, 0), min(right, shape[1]))
