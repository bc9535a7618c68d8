"""Taking out what registration cannot see: a second look, at the print itself.

Corner markers say nothing about the paper between them, which a feeder stretches
and waves, and little about a corner that is torn off. Here the page is laid over
its rendered blank: first as a whole, where the corners left it unsure, then tile
by tile.
"""

from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import PAGE_WIDTH_MM
from ocr.frame import Grey, RegisteredPage
from ocr.page_sizes import shrink
from ocr.placement import is_plausible
from ocr.registration import move_page
from ocr.tiles import (
    COLUMNS,
    ROWS,
    Tiles,
    correlate_tiles,
    look_at_tiles,
    measure_pulls,
    middles_mm,
    no_shifts,
    settle_tiles,
)

_HALF, _QUARTER, _EIGHTH = 0, 1, 2
_LEVELS = ((_QUARTER, (4,)), (_HALF, (1, 2)))
"""Scale, and px to search: within 2 mm first, then within half a mm.

One px more than is looked for: a peak at the rim has no neighbour to be measured by."""
_WIDE_LEVELS = ((_EIGHTH, (12,), 2.0), (_QUARTER, (5,), 0.7))
"""Scale, px to search, and mm that a tile may be off and still count, for the whole page."""
_AGREES = 0.5
"""Correlation of a tile that shows the print it should; pen ink lowers it."""
_AGREED = 0.8
"""Share of tiles that agree on a page of an office scanner at the worst."""
_LEAST_AGREEMENT = 0.25
"""Of a photocopy of a photocopy; another page of the same form has 0.17 at most."""
_LIKELY = 0.35
"""Correlation from which a tile counts when the page is laid anew as a whole."""
_FEWEST_TILES = 8
_INNER = np.zeros((ROWS, COLUMNS), np.bool_)
_INNER[1:-1] = True
"""Tiles without markers and codes, which look alike on all pages."""
_BARE = 225
"""Grey of the blank that is paper."""
_PEN_DEPTH = 0.2
"""Of the paper's light, that ink takes away at least; grain takes less."""
_PAPER_PX, _SMOOTH_PX = 5, 15
"""At a quarter of the frame's scale: wider than print and pen lines."""
_NOTHING_MM = 0.1
"""Less than a pixel: drawing the page anew for less would only blur it."""
_STRIP_PX = 33
"""Lines of a picture that are drawn anew at once."""


@dataclass(frozen=True, slots=True)
class BlankTiles:
    """A blank as a page is laid over it."""

    sizes: tuple[Grey, Grey, Grey]
    """At half, a quarter and an eighth of the frame's scale."""
    pulls: Tiles
    """How distinct the print of each tile is."""


def prepare_tiles(reference: Grey) -> BlankTiles:
    """Make a rendered blank ready for pages to be laid over it."""
    sizes = shrink_picture(reference)
    return BlankTiles(sizes, measure_pulls(sizes[_QUARTER]))


def lay_over(page: RegisteredPage, blank: BlankTiles) -> RegisteredPage:
    """Draw the page anew so that its print lies over the print of its blank.

    The page is left as it is where that would be no better. `agreement` of the
    page says what share of the print is where it should be: where it is low, this
    is another page, or nothing can be read from it.

    Args:
        page: registered by its corners.
        blank: in the same frame.
    """
    aligned, agreement = _smooth_out(page, blank)
    if agreement < _AGREED:
        whole = _lay_whole(page, blank)
        if whole is not None:
            again, better = _smooth_out(whole, blank)
            if better > agreement:
                aligned, agreement = again, better
    return replace(aligned, agreement=agreement)


def shows_blank(page: RegisteredPage) -> bool:
    """Whether an aligned page shows the print of its blank; else nothing on it is to be read."""
    return page.agreement is not None and page.agreement >= _LEAST_AGREEMENT


def share_print_seen(page: RegisteredPage, blank: BlankTiles) -> float:
    """Share of the printed tiles that show their print, whatever a pen wrote beside it.

    A broad pen makes a tile unlike its blank though nothing of the print is lost.

    Args:
        page: laid over its blank.
        blank: the same.
    """
    here, there = shrink_picture(page.grey)[_QUARTER], blank.sizes[_QUARTER]
    likeness = correlate_tiles(_hide_pen(here, there), there)
    return _share_agreeing(likeness[_find_printed(blank)])


def _hide_pen(here: Grey, there: Grey) -> Grey:
    """The page with paper in place of all that is dark where the blank is bare."""
    light = cv2.dilate(here, np.ones((_PAPER_PX, _PAPER_PX), np.uint8))
    paper = cv2.medianBlur(light, _SMOOTH_PX)
    is_pen = (there >= _BARE) & (here < (1 - _PEN_DEPTH) * paper)
    return np.where(is_pen, paper, here).astype(np.uint8)


def _find_printed(blank: BlankTiles) -> NDArray[np.bool_]:
    return np.asarray(blank.pulls.any(axis=(2, 3)) & _INNER, np.bool_)


def _smooth_out(page: RegisteredPage, blank: BlankTiles) -> tuple[RegisteredPage, float]:
    """Take out stretch and waves; the page and the share of it that agrees."""
    here, shifts = shrink_picture(page.grey), no_shifts()
    for scale, reaches in _LEVELS:
        look = look_at_tiles(here[scale], blank.sizes[scale], blank.pulls, shifts, reaches)
        shifts = settle_tiles(look)
    printed = _find_printed(blank)
    small, there = here[_QUARTER], blank.sizes[_QUARTER]
    before = correlate_tiles(small, there)[printed]
    if np.abs(shifts).max() < _NOTHING_MM:
        return page, _share_agreeing(before)
    after = correlate_tiles(move_picture(small, shifts), there)[printed]
    if after.sum() <= before.sum():
        return page, _share_agreeing(before)
    smooth = replace(
        page,
        grey=move_picture(page.grey, shifts),
        colour=None if page.colour is None else move_picture(page.colour, shifts),
        shifts_mm=shifts.astype(np.float32),
    )
    return smooth, _share_agreeing(after)


def move_picture(picture: NDArray[np.uint8], shifts: Tiles) -> NDArray[np.uint8]:
    """Draw a picture of the frame anew, each point from where the field says it is.

    In strips: the two maps of a whole page would take eight times its memory.
    """
    height, width = picture.shape[:2]
    px = (shifts * (width / PAGE_WIDTH_MM)).astype(np.float32)
    x_lines, y_lines = (cv2.resize(px[..., axis], (width, ROWS)) for axis in (0, 1))
    x_lines += np.arange(width, dtype=np.float32)
    y_own = np.arange(height, dtype=np.float32)[:, None]
    moved = np.empty_like(picture)
    for strip, lines, shares in _share_rows(height):
        x = shares @ x_lines[lines]
        y = shares @ y_lines[lines]
        y += y_own[strip]
        edge = cv2.BORDER_REPLICATE
        cv2.remap(picture, x, y, cv2.INTER_LINEAR, dst=moved[strip], borderMode=edge)
    return moved


@cache
def _share_rows(height: int) -> tuple[tuple[slice, slice, NDArray[np.float32]], ...]:
    """For each strip of a picture the rows of tiles it goes with, and how far each line does."""
    shares = cv2.resize(np.eye(ROWS, dtype=np.float32), (ROWS, height))
    strips = []
    for top in range(0, height, _STRIP_PX):
        part = np.asarray(shares[top : top + _STRIP_PX], np.float32)
        near = np.flatnonzero(part.any(axis=0))
        lines = slice(int(near[0]), int(near[-1]) + 1)
        strips.append((slice(top, top + len(part)), lines, np.ascontiguousarray(part[:, lines])))
    return tuple(strips)


def shrink_picture(picture: Grey) -> tuple[Grey, Grey, Grey]:
    """The picture at half, a quarter and an eighth of its size; by halves, the quickest way."""
    return shrink_half(shrink(picture, 2))


def shrink_half(half: Grey) -> tuple[Grey, Grey, Grey]:
    """The same from its half."""
    quarter = shrink(half, 2)
    return half, quarter, shrink(quarter, 2)


def _share_agreeing(likeness: Tiles) -> float:
    return float((likeness >= _AGREES).mean()) if likeness.size else 0.0


def _lay_whole(page: RegisteredPage, blank: BlankTiles) -> RegisteredPage | None:
    """Lay the page anew by all its print, where corners are lost or wrong; None if it cannot be."""
    for scale, reaches, tolerance_mm in _WIDE_LEVELS:
        here, there = shrink_picture(page.grey)[scale], blank.sizes[scale]
        look = look_at_tiles(here, there, blank.pulls, no_shifts(), reaches)
        likely = look.likeness >= _LIKELY
        if likely.sum() < _FEWEST_TILES:
            return None
        here_mm = middles_mm()[likely]
        there_mm = here_mm + look.shifts[likely]
        shift, _ = cv2.findHomography(here_mm, there_mm, cv2.USAC_MAGSAC, tolerance_mm)
        if shift is None or not is_plausible(page.to_scan @ shift):
            return None
        page = move_page(page, np.asarray(shift, np.float64))
    return page
