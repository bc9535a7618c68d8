"""Where a blank bears pale print, where black and where none; found once for all its pages."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import PX_PER_MM, Grey

MAP_STEP = PX_PER_MM // 2
"""Px of the frame in one of the map on which the ink in an area is counted: half a mm."""
COARSE = 4
_CLOSE_PX = MAP_STEP
"""It is paper where no print is so near, and pale print counts where nothing darker is within
twice as much: what is close to a place or to those around it."""
_AROUND = np.ones((3, 3), np.uint8)
_HAIRLINES, _CAPTIONS = (85, 120), (155, 190)
"""How dark pale print is in the blank, of 255."""
_SOLID, _BARE = 230, 12
_LEAST_INK = 0.03
_PAPER_MM = 12.0
"""The light of the paper is that around a place."""


@dataclass(frozen=True, slots=True)
class PalePrint:
    """The print of a blank between two greys, where nothing darker is near."""

    places: NDArray[np.uint32]
    """Of the flattened map."""
    printed: NDArray[np.float32]
    """Share of the light that is missing in each on the blank, in areas larger than a line."""


@dataclass(frozen=True, slots=True)
class BlankMap:
    """What a blank says about the ink in each half mm; made once for all pages of it."""

    bare: NDArray[np.bool_]
    """No print is close."""
    bare_share: NDArray[np.float32]
    """How much of what is around each place is bare, coarsely."""
    solid: NDArray[np.uint32]
    """Places of the flattened map that are all black."""
    captions: PalePrint
    hairlines: PalePrint
    empty: NDArray[np.bool_]
    """One place of each mm: no print within a mm."""


def map_blank(blank: Grey) -> BlankMap:
    """Find where a blank bears pale print, where black and where none."""
    close = _find_darkest(blank)
    size = (close.shape[1], close.shape[0])
    dark = cv2.bitwise_not(blank)
    around = np.asarray(cv2.resize(dark, size, interpolation=cv2.INTER_AREA), np.uint8)
    printed = np.asarray(cv2.boxFilter(around, cv2.CV_32F, (3, 3)) / 255, np.float32)
    darkest = np.asarray(cv2.dilate(close, _AROUND), np.uint8)
    bare = np.asarray(close < _BARE, np.bool_)
    return BlankMap(
        bare,
        average_around(bare.astype(np.float32)),
        np.flatnonzero(cv2.erode(around, _AROUND) > _SOLID).astype(np.uint32),
        _find_pale(darkest, printed, _CAPTIONS),
        _find_pale(darkest, printed, _HAIRLINES),
        np.ascontiguousarray(darkest[:-1:2, :-1:2] < _BARE),
    )


def _find_pale(
    darkest: NDArray[np.uint8], printed: NDArray[np.float32], greys: tuple[int, int]
) -> PalePrint:
    there = (darkest >= greys[0]) & (darkest < greys[1]) & (printed > _LEAST_INK)
    return PalePrint(np.flatnonzero(there).astype(np.uint32), printed[there])


def _find_darkest(blank: Grey) -> NDArray[np.uint8]:
    """How dark the darkest print close to each place of the map is.

    Down first, from blocks of lines between the places, then across what is asked.
    """
    high = blank.shape[0] // MAP_STEP * MAP_STEP
    lines = blank[:high].reshape(-1, MAP_STEP, blank.shape[1])
    down = np.minimum.reduce(lines, axis=1)
    above = np.vstack([down[:1], down[:-1]])
    below = np.vstack([lines[1:, 0], down[-1:]])
    down = np.minimum(np.minimum(above, down), below)
    window = np.ones((1, 2 * _CLOSE_PX + 1), np.uint8)
    return np.asarray(cv2.bitwise_not(cv2.erode(down, window)[:, ::MAP_STEP]), np.uint8)


def average_around(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean around each place, on a coarser map: paper changes slowly."""
    size = (small.shape[1] // COARSE, small.shape[0] // COARSE)
    coarse = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    window = (round(_PAPER_MM * PX_PER_MM / (MAP_STEP * COARSE)) | 1,) * 2
    return np.asarray(cv2.blur(coarse, window), np.float32)
