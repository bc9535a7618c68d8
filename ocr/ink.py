"""What a pen added to the printed page.

The page's own paper and print set the scale of light, and the page's own ink the
scale of strokes, so that a pale copy and a dark scan look alike. Print is known
from the blank; what is near print and no darker than print is never ink, so that
a page that lies a little beside its blank shows none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import BODY
from form_templates.model import Region
from ocr.frame import PX_PER_MM, Grey, box_px
from ocr.levels import count_levels, exchange_levels, find_rank, take_median
from ocr.packing import PackedPicture, pack_picture
from ocr.page_sizes import PageSizes

Ink = NDArray[np.uint8]
"""0 is paper or print, FULL_STROKE as dark as the page's usual pen stroke."""
FULL_STROKE = 255
STROKE_LEVEL, TRACE_LEVEL = int(0.35 * FULL_STROKE), int(0.15 * FULL_STROKE)
"""What is darker belongs to a stroke; what is darker than the second may, of a fainter pen."""

_TOLERANCE_MM = 0.3
"""How far the page may lie beside its blank."""
_SCRIBBLE_MM, _STROKE_MM = 13.0, 4.5
"""Nothing that a pen blackens is wider than the first; no single stroke than the second."""
_STAIN_DEPTH = 0.7
"""Of the paper's light: what is wider than a stroke and no darker is a stain."""
_DARK_PRINT = 96
"""Grey of the blank that is solid print."""
_EVERY = 4
"""Lines of which one is looked at to see how dark print is."""
_PAPER = 247
"""Grey of the blank that is bare paper."""
_NOISES = 3.0
"""What stands out of the paper by so many standard deviations is no noise."""
_FAINTEST = 0.3
"""Of the print's darkness: a page whose ink is fainter is not stretched to full strokes."""
_SMOOTH_PX, _SMOOTHER_PX = 0.7, 1.4
"""The second for noisy scans; a pen line of 0.3 mm is 2.4 px wide and survives it."""
_MUCH_NOISE = 4.0
"""Grey levels."""
_SAMPLED_PX = 60_000
_LEAST_INK_MM2 = 1.0
"""Less ink says nothing about the pen."""
_GREYS = np.arange(256, dtype=np.uint8)
_STEPS = np.arange(256, dtype=np.float32)
_STAIN_LEVELS = np.floor(_STAIN_DEPTH * np.arange(256)).astype(np.uint8)
_ALL = 0.9
"""Of a piece of ink."""
_HIDDEN_MM = 2.0
"""Two lines of a table side by side, with what is near them, hide no more of a stroke."""
_ROUNDED_UP = 0.499
"""OpenCV rounds to the nearest level; print takes whole ones only."""


@dataclass(frozen=True, slots=True)
class BlankPrint:
    """The print of a blank as pages are compared with it; most of its pixels are paper."""

    widened: PackedPicture
    """With wider strokes, for the scan blurs print into its surroundings."""

    solid: NDArray[np.uint32]
    """Places of the flattened picture in the middle of black print."""
    bare: NDArray[np.bool_]
    """Which of the pixels that are sampled are paper."""


def study_print(reference: Grey) -> BlankPrint:
    """Look at a rendered blank, or at a crop of it, once for all pages that lie over it."""
    widened = np.asarray(cv2.erode(reference, _disc(_TOLERANCE_MM)), np.uint8)
    bare = _take_sample(widened) > _PAPER
    return BlankPrint(pack_picture(widened), _find_solid(reference), bare)


def take_print_out(sizes: PageSizes, blank: BlankPrint) -> tuple[Ink, float]:
    """Take the print of the blank out of a page, or of the same crop of both.

    Args:
        sizes: the page, in the canonical frame.
        blank: the print of the same place.

    Returns:
        The ink, and how dark a stroke has to be for any of it to stand out of the
        unevenness of the paper, as a share of the depth of black print.
    """
    picture, paper = sizes.whole, _find_paper(sizes)
    dark = _darken(paper, picture, _SMOOTH_PX)
    noise = _measure_noise(dark, blank.bare)
    if noise > _MUCH_NOISE:
        dark = _darken(paper, picture, _SMOOTHER_PX)
        noise = _measure_noise(dark, blank.bare)
    print_depth = _measure_print(dark, blank.solid, paper)
    floor = _NOISES * noise
    # It blackens them unevenly as well, hence a little more than the blank says.
    share = print_depth * 1.15 / 255
    lightest = 255 * share + floor - _ROUNDED_UP
    levels = cv2.convertScaleAbs(_GREYS, alpha=-share, beta=lightest)
    expected = blank.widened.unpack_through(np.asarray(levels, np.uint8).ravel())
    added = np.asarray(cv2.subtract(dark, expected, dst=expected), np.uint8)
    return _stretch_strokes(added, print_depth), floor / print_depth


def _darken(paper: Grey, picture: Grey, smooth_px: float) -> NDArray[np.uint8]:
    """How much darker than the paper each point is, in grey levels."""
    # Drawn over what is needed no more: new memory costs more than the difference.
    soft = cv2.GaussianBlur(picture, (0, 0), smooth_px)
    return np.asarray(cv2.subtract(paper, soft, dst=soft), np.uint8)


def _find_paper(sizes: PageSizes) -> Grey:
    """The light of the paper everywhere, as if nothing stood on it.

    What is wider than any pen stroke and still light is a stain or a shadow, and
    counts as paper; what is as wide and dark is a scribble.
    """
    height, width = sizes.whole.shape
    wide, narrow = (_close(sizes.quarter, window_mm) for window_mm in (_SCRIBBLE_MM, _STROKE_MM))
    paper = np.where(narrow > cv2.LUT(wide, _STAIN_LEVELS), narrow, wide)
    soft = cv2.GaussianBlur(np.asarray(paper, np.uint8), (0, 0), _STROKE_MM * PX_PER_MM / 16)
    return np.asarray(cv2.resize(soft, (width, height)), np.uint8)


def _close(small: NDArray[np.uint8], window_mm: float) -> NDArray[np.uint8]:
    """The lightest around, then the darkest of that; softened against noise."""
    window = round(window_mm * PX_PER_MM / 4)
    kernel = np.ones((window, window), np.uint8)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    return np.asarray(closed, np.uint8)


def _disc(radius_mm: float) -> NDArray[np.uint8]:
    size = 2 * math.ceil(radius_mm * PX_PER_MM) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _find_solid(reference: Grey) -> NDArray[np.uint32]:
    """Places of black print with nothing lighter around, on some lines only."""
    above, at, below = (reference[start : start - 2 or None : _EVERY] for start in (0, 1, 2))
    lightest = np.maximum(np.maximum(above[: len(below)], at[: len(below)]), below)
    across = cv2.dilate(lightest, np.ones((1, 3), np.uint8))
    line, column = np.nonzero(across < _DARK_PRINT)
    return np.asarray((line * _EVERY + 1) * reference.shape[1] + column, np.uint32)


def _measure_print(dark: NDArray[np.uint8], places: NDArray[np.uint32], paper: Grey) -> float:
    """How much darker than the paper solid print is on this page."""
    if places.size < 4 * PX_PER_MM / _EVERY:
        return take_median(paper) * 0.8
    return max(take_median(dark.ravel()[places]), 16.0)


def _take_sample(picture: Grey) -> Grey:
    return picture.ravel()[:: 1 + picture.size // _SAMPLED_PX]


def _measure_noise(dark: NDArray[np.uint8], is_bare: NDArray[np.bool_]) -> float:
    """Standard deviation of bare paper, in grey levels."""
    bare = _take_sample(dark)[is_bare]
    if bare.size < 100:
        return 4.0
    counts = count_levels(bare)
    low, middle = find_rank(counts, 0.16), find_rank(counts, 0.5)
    return middle / _NOISES + max(middle - low, 1.0)


def _stretch_strokes(added: NDArray[np.uint8], print_depth: float) -> Ink:
    """Make the page's usual pen stroke a full one, in place.

    Most of a page has no ink at all: eight pixels at once are left out as one number.
    """
    flat = added.reshape(-1)
    whole = flat.size // 8 * 8
    eights, rest = flat[:whole].view(np.uint64), flat[whole:]
    at = np.flatnonzero(eights != 0)
    found = np.concatenate([eights[at].view(np.uint8), rest])
    ramp = np.rint(FULL_STROKE * (_STEPS / _measure_stroke(found, print_depth)).clip(0, 1))
    drawn = exchange_levels(found, ramp.astype(np.uint8))
    eights[at], rest[:] = drawn[: at.size * 8].view(np.uint64), drawn[at.size * 8 :]
    return added


def _measure_stroke(added: NDArray[np.uint8], print_depth: float) -> float:
    """How dark this page's usual pen stroke is, where it has enough of any."""
    faintest = _FAINTEST * print_depth
    # Compared as whole numbers: in floats that takes four times as long.
    ink = added[added > int(faintest / 2)]
    if ink.size < _LEAST_INK_MM2 * PX_PER_MM**2:
        return print_depth * 0.7
    return max(find_rank(count_levels(ink), 0.7), faintest)


def find_ink_beside(
    ink: Ink,
    allowed: Sequence[Region],
    within: Region = BODY,
    close: Sequence[Region] | None = None,
    level: int = STROKE_LEVEL,
    blank: Grey | None = None,
    least_mm2: float = 1.5,
    least_mm: float = 2.5,
) -> tuple[Region, ...]:
    """Find notable ink outside the places where ink may be: its boxes, from the top.

    Args:
        ink: of a whole page, at half the frame's scale.
        within: where to look; margins carry dirt, shadows and archive stamps.
        allowed: answers, cells and signature places; ink that mostly lies in them is theirs.
        close: the same drawn closer; what keeps clear of these is nobody's, wherever it lies.
        level: what is darker belongs to a stroke.
        blank: at the ink's scale; a stroke goes on below its print, which hides it.
        least_mm2: less ink in one piece is dirt.
        least_mm: what is shorter is a dot.
    """
    half = PX_PER_MM // 2
    inked = np.asarray(ink > level, np.bool_)
    close = allowed if close is None else close
    clear = _uncover(inked, close, within)
    if np.count_nonzero(clear) <= least_mm2 / 2 * half**2:
        return ()
    if blank is not None:
        inked = go_on_below_print(inked, blank, half)
        clear = _uncover(inked, close, within)
    parts = (inked, _uncover(inked, allowed, within), clear)
    near = cv2.dilate(inked.view(np.uint8), np.ones((half, half), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(near)
    area, beside, apart = (np.bincount(labels[part], minlength=count) / half**2 for part in parts)
    long = np.max(boxes[:, 2:4], axis=1) >= least_mm * half
    notable = ((beside > area / 2) | (apart >= _ALL * area)) & (area >= least_mm2) & long
    found = [Region(*(float(v) / half for v in boxes[i, :4])) for i in np.flatnonzero(notable) if i]
    return tuple(sorted(found, key=lambda region: region.y_mm))


def go_on_below_print(inked: NDArray[np.bool_], blank: Grey, px_per_mm: int) -> NDArray[np.bool_]:
    """Strokes with what the lines or letters that they cross hide of them.

    Args:
        inked: where strokes are seen.
        blank: of the same place and scale.
        px_per_mm: the scale.
    """
    across, near = (round(mm * px_per_mm) for mm in (_HIDDEN_MM, 2 * _TOLERANCE_MM))
    closed = cv2.morphologyEx(
        inked.view(np.uint8), cv2.MORPH_CLOSE, np.ones((across, across), np.uint8)
    )
    hiding = cv2.erode(blank, np.ones((near + 1, near + 1), np.uint8)) < _PAPER
    return np.asarray(inked | (closed.view(np.bool_) & hiding), np.bool_)


def _uncover(
    inked: NDArray[np.bool_], allowed: Sequence[Region], within: Region
) -> NDArray[np.bool_]:
    """What of the ink lies within a region and in none of others, at half the frame's scale."""
    left = np.zeros_like(inked)
    inner = _window(within)
    left[inner] = inked[inner]
    for region in allowed:
        left[_window(region)] = False
    return left


def _window(region: Region) -> tuple[slice, slice]:
    left, top, width, height = (v // 2 for v in box_px(region))
    return slice(max(top, 0), top + height), slice(max(left, 0), left + width)
