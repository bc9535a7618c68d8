"""Gaps between the written cells of a row, with and without a comma of somebody's own."""

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.cells import (
    INPUT_HEIGHT_PX,
    INPUT_WIDTH_PX,
    NOTHING,
    SEPARATOR,
    SEPARATOR_CLASSES,
    prepare_crops,
)
from ocr.models.training.ageing import CANVAS_PX_PER_MM, PAGE_PX_PER_MM, age_strip
from ocr.models.training.crops import (
    LEAST_SEEN,
    SPREAD_MM,
    UNSURE,
    Sheet,
    choose_wear,
    cut_around,
    measure_contrast,
    suit_hand,
    write_neighbours,
)
from ocr.models.training.dataset import Cells
from ocr.models.training.ink import Ink, draw_line
from ocr.models.training.rows import choose_row, print_row
from ocr.models.training.writers import Writer
from ocr.separators import find_gap
from ocr.simulation.strokes import curve_through

_SEPARATED = 0.4
"""Of the gaps; on paper hardly one."""
_ACROSS, _ACROSS_MM = 0.2, 0.8
"""How often people write over the borders of cells, and how far (a standard deviation)."""
_ASIDE_MM, _FARTHEST_MM = 0.55, 1.6
"""From the border to the head of a comma: a standard deviation, and never more."""
_HEADS = (0.58, 0.86)
"""Where it begins, in shares of the height of the cell."""
_POINTS, _POINT_MM = 0.25, 0.15
_TAIL_MM = ((-0.8, 0.15), (0.3, 1.6))
"""From its head to its end, across and down."""
_CLEANER = 0.1
"""Of the dirt that the levels of wear have: a speck low between two digits is as good as a
point, and nobody could tell it from one."""
_MOST_TRIES = 3
"""Places that a hand considers: it takes the barest."""
_INKED = 0.4
"""Of the darkness of ink: what is written."""
_LEAST_FRESH_MM2 = 0.14
"""Of a comma, beside the digits: with less of it nobody could say."""


_NOTHING, _SEPARATOR = map(SEPARATOR_CLASSES.index, (NOTHING, SEPARATOR))


def draw_gaps(writer: Writer, rng: np.random.Generator) -> Cells:
    """The gaps of one strip all of whose cells are written, as the reader sees them."""
    row = choose_row(rng, int(rng.integers(2, 9)))
    sheet = Sheet(row, writer, suit_hand(writer, rng), rng)
    spread_mm = _ACROSS_MM if rng.random() < _ACROSS else SPREAD_MM
    for cell in range(len(row.cells)):
        sheet.write(cell, int(rng.integers(len(writer.alphabet))), spread_mm)
    if row.neighbours_mm:
        write_neighbours(sheet)
    middles, commas = [], []
    for left, right in pairwise(row.cells):
        middle = find_gap(left, right)
        if middle is not None:
            middles.append(middle)
            commas.append(_set_comma(sheet, left) if rng.random() < _SEPARATED else None)
    wear = choose_wear(rng)
    wear = replace(wear, specks=_CLEANER * wear.specks)
    page = age_strip((1 - sheet.mix_inks()) * print_row(row, rng), wear, rng)
    if not middles:
        return Cells(
            np.zeros((0, INPUT_HEIGHT_PX, INPUT_WIDTH_PX), np.uint8), np.zeros(0, np.int64)
        )
    crops = cut_around(page, middles)
    seen = zip(middles, commas, crops, strict=True)
    labels = np.array([_name(*one) for one in seen], np.int64)
    kept = labels != UNSURE
    return Cells(prepare_crops(crops[kept]), labels[kept])


def _set_comma(sheet: Sheet, left: Region) -> Ink:
    """Set a point or a comma behind a cell; returns what of it no digit covers."""
    rng, written = sheet.rng, sheet.ink > _INKED
    pen_mm = float(np.clip(sheet.hand.pen_mm * rng.uniform(0.8, 1.4), 0.25, 1.2))
    tries = [np.zeros_like(sheet.ink) for _ in range(int(rng.integers(1, _MOST_TRIES + 1)))]
    for ink in tries:
        aside = float(np.clip(rng.normal(0, _ASIDE_MM), -_FARTHEST_MM, _FARTHEST_MM))
        head = np.array([left.right_mm + aside, left.y_mm + rng.uniform(*_HEADS) * left.height_mm])
        if rng.random() < _POINTS:
            end = head + rng.normal(0, _POINT_MM, 2)
        else:
            end = head + [rng.uniform(*across) for across in _TAIL_MM]
        bent = (head + end) / 2 + [rng.uniform(0, 0.2), 0]
        draw_line(ink, curve_through(np.array([head, bent, end])), pen_mm)
    barest = min(tries, key=lambda ink: float((ink * written).sum()))
    np.maximum(sheet.ink, barest, out=sheet.ink)
    return np.asarray(np.where(written, 0, barest), np.float32)


def _name(middle: tuple[float, float], comma: Ink | None, crop: NDArray[np.uint8]) -> int:
    """What stands in a gap, as far as the scan still shows it."""
    if comma is None:
        return _NOTHING
    fresh_mm2 = np.count_nonzero(comma > _INKED) / CANVAS_PX_PER_MM**2
    if fresh_mm2 < _LEAST_FRESH_MM2:
        return UNSURE
    scale = PAGE_PX_PER_MM / CANVAS_PX_PER_MM
    small = cv2.resize(comma, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    (drawn,) = cut_around(np.asarray(small, np.float32), [middle])
    return _SEPARATOR if measure_contrast(drawn, crop) >= LEAST_SEEN else UNSURE
