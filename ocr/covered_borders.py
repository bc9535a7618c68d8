"""Printed borders of cells that something hides: correction fluid takes them with the ink.

What is painted out leaves its cell empty, and a number is read without that digit. The
picture is as light there as paper; only the borders, which run through the other cells
unbroken, end. Ink across a border is darker than it, never lighter.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from form_templates.model import Region
from ocr.cell_strip import cut_borders, is_row
from ocr.frame import Grey
from ocr.levels import count_levels, find_rank

_INSIDE_MM = 0.6
"""From the lines above and below the cells."""
_BESIDE = np.arange(-3, 4)
"""Columns in which a border that lies a little aside is found."""
_PAPER_RANK = 0.8
"""Of a row's points are no lighter than bare paper."""
_EVERY = 2
"""Of the columns: enough to know how light paper is."""
_SMOOTH_LINES = 3
"""Along a border: grain of the scanner is evened out."""
_GONE = 0.35
"""Of the darkness of the row's borders; less is none."""
_UNBROKEN, _LEAST_UNBROKEN = 0.05, 1 / 3
"""Of a border's length may be gone; share of the borders of which no more is. Where fewer are
whole, the scan shows no thin grey lines at all."""
_LENGTH = 0.25
"""Of a border, in one piece. Of 2,076 simulated rows of level 2 none lacked as much, of the guard's
6; each of 280 with a painted digit did."""


def lacks_border(grey: Grey, cells: Sequence[Region]) -> bool:
    """Whether a border of a row of cells is hidden for a part of its length.

    Args:
        grey: the page in the canonical frame.
        cells: of one row, side by side.
    """
    if len(cells) < 2 or not is_row(cells):
        return False
    row, edges = cut_borders(grey, cells, _INSIDE_MM)
    darkest = row[:, edges[:, None] + _BESIDE].min(axis=2).astype(np.float32)
    paper = find_rank(count_levels(row[:, ::_EVERY]), _PAPER_RANK)
    dark = cv2.blur(paper - darkest, (1, _SMOOTH_LINES))
    least, most, _, _ = cv2.minMaxLoc(dark)
    if most <= 0 or least >= _GONE * most:  # as in most rows: no border is lighter anywhere
        return False
    usual = np.median(dark, axis=0)
    line = np.median(usual[usual > _GONE * usual.max()])
    gone = np.asarray(dark < _GONE * line, np.uint8)
    whole = (gone.mean(axis=0) <= _UNBROKEN).mean()
    in_one = cv2.erode(gone, np.ones((round(_LENGTH * len(gone)), 1), np.uint8))
    return bool(whole >= _LEAST_UNBROKEN and in_one.any())
