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

from ocr.blank_map import COARSE, MAP_STEP, BlankMap, PalePrint, average_around
from ocr.frame import PX_PER_MM, Grey
from ocr.levels import take_median
from ocr.page_sizes import PageSizes

_CALM = 0.1
"""Bare paper differs less from what is around it, grain and stains included."""
_LEAST_PLACES = 50
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
    """A page as a map of the ink in each half mm."""

    taken: NDArray[np.float32]
    """Share of the paper's light that is missing on the page, in areas larger than a line:
    blur spreads ink and takes none away."""
    depth: float
    """Share of the light that solid print takes on the page."""


def measure_faintness(page: PageSizes, blank: BlankMap) -> Faintness:
    """Measure how much pale print is left on a page that lies over its blank."""
    seen = _map_ink(page.quarter, blank)
    return Faintness(
        captions=_measure_left(seen, blank.captions),
        hairlines=_measure_left(seen, blank.hairlines),
        grain=_measure_grain(page.half, blank.empty, seen.depth),
    )


def is_bilevel(scan: NDArray[np.uint8]) -> bool:
    """Whether a scan is black and white only, without greys between."""
    sample = scan[::_SAMPLED, ::_SAMPLED]
    between = (sample > _NEARLY_BLACK) & (sample < 255 - _NEARLY_BLACK)
    return bool(between.mean() < _FEW_GREYS)


def _map_ink(quarter: Grey, blank: BlankMap) -> _Seen:
    small = quarter.astype(np.float32)
    usual = take_median(quarter[::COARSE, ::COARSE])
    around = _find_paper(small, blank.bare.astype(np.float32), blank.bare_share, usual)
    # Ink of a pen is no paper either: it would make the paper darker than it is.
    calm = (blank.bare & (np.abs(_compare(small, around)) < _CALM)).astype(np.float32)
    taken = _compare(small, _find_paper(small, calm, average_around(calm), usual))
    solid = taken.ravel()[blank.solid]
    depth = float(np.median(solid)) if solid.size else 1.0
    return _Seen(np.asarray(cv2.blur(taken, (3, 3)), np.float32), max(depth, 1 / 255))


def _compare(small: NDArray[np.float32], paper: NDArray[np.float32]) -> NDArray[np.float32]:
    """Share of the paper's light that is missing."""
    return np.asarray(1 - small / np.maximum(paper, 1), np.float32)


def _find_paper(
    small: NDArray[np.float32],
    counted: NDArray[np.float32],
    share: NDArray[np.float32],
    usual: float,
) -> NDArray[np.float32]:
    """How light the bare paper around each place is; its mean, so that grain does not shift it.

    Args:
        small: the page as a map.
        counted: 1 where the paper is bare.
        share: how much of what is around each place of the coarser map that is.
        usual: for places with none around.
    """
    light = average_around(small * counted)
    coarse = np.where(share > 0.05, light / np.maximum(share, 0.05), usual).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (small.shape[1], small.shape[0])), np.float32)


def _measure_left(seen: _Seen, pale: PalePrint) -> float | None:
    """How much of the ink of pale print is left."""
    if pale.places.size < _LEAST_PLACES:
        return None
    return float(np.median(seen.taken.ravel()[pale.places] / pale.printed)) / seen.depth


def _measure_grain(half: Grey, bare: NDArray[np.bool_], depth: float) -> float:
    """How much bare paper varies within a mm, at the scale on which marks are looked at.

    Args:
        half: the page at that scale.
        bare: one place of each mm; that is enough.
        depth: of solid print.
    """
    around = _average_at(half, bare.shape)
    rows, columns = (slice(0, side * MAP_STEP, MAP_STEP) for side in bare.shape)
    paper, usual = half[rows, columns][bare], around[bare]
    if paper.size == 0:
        return 0.0
    grain = float(np.median(np.abs(paper - usual))) * _DEVIATION
    return grain / max(take_median(paper) * depth, 1.0)


def _average_at(half: Grey, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The mean within a mm around each place of one a mm."""
    reach = round(_GRAIN_MM * PX_PER_MM / 2) // 2
    window = 2 * reach + 1
    wide = cv2.copyMakeBorder(half, *(reach,) * 4, cv2.BORDER_REFLECT_101)
    tall, long = (MAP_STEP * side for side in shape)
    down = np.zeros((shape[0], wide.shape[1]), np.uint16)
    for at in range(window):
        down += wide[at : at + tall : MAP_STEP]
    total = np.zeros(shape, np.float32)
    for at in range(window):
        total += down[:, at : at + long : MAP_STEP]
    return total / np.float32(window**2)
