"""Whether pale, thin ink would show on a page: where it would not, no empty place is believed.

A copier makes white of what is paler than its limit, and the grain of a bad scan hides
what is thin. Of an answer that was lost so nothing is left that could be found. But our
forms bear print as pale as a pale pen: captions in dark grey and hairlines in light grey.
How much of them is left says what became of the ink.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import PX_PER_MM, Grey

_STEP = PX_PER_MM // 2
"""Px of the frame in one of the map on which the ink in an area is counted: half a mm."""
_CLOSE_PX = _STEP
"""It is paper where no print is so near, and pale print counts where nothing darker is within
twice as much: what is close to a place or to those around it."""
_AROUND = np.ones((3, 3), np.uint8)
_HAIRLINES, _CAPTIONS = (85, 120), (155, 190)
"""How dark pale print is in the blank, of 255."""
_SOLID, _BARE = 230, 12
_CALM = 0.1
"""Bare paper differs less from what is around it, grain and stains included."""
_PAPER_MM = 12.0
"""The light of the paper is that around a place."""
_COARSE = 4
_LEAST_PLACES = 50
_LEAST_INK = 0.03
_GRAIN_MM = 1.0
_SAMPLED = 7
_NEARLY_BLACK, _FEW_GREYS = 24, 0.002
_DEVIATION = 1.4826
"""Standard deviation over the median of the distances from the middle."""


@dataclass(frozen=True, slots=True)
class Faintness:
    """What a page shows of its palest print, and the grain that pale ink has to stand out of."""

    captions: float | None
    """Of the ink of dark grey print, as a share of what is left of the black print; 1 where
    nothing is lost, None where the form has none."""
    hairlines: float | None
    """The same of light grey print."""
    grain: float
    """Standard deviation of the bare paper, as a share of the depth of black print."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Page and blank as maps of the ink in each half mm."""

    taken: NDArray[np.float32]
    """Share of the paper's light that is missing on the page, in areas larger than a line:
    blur spreads ink and takes none away."""
    printed: NDArray[np.float32]
    """The same on the blank."""
    darkest: NDArray[np.uint8]
    """Of the blank, within a mm."""
    depth: float
    """Share of the light that solid print takes on the page."""


def measure_faintness(page: Grey, blank: Grey) -> Faintness:
    """Measure how much pale print is left on a page that lies over its blank."""
    seen = _map_ink(page, blank)
    return Faintness(
        captions=_measure_left(seen, *_CAPTIONS),
        hairlines=_measure_left(seen, *_HAIRLINES),
        grain=_measure_grain(page, seen),
    )


def is_bilevel(scan: NDArray[np.uint8]) -> bool:
    """Whether a scan is black and white only, without greys between."""
    sample = scan[::_SAMPLED, ::_SAMPLED]
    between = (sample > _NEARLY_BLACK) & (sample < 255 - _NEARLY_BLACK)
    return bool(between.mean() < _FEW_GREYS)


def _map_ink(page: Grey, blank: Grey) -> _Seen:
    close = _find_darkest(blank)
    # In one step: half by half would round pale ink away, 3 % of a hairline.
    size = (close.shape[1], close.shape[0])
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    dark = cv2.bitwise_not(blank)
    printed = np.asarray(cv2.resize(dark, size, interpolation=cv2.INTER_AREA), np.uint8)
    bare = close < _BARE
    # Ink of a pen is no paper either: it would make the paper darker than it is.
    calm = bare & (np.abs(_compare(small, _find_paper(small, bare))) < _CALM)
    taken = _compare(small, _find_paper(small, calm))
    solid = taken[cv2.erode(printed, _AROUND) > _SOLID]
    depth = float(np.median(solid)) if solid.size else 1.0
    return _Seen(
        np.asarray(cv2.blur(taken, (3, 3)), np.float32),
        np.asarray(cv2.boxFilter(printed, cv2.CV_32F, (3, 3)) / 255, np.float32),
        np.asarray(cv2.dilate(close, _AROUND), np.uint8),
        max(depth, 1 / 255),
    )


def _compare(small: NDArray[np.float32], paper: NDArray[np.float32]) -> NDArray[np.float32]:
    """Share of the paper's light that is missing."""
    return np.asarray(1 - small / np.maximum(paper, 1), np.float32)


def _find_darkest(blank: Grey) -> NDArray[np.uint8]:
    """How dark the darkest print close to each place of the map is.

    Down first, from blocks of lines between the places, then across what is asked.
    """
    high = blank.shape[0] // _STEP * _STEP
    lines = blank[:high].reshape(-1, _STEP, blank.shape[1])
    down = np.minimum.reduce(lines, axis=1)
    above = np.vstack([down[:1], down[:-1]])
    below = np.vstack([lines[1:, 0], down[-1:]])
    down = np.minimum(np.minimum(above, down), below)
    window = np.ones((1, 2 * _CLOSE_PX + 1), np.uint8)
    return np.asarray(cv2.bitwise_not(cv2.erode(down, window)[:, ::_STEP]), np.uint8)


def _find_paper(small: NDArray[np.float32], bare: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How light the bare paper around each place is; its mean, so that grain does not shift it."""
    counted = bare.astype(np.float32)
    light, share = _average(small * counted), _average(counted)
    usual = float(np.median(small[::_COARSE, ::_COARSE]))
    coarse = np.where(share > 0.05, light / np.maximum(share, 0.05), usual).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (small.shape[1], small.shape[0])), np.float32)


def _average(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean around each place, on a coarser map: paper changes slowly."""
    size = (small.shape[1] // _COARSE, small.shape[0] // _COARSE)
    coarse = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    window = (round(_PAPER_MM * PX_PER_MM / (_STEP * _COARSE)) | 1,) * 2
    return np.asarray(cv2.blur(coarse, window), np.float32)


def _measure_left(seen: _Seen, palest: int, darkest: int) -> float | None:
    """How much of the ink of print between two greys is left, where nothing darker is near."""
    there = (seen.darkest >= palest) & (seen.darkest < darkest) & (seen.printed > _LEAST_INK)
    if np.count_nonzero(there) < _LEAST_PLACES:
        return None
    return float(np.median(seen.taken[there] / seen.printed[there])) / seen.depth


def _measure_grain(page: Grey, seen: _Seen) -> float:
    """How much bare paper varies within a mm, at the scale on which marks are looked at."""
    size = (page.shape[1] // 2, page.shape[0] // 2)
    half = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
    # One place of each mm is enough.
    bare = seen.darkest[:-1:2, :-1:2] < _BARE
    around = _average_at(half, bare.shape)
    rows, columns = (slice(0, side * _STEP, _STEP) for side in bare.shape)
    paper, usual = half[rows, columns][bare], around[bare]
    if paper.size == 0:
        return 0.0
    grain = float(np.median(np.abs(paper - usual))) * _DEVIATION
    return grain / max(float(np.median(paper)) * seen.depth, 1.0)


def _average_at(half: Grey, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The mean within a mm around each place of one a mm."""
    reach = round(_GRAIN_MM * PX_PER_MM / 2) // 2
    window = 2 * reach + 1
    wide = cv2.copyMakeBorder(half, *(reach,) * 4, cv2.BORDER_REFLECT_101)
    tall, long = (_STEP * side for side in shape)
    down = np.zeros((shape[0], wide.shape[1]), np.uint16)
    for at in range(window):
        down += wide[at : at + tall : _STEP]
    total = np.zeros(shape, np.float32)
    for at in range(window):
        total += down[:, at : at + long : _STEP]
    return total / np.float32(window**2)
