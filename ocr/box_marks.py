"""What a pen did to printed boxes and rings: left them, marked them, blackened them.

A ring is filled: how much darker than its print its inside is, measured by what the
page's own filled rings show. (Ink with the print taken out says little there: print
fills half of a ring, and halftone pencil is no darker than print.) A box is crossed or
ticked: strokes inside it, with the print taken out; a scribble leaves a solid patch
that no stroke leaves. What is neither little nor much is unclear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec, Kind, Region
from ocr.frame import PX_PER_MM, box_px
from ocr.inked_page import InkedPage
from ocr.marks import VIEW_PX_PER_MM, MarkView, QuestionMarks, measure_paper
from ocr.readings import MarkReading, MarkState

Figures = NDArray[np.float64]

BOX_KINDS = frozenset({Kind.CHECK, Kind.BUBBLE})

_INSIDE = 0.8
"""Of a ring's radius; its line lies farther out."""
_PRINT_LEVEL = 170.0
"""How dark the page's black print is in a prepared view."""
_LEVEL_FROM = 3
"""Rings that must be dark to say how dark a filled one is on this page."""
_STRONG, _STRONG_SPREADS = 0.15, 8.0
_LEAST_LEVEL, _USUAL_LEVEL = 0.25, 0.4
"""Of black print: how much darker than an empty ring a filled one is at least, and usually."""
_FILLED, _EMPTY = 0.5, 0.33
"""Of that; of 17 scanned sheets in 1 bit filled rings have 0.57 and more, empty ones 0.29."""
_SPREADS = 6.0
"""An empty ring is no darker than the others by so many standard deviations; up to 3.1 seen."""

_FRAME_MM = 0.5
"""Of a box: its printed line, and how far it may lie beside its place."""
_INK = 0.35
_LINE, _TRACE = 0.07, 0.015
"""Share of a box that one thin stroke across it covers, and that dust does."""
_SPAN = 0.45
"""Of a box's side that a cross or a tick reaches over, in both directions together."""
_PEN_MM = 0.9
"""No pen stroke is wider; where two cross, no patch is larger than _CROSSING."""
_CROSSING, _SOLID = 0.2, 0.35
"""Share of the box that is solid: at most where strokes cross, at least in a scribble."""
_SURE, _LIKELY, _UNSURE = 0.999, 0.97, 0.5


@dataclass(frozen=True, slots=True)
class BoxMark:
    """What one box or ring shows."""

    state: MarkState
    confidence: float

    @property
    def doubtful(self) -> bool:
        """Whether a person has to look."""
        return self.state is MarkState.UNCLEAR


def read_box_questions(
    inked: InkedPage, view: MarkView, questions: Sequence[FieldSpec]
) -> list[QuestionMarks]:
    """The marks of all questions of a page that are answered in boxes and rings."""
    rings = [o.region for q in questions if q.kind is Kind.BUBBLE for o in q.options]
    boxes = [o.region for q in questions if q.kind is Kind.CHECK for o in q.options]
    filled = judge_rings(measure_rings(view, rings))
    seen = {
        ring: _doubt_strokes(mark, measure_box(inked, ring))
        for ring, mark in zip(rings, filled, strict=True)
    }
    cancels = inked.reference.scribble_cancels
    seen |= {box: judge_box(measure_box(inked, box), cancels) for box in boxes}
    return [_name_question(question, seen) for question in questions]


def _name_question(question: FieldSpec, seen: dict[Region, BoxMark]) -> QuestionMarks:
    found = [seen[option.region] for option in question.options]
    marks = tuple(
        MarkReading(option.code, mark.state, mark.confidence)
        for option, mark in zip(question.options, found, strict=True)
    )
    least = min((mark.confidence for mark in found), default=1.0)
    return QuestionMarks(marks, least, any(mark.doubtful for mark in found))


def measure_rings(view: MarkView, rings: Sequence[Region]) -> Figures:
    """How much darker than its print the inside of each ring is; 1 is black print."""
    if not rings:
        return np.zeros(0)
    paper = measure_paper(255 - view.printed.astype(np.float32))
    printed = 1 - (255 - view.printed) / np.maximum(paper, 1)
    added = np.asarray(view.drawn / _PRINT_LEVEL - printed, np.float64)
    return np.array([_mean_inside(added, ring) for ring in rings])


def _mean_inside(picture: Figures, ring: Region) -> float:
    left, top = (int(v * VIEW_PX_PER_MM) for v in (ring.x_mm, ring.y_mm))
    right, bottom = (int(v * VIEW_PX_PER_MM) + 1 for v in (ring.right_mm, ring.bottom_mm))
    y, x = np.mgrid[top:bottom, left:right] + 0.5
    across = (x / VIEW_PX_PER_MM - ring.x_mm) / ring.width_mm * 2 - 1
    down = (y / VIEW_PX_PER_MM - ring.y_mm) / ring.height_mm * 2 - 1
    inside = across**2 + down**2 <= _INSIDE**2
    window = picture[max(top, 0) : bottom, max(left, 0) : right]
    if window.shape != inside.shape:
        return 0.0
    return float(window[inside].mean())


def judge_rings(darker: Figures) -> list[BoxMark]:
    """Which rings of a page are filled; the page's own rings set the scale."""
    if darker.size == 0:
        return []
    added = darker - np.median(darker)
    spread = 1.4826 * float(np.median(np.abs(added)))
    strong = added[added > max(_STRONG, _STRONG_SPREADS * spread)]
    level = _USUAL_LEVEL
    if strong.size >= _LEVEL_FROM:
        level = max(float(np.median(strong)), _LEAST_LEVEL)
    return [_judge_ring(float(a) / level, float(a) / max(spread, 0.01)) for a in added]


def _judge_ring(share: float, spreads: float) -> BoxMark:
    """Name a ring by how dark it is, of a filled one and of how much empty ones vary."""
    if share >= _FILLED:
        return BoxMark(MarkState.BUBBLED, _SURE if share >= 0.65 else _LIKELY)
    if share >= _EMPTY or spreads > _SPREADS:
        return BoxMark(MarkState.UNCLEAR, _UNSURE)
    return BoxMark(MarkState.BLANK, _SURE if share < 0.25 else _LIKELY)


def _doubt_strokes(mark: BoxMark, strokes: "BoxInk") -> BoxMark:
    """A ring that is not filled but has a tick in it may be meant."""
    if mark.state is MarkState.BLANK and strokes.covered >= _LINE:
        return BoxMark(MarkState.UNCLEAR, _UNSURE)
    return mark


@dataclass(frozen=True, slots=True)
class BoxInk:
    """The ink in one box, as shares of the box."""

    covered: float
    span: float
    """How far ink reaches across and down: the mean of both."""
    solid: float
    """What stays when everything as thin as a pen stroke is taken away."""


def measure_box(inked: InkedPage, box: Region) -> BoxInk:
    """Measure the strokes inside a box, without its printed line."""
    margin = min(_FRAME_MM, min(box.width_mm, box.height_mm) / 5)
    left, top, width, height = box_px(box, -margin)
    window = inked.ink[max(top, 0) : top + height, max(left, 0) : left + width]
    strokes = np.asarray(window > _INK, np.uint8)
    if strokes.sum() == 0:
        return BoxInk(0.0, 0.0, 0.0)
    rows, columns = np.nonzero(strokes)
    span = (np.ptp(rows) + 1) / strokes.shape[0] + (np.ptp(columns) + 1) / strokes.shape[1]
    pen = round(_PEN_MM * PX_PER_MM)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (pen, pen))
    solid = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, disc)
    return BoxInk(float(strokes.mean()), float(span / 2), float(solid.mean()))


def judge_box(seen: BoxInk, scribble_cancels: bool) -> BoxMark:
    """Name a box by its strokes; a scribble takes the answer back where the form says so."""
    if seen.covered < _TRACE:
        return BoxMark(MarkState.BLANK, _SURE)
    if seen.solid >= _SOLID:
        state = MarkState.CROSSED_OUT if scribble_cancels else MarkState.UNCLEAR
        return BoxMark(state, _LIKELY if scribble_cancels else _UNSURE)
    if seen.covered >= _LINE and seen.span >= _SPAN and seen.solid <= _CROSSING:
        return BoxMark(MarkState.CHECKED, _SURE)
    return BoxMark(MarkState.UNCLEAR, _UNSURE)
