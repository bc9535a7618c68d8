"""Printed borders of cells that something hides: correction fluid takes them with the ink.

What is painted out leaves its cell empty, and a number is read without that digit. The
picture is as light there as paper; only the borders, which run through the other cells
unbroken, end. Ink across a border is darker than it, never lighter.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.row_borders import HALF_PX, RowBorders

_BESIDE = slice(HALF_PX - 3, HALF_PX + 4)
"""Columns in which a border that lies a little aside is found."""
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


def lack_borders(borders: RowBorders) -> list[int]:
    """The rows of which a border is hidden for a part of its length."""
    darkest = borders.around[..., _BESIDE].min(axis=2).astype(np.float32)
    counts = np.diff([*borders.starts, darkest.shape[1]])
    dark = cv2.blur(np.repeat(borders.papers, counts) - darkest, (1, _SMOOTH_LINES))
    least = np.minimum.reduceat(dark.min(axis=0), borders.starts)
    most = np.maximum.reduceat(dark.max(axis=0), borders.starts)
    # In most rows no border is lighter anywhere.
    uneven = (most > 0) & (least < _GONE * most)
    lines = borders.split(np.asarray(dark, np.float32))
    return [borders.rows[n] for n in np.flatnonzero(uneven) if _lacks_border(lines[n])]


def _lacks_border(dark: NDArray[np.float32]) -> bool:
    """Whether one of a row's borders, lines x borders, is gone for a part of its length."""
    usual = np.median(dark, axis=0)
    if usual.max() <= 0:  # a scan in black and white, on which no grey line is left
        return False
    line = np.median(usual[usual > _GONE * usual.max()])
    gone = np.asarray(dark < _GONE * line, np.uint8)
    whole = (gone.mean(axis=0) <= _UNBROKEN).mean()
    in_one = cv2.erode(gone, np.ones((round(_LENGTH * len(gone)), 1), np.uint8))
    return bool(whole >= _LEAST_UNBROKEN and in_one.any())
