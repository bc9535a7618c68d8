"""Points and commas that somebody sets between cells, where the form has none.

Who writes 250,5 with a comma on the border between two cells means another number than
2505. Such a comma is little ink, stands by itself low between two characters, and the cells
on either side of it are read without it.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.cell_strip import Strip, is_row, lift_row
from ocr.frame import PX_PER_MM
from ocr.inked_page import InkedPage

_BETWEEN_MM = 1.75
"""From a border to the middle of a comma that stands between the characters beside it."""
_APART_MM = 0.5
"""Cells farther apart have a point or a comma printed between them."""
_LOWER = 0.5
"""Of the height of a cell: a comma begins below that."""
_LEAST_MM2 = 0.1
_SIZES_MM = ((0.12, 1.5), (0.45, 2.3))
"""Least and most width and height of what is left of a comma without the border under it."""


def holds_separator(inked: InkedPage, cells: Sequence[Region], touched: NDArray[np.bool_]) -> bool:
    """Whether a point or a comma stands between two written cells of a row.

    Args:
        inked: the page.
        cells: of one row, side by side.
        touched: which of the cells show ink.
    """
    both = touched[:-1] & touched[1:]
    if not both.any() or not is_row(cells):
        return False
    gaps = [
        (a.right_mm - _BETWEEN_MM, b.x_mm + _BETWEEN_MM)
        for a, b, written in zip(cells, cells[1:], both, strict=False)
        if written and b.x_mm - a.right_mm <= _APART_MM
    ]
    strip = lift_row(inked, cells)
    middles = list(_find_small(strip)) if strip.stroke else []
    return any(left <= x <= right for x in middles for left, right in gaps)


def _find_small(strip: Strip) -> Iterator[float]:
    """Where in mm the pieces lie that are as large as commas and as low."""
    strokes = np.asarray(strip.strokes > 0, np.bool_).view(np.uint8)
    _, _, found, middles = cv2.connectedComponentsWithStats(strokes)
    boxes, middles = found[1:], middles[1:]  # without the paper
    areas = boxes[:, 4] / PX_PER_MM**2
    sizes = boxes[:, 2:4] / PX_PER_MM
    least, most = np.array(_SIZES_MM).T
    fits = ((sizes >= least) & (sizes <= most)).all(axis=1)
    low = boxes[:, 1] >= _LOWER * len(strokes)
    for x_px in middles[fits & low & (areas >= _LEAST_MM2), 0].tolist():
        yield strip.region.x_mm + x_px / PX_PER_MM
