"""Marks on the print of a code itself: only its darkness tells of them.

What is near print and no darker is never ink (`ocr.ink`), so a small pale circle over the
code leaves none. But what a scanner does to print it does to all codes of a page alike:
against its blank each is darker by the same factor, save one that a pen was on.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.frame import PX_PER_MM

_SCALE = PX_PER_MM // 2
"""Px per mm of both pictures."""
_WIDTH_MM, _HEIGHT_MM = 5.0, 3.6
"""Around the middle of a code: its print and little else."""
_LEAST_MM2, _DEVIATIONS = 0.12, 6.0
"""Of black, beyond what the other codes show, and how far beyond their spread. Of 13,500
simulated codes that no pen came near one had both (levels 0 to 3, both styles); a circle of
3 mm in the palest pen had 0.6 and 14."""
_FEWEST = 8
"""Codes that no pen came near, to tell what is usual."""
_BLACK = 170.0
"""Of print, in what was drawn; in the blank it is 255."""


def find_darkened(
    drawn: NDArray[np.uint8],
    printed: NDArray[np.uint8],
    regions: Sequence[Region],
    touched: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which codes are darker than their print explains.

    Args:
        drawn: the page at half the frame's scale, 0 paper, 170 as its black print.
        printed: the blank in the same place, 0 paper, 255 black.
        regions: of the codes.
        touched: where a pen is known to have been; the others tell what is usual.
    """
    clean = ~touched
    if np.count_nonzero(clean) < _FEWEST:
        return np.zeros_like(touched)
    boxes = _place_boxes(regions, drawn.shape)
    dark, print_dark = _sum_up(drawn, boxes), _sum_up(printed, boxes)
    factor = np.median(dark[clean] / np.maximum(print_dark[clean], 1))
    excess = (dark - factor * print_dark) / (_BLACK * _SCALE**2)
    usual = np.median(excess[clean])
    spread = 1.4826 * np.median(np.abs(excess[clean] - usual))
    return np.asarray(excess > np.maximum(_LEAST_MM2, usual + _DEVIATIONS * spread), np.bool_)


def _place_boxes(regions: Sequence[Region], shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Codes x left, top, right, bottom in px, within the picture."""
    corners = np.array(
        [
            (x - _WIDTH_MM / 2, y - _HEIGHT_MM / 2, x + _WIDTH_MM / 2, y + _HEIGHT_MM / 2)
            for x, y in ((r.x_mm + r.width_mm / 2, r.y_mm + r.height_mm / 2) for r in regions)
        ]
    )
    height, width = shape
    inside = np.rint(corners * _SCALE).clip(0, (width, height, width, height))
    return np.asarray(inside, np.intp)


def _sum_up(picture: NDArray[np.uint8], boxes: NDArray[np.intp]) -> NDArray[np.float64]:
    sums = np.asarray(cv2.integral(picture), np.float64)
    left, top, right, bottom = boxes.T
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return np.asarray(inside, np.float64)
