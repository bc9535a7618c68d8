"""Streaks of the scanner, taken out of a page before anything on it is read.

A grain of dust on the glass of a feeder darkens one column of the picture from the
first row to the last. It crosses dozens of cells, where it looks like a 1, and boxes
to sign in. Nothing else reaches over the whole picture so exactly upright: print and
pens keep away from the edges of the paper.
"""

from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

_PARTS = 14
"""Parts of the picture that are looked at one by one, and one more at either end."""
_EDGE = 0.02
"""Of the picture, at either end: the parts that print keeps away from."""
_ROWS = 12
"""Of each, spread evenly, whose median is taken: print and pens leave most of them free."""
_BESIDE = 1 / 330
"""Of the width: columns so far to the left and right show what stands beside a streak."""
_LEAST_STEP = 5.0
"""Grey levels below its surroundings; less does not disturb."""
_FAINTEST_STEP = 1.5
"""In every part of the picture."""
_END_SHARE = 0.4
"""At either end, of what a streak darkens elsewhere: print does not reach so far."""
_LEAST_PAPER = 90.0
"""Parts of the picture that are darker than this show the scanner's lid, not the paper."""
_LEAST_PARTS = 8
_MOST_COLUMNS = 0.02
"""Of all: where more are dark, it is the paper's pattern."""
_LOST = 0.35
"""Of the light: where less comes through, what stood below is gone and its surroundings fill in."""


def remove_streaks(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture without lines that run straight over all of it; the same where it has none.

    What stands below a streak stays: the dust took a share of the light, and the share is
    given back.

    Args:
        pixels: a page as scanned, grey or RGB.
    """
    upright = _clear_columns(pixels)
    turned = upright.swapaxes(0, 1)
    cleared = _clear_columns(turned)
    return upright if cleared is turned else np.ascontiguousarray(cleared.swapaxes(0, 1))


def _clear_columns(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    light = _measure_light(pixels)
    beside = _look_beside(light)
    columns = _find_streaks(light, beside)
    if not columns.size:
        return pixels
    through = np.median(light[:, columns] / np.maximum(beside[:, columns], 1.0), axis=0)
    cleared = pixels.copy()
    for column, share in zip(columns, through, strict=True):
        if share >= _LOST:
            given_back = cleared[:, column].astype(np.float32) / share
            cleared[:, column] = np.minimum(given_back, 255).astype(np.uint8)
    for first, last in _group(columns[through < _LOST]):
        _fill_in(cleared, first, last)
    return cleared


def _measure_light(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Parts x columns: the median of each column in each part of the picture."""
    sample = pixels[_choose_rows(pixels.shape[0])]
    if sample.ndim == 3:
        sample = np.asarray(cv2.cvtColor(sample, cv2.COLOR_RGB2GRAY), np.uint8)
    parts = sample.reshape(_PARTS + 2, _ROWS, -1)
    return _take_median([parts[:, row] for row in range(_ROWS)]).astype(np.float32)


@lru_cache(maxsize=16)
def _choose_rows(height: int) -> NDArray[np.intp]:
    ends = [0.0, *np.linspace(_EDGE, 1 - _EDGE, _PARTS + 1), 1.0]
    at = [np.linspace(a, b, _ROWS, endpoint=False) for a, b in pairwise(ends)]
    return (np.concatenate(at) * height).astype(np.intp)


def _take_median(rows: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """The upper median of many short rows at once; sorting each takes twenty times as long."""
    for top in range(len(rows) - 1, len(rows) // 2 - 1, -1):
        for at in range(top):
            low, high = rows[at], rows[at + 1]
            rows[at], rows[at + 1] = np.minimum(low, high), np.maximum(low, high)
    return rows[len(rows) // 2]


def _look_beside(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each column the darker of what stands a little to its left and to its right."""
    reach = max(2, round(light.shape[1] * _BESIDE))
    wide = np.pad(light, ((0, 0), (reach, reach)), mode="edge")
    return np.minimum(wide[:, : -2 * reach], wide[:, 2 * reach :])


def _find_streaks(light: NDArray[np.float32], beside: NDArray[np.float32]) -> NDArray[np.intp]:
    """Columns that are darker than what stands beside them in every part that shows paper."""
    # Counted, for their median would take most of the time that is spent here.
    paper = (light >= _LEAST_PAPER).mean(axis=1) >= 0.5
    if paper.sum() < _LEAST_PARTS or not (paper[0] and paper[-1]):
        return np.empty(0, np.intp)
    step = (beside - light)[paper]
    ends = np.minimum(step[0], step[-1])
    dark = (step.min(axis=0) >= _FAINTEST_STEP) & (ends >= 2 * _FAINTEST_STEP)
    if not dark.any():
        return np.empty(0, np.intp)
    usual = np.median(step[:, dark], axis=0)
    dark[dark] = (usual >= _LEAST_STEP) & (ends[dark] >= _END_SHARE * usual)
    if dark.mean() > _MOST_COLUMNS:
        return np.empty(0, np.intp)
    # The scan blurs a streak into the columns beside it.
    return np.flatnonzero(dark | np.roll(dark, 1) | np.roll(dark, -1))


def _group(columns: NDArray[np.intp]) -> list[tuple[int, int]]:
    """First and last of each run of neighbouring columns."""
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    return [(int(run[0]), int(run[-1])) for run in runs if run.size]


def _fill_in(pixels: NDArray[np.uint8], first: int, last: int) -> None:
    """Draw columns anew from what stands to both sides of them."""
    left, right = max(first - 1, 0), min(last + 1, pixels.shape[1] - 1)
    for column in range(first, last + 1):
        share = (column - first + 1) / (last - first + 2)
        mixed = (1 - share) * pixels[:, left].astype(np.float32) + share * pixels[:, right]
        pixels[:, column] = mixed.astype(np.uint8)
