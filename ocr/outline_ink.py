"""How much ink stands in printed boxes and rings, and in what shape.

The blank says what is printed, and where on this page an outline really is; the page's
bare paper and black print set the scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.frame import PX_PER_MM, Grey, cut
from ocr.ink import STROKE_LEVEL
from ocr.inked_page import InkedPage
from ocr.marks import VIEW_PX_PER_MM, MarkView, measure_paper

Figures = NDArray[np.float64]

_PRINT_LEVEL = 170.0
"""How dark the page's black print is in a prepared view."""
_INSIDE = 0.8
"""Of an outline's half width; its line lies farther out."""
_BARE = 0.03
"""Of black: what is printed fainter is paper."""
_SMOOTH_PX = 5
_FRAME_MM = 0.5
"""Of a box: its printed line."""
_BEYOND_MM = 0.4, 1.0
"""From an outline: the surroundings that are looked at."""
_PEN_MM = 0.9
"""Most pens are thinner."""
_ROOM = 0.25
"""Of a box's side: a disc of this width has room between the strokes of a cross, and none
in a scribble."""
_AROUND_MM, _REACH_MM = 0.375, 0.625
"""Margin of an outline that is looked for, and how far beside its place: whole px."""
_LIKENESS, _LIKER = 0.5, 0.05
"""Correlation with the outline where it is taken to be, and by how much more than in place."""
_LEAST_PRINT = 6.0
"""Standard deviation of the blank, of 255: with less there is no outline to look for."""


@dataclass(frozen=True, slots=True)
class OutlineInk:
    """The ink inside one box or ring; all but `darker` are shares."""

    darker: float
    """How much darker the inside is than print and bare paper make it; 1 is black print."""
    covered: float = 0.0
    span: float = 0.0
    """How far ink reaches across and down: the mean of both."""
    solid: float = 0.0
    """What stays when everything as thin as a pen stroke is taken away."""
    free: float = 1.0
    """What ink leaves free in patches of some width."""
    beyond: float = 0.0
    """How much of the surroundings is inked."""


def measure_rings(inked: InkedPage, view: MarkView, rings: Sequence[Region]) -> list[OutlineInk]:
    """The ink in each ring."""
    return _measure(inked, view, rings, 2.0)


def measure_boxes(inked: InkedPage, view: MarkView, boxes: Sequence[Region]) -> list[OutlineInk]:
    """The ink in each box."""
    return _measure(inked, view, boxes, np.inf)


def _measure(
    inked: InkedPage, view: MarkView, outlines: Sequence[Region], roundness: float
) -> list[OutlineInk]:
    if not outlines:
        return []
    drawn = view.drawn / _PRINT_LEVEL
    paper = measure_paper(255 - view.printed.astype(np.float32))
    printed = np.asarray(1 - (255 - view.printed) / np.maximum(paper, 1), np.float64)
    strokes = np.asarray(inked.ink > STROKE_LEVEL, np.uint8)
    added = np.asarray(drawn - printed, np.float64)
    bare = _measure_bare(added, printed)
    found = []
    for outline in outlines:
        seen = settle_outline(inked.page.grey, inked.reference.blank, outline)
        expected = _mean_inside(printed, outline, roundness) + bare
        darker = _mean_inside(drawn, seen, roundness) - expected
        found.append(_shape_ink(strokes, seen, darker))
    return found


def settle_outline(page: Grey, blank: Grey, outline: Region) -> Region:
    """Where an outline of the blank stands on the page; its own place where that is not sure."""
    printed = cut(blank, outline, _AROUND_MM)
    if printed.std() < _LEAST_PRINT:
        return outline
    around = cut(page, outline, _AROUND_MM + _REACH_MM)
    alike = cv2.matchTemplate(around, printed, cv2.TM_CCOEFF_NORMED)
    row, column = np.unravel_index(int(alike.argmax()), alike.shape)
    middle = alike.shape[0] // 2, alike.shape[1] // 2
    if alike[row, column] < max(_LIKENESS, alike[middle] + _LIKER):
        return outline
    across, down = (float(n) / PX_PER_MM for n in (column - middle[1], row - middle[0]))
    return Region(outline.x_mm + across, outline.y_mm + down, outline.width_mm, outline.height_mm)


def _measure_bare(added: Figures, printed: Figures) -> float:
    """How dark bare paper seems: its noise, which can only darken."""
    smooth = cv2.blur(added, (_SMOOTH_PX, _SMOOTH_PX))
    bare = smooth[printed < _BARE]
    return float(np.median(bare)) if bare.size else 0.0


def _mean_inside(picture: Figures, outline: Region, roundness: float) -> float:
    """The mean inside an outline; 2 is round, infinity square. Beyond the page its edge goes on."""
    left, top = (int(v * VIEW_PX_PER_MM) for v in (outline.x_mm, outline.y_mm))
    right, bottom = (int(v * VIEW_PX_PER_MM) + 1 for v in (outline.right_mm, outline.bottom_mm))
    y, x = np.mgrid[top:bottom, left:right] + 0.5
    across = (x / VIEW_PX_PER_MM - outline.x_mm) / outline.width_mm * 2 - 1
    down = (y / VIEW_PX_PER_MM - outline.y_mm) / outline.height_mm * 2 - 1
    inside = np.linalg.norm(np.stack([across, down]), roundness, axis=0) <= _INSIDE
    rows = np.arange(top, bottom).clip(0, picture.shape[0] - 1)
    columns = np.arange(left, right).clip(0, picture.shape[1] - 1)
    return float(picture[rows[:, None], columns][inside].mean())


def _shape_ink(page: NDArray[np.uint8], outline: Region, darker: float) -> OutlineInk:
    """Measure the strokes inside an outline, without its printed line."""
    strokes = cut(page, outline.without_frame(_FRAME_MM))
    if strokes.sum() == 0:
        return OutlineInk(darker)
    near, far = (cut(page, outline, reach) for reach in _BEYOND_MM)
    beyond = float((far.sum(dtype=np.int64) - near.sum(dtype=np.int64)) / (far.size - near.size))
    rows, columns = np.nonzero(strokes)
    span = (np.ptp(rows) + 1) / strokes.shape[0] + (np.ptp(columns) + 1) / strokes.shape[1]
    solid = _open(strokes, round(_PEN_MM * PX_PER_MM))
    free = _open(1 - strokes, round(_ROOM * min(strokes.shape)) | 1)
    return OutlineInk(darker, float(strokes.mean()), float(span / 2), solid, free, beyond)


def _open(mask: NDArray[np.uint8], width_px: int) -> float:
    """Share of a window that discs of a width inside the mask reach."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width_px, width_px))
    walled = np.pad(mask, width_px)
    return float(cv2.morphologyEx(walled, cv2.MORPH_OPEN, disc).sum() / mask.size)
