"""What a pen did to printed codes: left them, circled them, crossed them out.

No open reader known reads circles: they measure ink inside a box, where a circle
leaves none. Here a small network looks at each code with its surroundings and,
as a second channel, at the same place of the blank form, so that it sees what
was printed and what was drawn. It sees the neighbouring codes too: a circle may
cut the next code, one X may touch two.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Option, Region
from ocr.cells import load_network
from ocr.darkened_codes import find_darkened
from ocr.frame import PX_PER_MM, Grey
from ocr.inked_page import InkedPage
from ocr.page_sizes import shrink
from ocr.readings import MarkReading, MarkState

WINDOW_WIDTH_MM, WINDOW_HEIGHT_MM = 20.0, 17.0
"""What the network sees around the middle of a code."""
_LEAST_INK_MM2 = 1.2
"""Of the palest pens: a circle or an X leaves 1.8 and more."""
_REACH_MM = 1.0
"""Marks go beyond the region of their code by so much."""
_AROUND_MM, _SIDES = 3.5, 3
"""A wide circle runs within so much beyond that, on four sides, or on three where it is open."""
VIEW_PX_PER_MM = 4
VIEW_WIDTH_PX = round(WINDOW_WIDTH_MM * VIEW_PX_PER_MM)
VIEW_HEIGHT_PX = round(WINDOW_HEIGHT_MM * VIEW_PX_PER_MM)

OTHER = "other"
"""A tick, an underline, one stroke: ink at a code that is no answer and no crossing."""
CLASSES = (
    MarkState.BLANK.value,
    MarkState.CIRCLED.value,
    MarkState.CROSSED_OUT.value,
    MarkState.UNCLEAR.value,
    OTHER,
)
_STATES = {
    **{state.value: state for state in MarkState},
    OTHER: MarkState.UNCLEAR,
}
_CHANGED = [CLASSES.index(state.value) for state in (MarkState.CROSSED_OUT, MarkState.UNCLEAR)]
_SURELY_CHANGED = 0.9
"""Less than a value needs: it only says whose the signature beside it is."""
_CLOSER_RISK = 0.5
"""Of the doubt that a plain answer may leave, what a correction or none may."""
_PAPER_TILE_MM = 6.0
_LIGHT_SHARE = 0.8
"""Of a tile is no lighter than its paper."""
_DARK_PRINT = 80
_ROUNDED_UP = 0.499
"""OpenCV rounds to the nearest level; a view takes whole ones only."""
_BATCH = 64


@dataclass(frozen=True, slots=True)
class MarkView:
    """A page prepared for looking at marks, at VIEW_PX_PER_MM."""

    scanned: Grey
    """As light as it was scanned: what darkens a whole place is gone from what is drawn."""
    drawn: NDArray[np.uint8]
    """0 paper, 170 as dark as the page's own black print, up to 255."""
    printed: NDArray[np.uint8]
    """The blank form in the same place and scale."""


def prepare_view(page: Grey, blank: Grey) -> MarkView:
    """Bring a registered page and its blank to the network's scale of light and size.

    The page's own paper and its own black print set the scale, so that a pale
    copy and a dark scan look alike.

    Args:
        page: laid over its blank.
        blank: at the view's scale.
    """
    small = shrink(page, PX_PER_MM // VIEW_PX_PER_MM)
    paper = measure_paper(small)
    light = cv2.divide(small, np.maximum(paper, 1, out=paper), dtype=cv2.CV_32F)
    dark = light[blank < _DARK_PRINT]
    black = 1 - float(np.median(dark)) if dark.size > 50 else 0.8
    scale = 170 / max(black, 0.2)
    # What is missing of the light, as whole numbers, in one step.
    drawn = cv2.addWeighted(light, -scale, light, 0.0, scale - _ROUNDED_UP, dtype=cv2.CV_8U)
    return MarkView(
        small, np.asarray(drawn, np.uint8), np.asarray(cv2.bitwise_not(blank), np.uint8)
    )


def measure_paper(small: NDArray[np.float32] | Grey) -> NDArray[np.float32]:
    """How light the paper is at each place: the light parts of tiles, smoothed."""
    tile = round(_PAPER_TILE_MM * VIEW_PX_PER_MM)
    rows, columns = -(-small.shape[0] // tile), -(-small.shape[1] // tile)
    below, beside = rows * tile - small.shape[0], columns * tile - small.shape[1]
    padded = np.asarray(cv2.copyMakeBorder(small, 0, below, 0, beside, cv2.BORDER_REPLICATE))
    tiles = padded.reshape(rows, tile, columns, tile).swapaxes(1, 2).reshape(rows, columns, -1)
    # Sorting short lines is eight times faster than asking for their percentile.
    ranked = np.sort(tiles[..., ::3].astype(np.float32), axis=-1)
    below, part = divmod(_LIGHT_SHARE * (ranked.shape[-1] - 1), 1)
    lower, upper = ranked[..., int(below)], ranked[..., int(below) + 1]
    paper = cv2.medianBlur(lower + (upper - lower) * np.float32(part), 3)
    grown = cv2.resize(paper, (columns * tile, rows * tile), interpolation=cv2.INTER_LINEAR)
    return np.asarray(grown[: small.shape[0], : small.shape[1]], np.float32)


def cut_windows(view: MarkView, regions: Sequence[Region]) -> NDArray[np.uint8]:
    """N x 2 x height x width: each code with its surroundings, as drawn and as printed."""
    margin = max(VIEW_WIDTH_PX, VIEW_HEIGHT_PX)
    layers = [
        cv2.copyMakeBorder(layer, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0)
        for layer in (view.drawn, view.printed)
    ]
    windows = np.empty((len(regions), 2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX), np.uint8)
    for window, region in zip(windows, regions, strict=True):
        x = region.x_mm + region.width_mm / 2 - WINDOW_WIDTH_MM / 2
        y = region.y_mm + region.height_mm / 2 - WINDOW_HEIGHT_MM / 2
        left = round(x * VIEW_PX_PER_MM) + margin
        top = round(y * VIEW_PX_PER_MM) + margin
        for layer, out in zip(layers, window, strict=True):
            out[...] = layer[top : top + VIEW_HEIGHT_PX, left : left + VIEW_WIDTH_PX]
    return windows


def find_touched(inked: InkedPage, view: MarkView, regions: Sequence[Region]) -> NDArray[np.bool_]:
    """Which codes a pen came near: at the code itself, over it, or around it in a wide circle.

    A circle twice as wide as usual leaves no ink at its own code and some at its neighbours.
    """
    near = np.array([is_touched(inked, region) for region in regions], np.bool_)
    return near | find_darkened(view.drawn, view.printed, regions, near)


def is_touched(inked: InkedPage, region: Region) -> bool:
    """Whether there is ink at a code, or on three of its four sides."""
    near = region.grown(_REACH_MM)
    if inked.has_faint_ink(near, _LEAST_INK_MM2):
        return True
    x, y, far = near.x_mm, near.y_mm, _AROUND_MM
    sides = (
        Region(x - far, y, far, near.height_mm),
        Region(near.right_mm, y, far, near.height_mm),
        Region(x, y - far, near.width_mm, far),
        Region(x, near.bottom_mm, near.width_mm, far),
    )
    return sum(inked.has_ink(side) for side in sides) >= _SIDES


def classify_marks(
    view: MarkView, regions: Sequence[Region], touched: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Calibrated probabilities over CLASSES for each code's region.

    `touched` says which codes a pen came near; the others are blank for certain, and
    the network is not asked.
    """
    chances = np.zeros((len(regions), len(CLASSES)), np.float32)
    chances[~touched, CLASSES.index(MarkState.BLANK)] = 1.0
    if touched.any():
        near = [region for region, inked in zip(regions, touched, strict=True) if inked]
        chances[touched] = _ask_network(view, near)
    return chances


def _ask_network(view: MarkView, regions: Sequence[Region]) -> NDArray[np.float32]:
    network = load_network("marks")
    windows = cut_windows(view, regions)
    parts = [
        network.session.run(None, {"windows": windows[i : i + _BATCH].astype(np.float32) / 255})[0]
        for i in range(0, len(windows), _BATCH)
    ]
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class QuestionMarks:
    """The marks of one question with what the reader thinks of its own reading."""

    marks: tuple[MarkReading, ...]
    confidence: float
    """Probability that all of them are right."""
    doubtful: bool
    """The network is not sure, or sees ink that is neither circle nor X."""
    changed: bool = False
    """Something was put right here without doubt, whatever it comes to."""


def read_question(
    options: Sequence[Option], probabilities: NDArray[np.float32], accept_above: float
) -> QuestionMarks:
    """Name the state of each code of one question.

    Where something was crossed out, more certainty is asked of every code: an X that
    was missed there would turn a disputed answer into a value. So is it where a pen was
    and nothing was answered.
    """
    named = [CLASSES[int(chances.argmax())] for chances in probabilities]
    sure = [float(chances.max()) for chances in probabilities]
    marks = tuple(
        MarkReading(option.code, _STATES[name], chance)
        for option, name, chance in zip(options, named, sure, strict=True)
    )
    circled, blank = MarkState.CIRCLED.value, MarkState.BLANK.value
    answered = circled in named and {circled, blank}.issuperset(named)
    needed = accept_above if answered else 1 - (1 - accept_above) * _CLOSER_RISK
    confidence = math.prod(sure)
    changed = bool((probabilities[:, _CHANGED].sum(axis=1) >= _SURELY_CHANGED).any())
    return QuestionMarks(marks, confidence, OTHER in named or confidence < needed, changed)
