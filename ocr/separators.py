"""Points and commas that somebody sets between cells, where the form has none.

Who writes 250,5 with a comma on the border between two cells means another number than
2505, and the cells on either side of it are read without it. A network of its own looks at
each border between two written cells.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.cell_strip import is_row
from ocr.cells import (
    NOTHING,
    SEPARATOR_CLASSES,
    classify_separators,
    frame_around,
    load_network,
)
from ocr.frame import RegisteredPage, crop

_APART_MM = 0.5
"""Cells farther apart have a point or a comma printed between them."""


def holds_separator(
    page: RegisteredPage, cells: Sequence[Region], touched: NDArray[np.bool_]
) -> bool:
    """Whether a point or a comma may stand between two written cells of a row.

    Args:
        page: laid over its blank.
        cells: of one row, side by side.
        touched: which of the cells show ink.
    """
    both = touched[:-1] & touched[1:]
    if not both.any() or not is_row(cells):
        return False
    gaps = [
        crop(page, frame_around(*middle))
        for pair, written in zip(pairwise(cells), both, strict=True)
        if written and (middle := find_gap(*pair)) is not None
    ]
    if not gaps:
        return False
    bare = classify_separators(np.stack(gaps))[:, SEPARATOR_CLASSES.index(NOTHING)]
    return bool((bare < load_network("separators").accept_above).any())


def find_gap(left: Region, right: Region) -> tuple[float, float] | None:
    """The middle in mm of the border between two cells; None where they stand apart."""
    if right.x_mm - left.right_mm > _APART_MM:
        return None
    return (left.right_mm + right.x_mm) / 2, left.y_mm + left.height_mm / 2
