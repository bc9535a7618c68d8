"""Strokes along the printed borders of cells, which no cell shows.

Ink that is near print and no darker is taken for print, so that a 1 written upon a border
leaves nothing in the cells on either side of it: a number then lacks a digit, or an answer
is empty, and nothing else would say so. A border with a pen along it is darker, for most
of its length, than the others of its row.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.levels import find_middle_of
from ocr.row_borders import RowBorders

_LINES = slice(1, -1)
"""Of a border: the outermost are near what is printed above and below the cells."""
_SUSPECT = 1.2
"""So much darker than the others as a whole; most rows have no such border."""
_DARKER, _LENGTH = 1.6, 0.48
"""A border with a pen along it is so much darker for such a share of its length. In 3,151
simulated empty rows of the measuring style at levels 0 to 2 the longest share was 0.45; of
95 strokes that no cell showed two in five had more. The others are as pale as the print."""


def hide_strokes(
    borders: RowBorders, rows: Sequence[Sequence[Region]], touched: Sequence[NDArray[np.bool_]]
) -> list[int]:
    """The rows in which a pen wrote along a border beside which no cell shows any ink.

    Args:
        borders: of the rows.
        rows: the cells of each row, side by side.
        touched: which of the cells show ink.
    """
    dark = _measure_darkness(borders.around[_LINES])
    whole = borders.split(dark.mean(axis=0))
    edges = np.split(np.array(borders.edges_mm), borders.starts[1:])
    found = []
    for row, sums, at, lines in zip(borders.rows, whole, edges, borders.split(dark), strict=True):
        suspects = np.flatnonzero(sums > _SUSPECT * find_middle_of(sums))
        bare = [n for n in suspects if not _is_touched(float(at[n]), rows[row], touched[row])]
        if (
            bare
            and (lines[:, bare] > _DARKER * find_middle_of(lines)).mean(axis=0).max() >= _LENGTH
        ):
            found.append(row)
    return found


def _is_touched(x_mm: float, cells: Sequence[Region], touched: NDArray[np.bool_]) -> bool:
    """Whether a cell beside a border shows ink."""
    return any(
        inked and round(x_mm, 1) in (round(cell.x_mm, 1), round(cell.right_mm, 1))
        for cell, inked in zip(cells, touched, strict=True)
    )


def _measure_darkness(around: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Lines x borders: how dark each is across, against the paper to both sides of it."""
    total = around[..., 2:-2].sum(axis=2, dtype=np.float32)
    sides = around[..., [0, 1, -2, -1]].sum(axis=2, dtype=np.float32)
    return np.asarray(sides * np.float32((around.shape[2] - 4) / 4) - total, np.float32)
