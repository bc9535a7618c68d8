"""Strokes along the printed borders of cells, which no cell shows.

Ink that is near print and no darker is taken for print, so that a 1 written upon a border
leaves nothing in the cells on either side of it: a number then lacks a digit, or an answer
is empty, and nothing else would say so. A border with a pen along it is darker, for most
of its length, than the others of its row.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.cell_strip import cut_borders, is_row, list_edges
from ocr.frame import Grey

_HALF_PX = 7
"""To either side of a border: what it and a pen along it darken, and two columns of paper."""
_AROUND = np.arange(-_HALF_PX, _HALF_PX + 1)
_INSIDE_MM = 0.8
"""From the lines above and below the cells."""
_SUSPECT = 1.2
"""So much darker than the others as a whole; most rows have no such border."""
_DARKER, _LENGTH = 1.6, 0.48
"""A border with a pen along it is so much darker for such a share of its length. In 3,151
simulated empty rows of the measuring style at levels 0 to 2 the longest share was 0.45; of
95 strokes that no cell showed two in five had more. The others are as pale as the print."""


def hides_stroke(grey: Grey, cells: Sequence[Region], touched: NDArray[np.bool_]) -> bool:
    """Whether a pen wrote along a border of a row beside which no cell shows any ink.

    Args:
        grey: the page in the canonical frame.
        cells: of one row, side by side.
        touched: which of the cells show ink.
    """
    if len(cells) < 2 or not is_row(cells):
        return False
    beside = dict.fromkeys(list_edges(cells), False)
    for cell, inked in zip(cells, touched, strict=True):
        for x_mm in (cell.x_mm, cell.right_mm):
            beside[round(x_mm, 1)] |= bool(inked)
    bare = np.array([not inked for inked in beside.values()])
    if not bare.any():
        return False
    row, edges = cut_borders(grey, cells, _INSIDE_MM)
    suspects = bare & _find_suspects(row, edges)
    return bool(suspects.any()) and bool((_measure_lengths(row, edges)[suspects] >= _LENGTH).any())


def _find_suspects(row: Grey, at: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Which borders are darker than others, from the means of whole columns."""
    columns = np.asarray(cv2.reduce(row, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F), np.float32)
    sums = _sum_darkness(columns, at)[0]
    return np.asarray(sums > _SUSPECT * np.median(sums), np.bool_)


def _measure_lengths(row: Grey, at: NDArray[np.int_]) -> NDArray[np.float64]:
    """For what share of its length each border is much darker than the borders usually are."""
    sums = _sum_darkness(row.astype(np.float32), at)
    return np.asarray((sums > _DARKER * np.median(sums)).mean(axis=0), np.float64)


def _sum_darkness(row: NDArray[np.floating], at: NDArray[np.int_]) -> NDArray[np.float32]:
    """Lines x borders: how dark each is across, against the paper to both sides of it."""
    around = row[:, at[:, None] + _AROUND]
    paper = (around[..., :2].mean(axis=2) + around[..., -2:].mean(axis=2)) / 2
    return np.asarray((paper[..., None] - around[..., 2:-2]).sum(axis=2), np.float32)
