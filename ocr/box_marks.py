"""What a pen did to printed boxes and rings: left them, marked them, blackened them.

A ring is filled: how much darker than its print its inside is, measured by what the
page's own filled rings show. (Ink with the print taken out says little there: print
fills half of a ring, and halftone pencil is no darker than print.) A box is crossed or
ticked: strokes inside it, with the print taken out, and room between them; a scribble
leaves none. What is neither little nor much is unclear, and so is whatever darkens an
outline without showing as strokes.

The limits were set on 17 scanned bubble sheets (18,700 rings, 1 bit a px), 2 scanned
pages of crossed boxes, and some 5,000 simulated boxes and rings of levels 0 to 2 in both
styles; `blanki bench placed` and `blanki bench outlines` count on these sheets and on
simulated paper of other seeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from form_templates.model import FieldSpec, Kind, Region
from ocr.inked_page import InkedPage
from ocr.marks import MarkView, QuestionMarks
from ocr.outline_ink import Figures, OutlineInk, measure_boxes, measure_rings
from ocr.readings import MarkReading, MarkState

BOX_KINDS = frozenset({Kind.CHECK, Kind.BUBBLE})

_NOT_FILLED = 0.25
"""Of black print: rings below it say how dark an empty one is; sheets had 0.22 at most."""
_FEWEST = 12
"""Rings that must be below it to say so; on other pages an empty ring is as dark as paper."""
_HALF = 0.05
"""More than this between the quarter and the middle of them: half may be filled, palely."""
_LEVEL_FROM = 3
"""Rings that must be dark to say how dark a filled one is on this page."""
_DARK, _DARK_SPREADS = 0.06, 5.0
_LEAST_LEVEL, _USUAL_LEVEL = 0.25, 0.4
"""Of black print: how much darker than an empty ring a filled one is at least, and usually."""
_FILLED, _EMPTY = 0.5, 0.33
"""Of that; on the sheets filled rings have 0.57 and more, empty ones 0.29 at most. What the
page's own dark rings are may be less than the least: then nothing is taken for filled, but
what is empty still shows."""
_SURELY_FILLED, _SURELY_EMPTY = 0.65, 0.25
_SPREADS, _LEAST_SPREAD = 5.0, 0.01
"""An empty ring is no darker than the others by so many standard deviations; the sheets
have up to 3.4. With few rings the second is the measure."""
_WIDE = 0.12
"""Inked share of what surrounds a ring: filling one leaves 0.1 at most, blackening it more."""
_TWICE, _WIDER = 1.35, 0.03
"""Of a filled ring: darker by so much than the others, and beyond its line, it was gone over."""

_LINE, _TRACE = 0.07, 0.015
"""Share of a box that one thin stroke across it covers, and that dust does."""
_SPAN = 0.45
"""Of a box's side that a cross or a tick reaches over, in both directions together."""
_FREE = 0.2
"""Of a box: scribbles leave 0.15 free at most, all but markers' crosses 0.2 and more."""
_SOLID, _CLOSED = 0.35, 0.1
"""Share of the box that is solid at least in a scribble, and that it leaves free at most."""
_FULL_STROKE, _PALE = 0.9, 0.035
"""How dark strokes are at most, and what darkness beyond that means ink too pale to show."""
_FAINT = 0.015
"""Of black print: an empty box is no darker; the palest tick of a hard pencil is 0.02, empty
boxes of worn scans have less in 98 of 100."""
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


_UNCLEAR = BoxMark(MarkState.UNCLEAR, _UNSURE)


def read_box_questions(
    inked: InkedPage, view: MarkView, questions: Sequence[FieldSpec]
) -> list[QuestionMarks]:
    """The marks of all questions of a page that are answered in boxes and rings."""
    rings = [o.region for q in questions if q.kind is Kind.BUBBLE for o in q.options]
    boxes = [o.region for q in questions if q.kind is Kind.CHECK for o in q.options]
    cancels = inked.reference.scribble_cancels
    seen = dict(zip(rings, judge_rings(measure_rings(inked, view, rings)), strict=True))
    for box, ink in zip(boxes, measure_boxes(inked, view, boxes), strict=True):
        seen[box] = judge_box(ink, cancels)
    return [_name_question(question, seen) for question in questions]


def _name_question(question: FieldSpec, seen: dict[Region, BoxMark]) -> QuestionMarks:
    found = [seen[option.region] for option in question.options]
    marks = tuple(
        MarkReading(option.code, mark.state, mark.confidence)
        for option, mark in zip(question.options, found, strict=True)
    )
    least = min((mark.confidence for mark in found), default=1.0)
    changed = any(m.state is MarkState.CROSSED_OUT and not m.doubtful for m in found)
    return QuestionMarks(marks, least, any(mark.doubtful for mark in found), changed)


def judge_rings(rings: Sequence[OutlineInk]) -> list[BoxMark]:
    """Which rings of a page are filled; the page's own rings set the scale."""
    darker = np.array([ring.darker for ring in rings])
    empty, spread = _measure_empty(darker)
    added = darker - empty
    dark = added[added > max(_DARK, _DARK_SPREADS * spread)]
    level = float(np.median(dark)) if dark.size else _USUAL_LEVEL
    if dark.size < _LEVEL_FROM:
        level = max(level, _USUAL_LEVEL)
    return [
        _judge_ring(ring, a, level, a / spread)
        for ring, a in zip(rings, added.tolist(), strict=True)
    ]


def _measure_empty(darker: Figures) -> tuple[float, float]:
    """How dark an empty ring of this page is, and how far such rings differ."""
    pale = darker[darker < _NOT_FILLED]
    if pale.size < _FEWEST:
        return 0.0, _LEAST_SPREAD
    quarter, middle = np.percentile(pale, (25, 50))
    empty = min(float(middle), float(quarter) + _HALF)
    spread = 1.4826 * float(np.median(np.abs(pale - empty)))
    return empty, max(spread, _LEAST_SPREAD)


def _judge_ring(ink: OutlineInk, added: float, level: float, spreads: float) -> BoxMark:
    """Name a ring by how dark it is, of a filled one and of how much empty ones vary."""
    share = added / max(level, _LEAST_LEVEL)
    if share >= _FILLED and not _is_blackened(ink, share):
        return BoxMark(MarkState.BUBBLED, _SURE if share >= _SURELY_FILLED else _LIKELY)
    # A ring that is not filled but has a tick in it may be meant.
    if added >= _EMPTY * level or spreads > _SPREADS or ink.covered >= _LINE:
        return _UNCLEAR
    return BoxMark(MarkState.BLANK, _SURE if added < _SURELY_EMPTY * level else _LIKELY)


def _is_blackened(ink: OutlineInk, share: float) -> bool:
    """Whether a ring may have been blackened to take it back."""
    return ink.beyond > _WIDE or (share > _TWICE and ink.beyond > _WIDER)


def judge_box(ink: OutlineInk, scribble_cancels: bool) -> BoxMark:
    """Name a box by its strokes; a scribble takes the answer back where the form says so."""
    if ink.darker > _FULL_STROKE * ink.covered + _PALE:
        return _UNCLEAR
    if ink.covered < _TRACE:
        return BoxMark(MarkState.BLANK, _SURE) if ink.darker < _FAINT else _UNCLEAR
    if ink.solid >= _SOLID and ink.free <= _CLOSED and scribble_cancels:
        return BoxMark(MarkState.CROSSED_OUT, _LIKELY)
    if ink.covered >= _LINE and ink.span >= _SPAN and ink.free >= _FREE:
        return BoxMark(MarkState.CHECKED, _SURE)
    return _UNCLEAR
