"""Ink where none belongs: beside an answer, outside every place meant for ink.

It may be a signature in the wrong place or an answer written beside its cells, so
a person looks. What the scanner added is none: streaks of dust on the glass, and
the outline of print that lies a little beside its blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np

from form_templates.marks import BODY
from form_templates.model import FieldSpec, Region, TemplatePage, enclose
from ocr.close_characters import APART_MM, FRAME_MM, NEAR_SIGNATURE_MM, WITHIN
from ocr.frame import PX_PER_MM, cut_shown, window_shown
from ocr.handwriting import measure_depths
from ocr.ink import STROKE_LEVEL, TRACE_LEVEL, find_ink_beside
from ocr.inked_page import InkedPage
from ocr.marks import QuestionMarks
from ocr.readings import MarkState
from ocr.struck_circles import find_circle

_NEAR_MM = 2.5
"""Strokes of an answer reach so far beyond its cells or code; from cells all in one piece."""
_AS_NEAR_MM = 5.0
_FAR_MM = 12.0
"""Ink farther from every answer belongs to none."""
_NOTE_MM = (20.0, 9.0)
"""What is larger lies at no single code."""
_PEN_MM, _MOSTLY = 1.2, 0.6
"""The widest line of a circle; so much of what is found within it is the circle."""
_BETWEEN_MM = 3.0
"""Cells of a number stand no farther apart."""
_PALE_DEPTH, _FEWEST_ANSWERS = 0.4, 3
"""Of a page's usual stroke, and answers that tell it: its pens leave no more."""
_GHOST_MM = 0.7
"""The outline of print is no farther from print."""
_PRINT = 170
_LEAST_OUTSIDE_MM2 = 0.5
"""Of ink that is no such outline: of 64 pieces that hug print on 42 simulated declarations without
notes two left more. Words across the lines between two cards leave hardly more than that."""
_STREAK_MM = 25.0
"""No pen draws a straight line of this length along the feed."""
_STREAK_WIDTH_MM, _STREAK_TILT = 1.6, 0.07


@dataclass(frozen=True, slots=True)
class StrayInk:
    """Which answers there is ink beside, outside every place meant for ink, by their ids."""

    beside: frozenset[str] = frozenset()
    """The answers nearest to some; of several that are about as near, each."""
    around: frozenset[str] = frozenset()
    """All that lie near enough to some: what was crossed out may stand there anew."""
    level: int = STROKE_LEVEL
    """What is darker belongs to a stroke, of the pens that the page was answered with."""


def find_stray_ink(
    inked: InkedPage, answers: Mapping[str, QuestionMarks] = MappingProxyType({})
) -> StrayInk:
    """The answers of a page that ink stands beside, outside every place meant for ink.

    Args:
        inked: the page.
        answers: what was marked at the codes of questions, by field id, where it is known.
            Around a code that was left alone no ink is explained, around a circled one
            its circle is.
    """
    page = inked.reference.page
    plain = {
        spec.id: circled
        for spec in page.fields
        if spec.id in answers and (circled := _find_circled(spec, answers[spec.id])) is not None
    }
    near, close, around_codes = _list_explained(page, plain)
    level = _find_level(inked)
    found = find_ink_beside(inked.half, near, WITHIN, close, level, inked.reference.ready.half)
    notable = [s for s in found if _is_small(s) or _leaves(inked, s, around_codes, level)]
    strays = _drop_circles(inked, notable, [code for codes in plain.values() for code in codes])
    beside: set[str] = set()
    around: set[str] = set()
    for stray in drop_streaks(_drop_ghosts(inked, strays, level)):
        gaps = {spec.id: _gap_to_field(stray, spec) for spec in page.fields}
        near_mm = min(gaps.values(), default=np.inf)
        around |= {name for name, gap in gaps.items() if gap <= _FAR_MM}
        if near_mm <= _FAR_MM:
            beside |= {name for name, gap in gaps.items() if gap <= near_mm + _AS_NEAR_MM}
    return StrayInk(frozenset(beside), frozenset(around), level)


def _list_explained(
    page: TemplatePage, plain: Mapping[str, Sequence[Region]]
) -> tuple[list[Region], list[Region], list[Region]]:
    """Where ink is explained, the same drawn closer, and around the codes of plain answers.

    Args:
        page: with its fields.
        plain: the circled codes of questions that nothing else was done to, by field id.
    """
    near, close, around_codes = [*page.free], [*page.free], []
    for spec in page.fields:
        signed = (spec.correction_signatures or {}).values()
        others = [place.grown(NEAR_SIGNATURE_MM) for place in signed]
        places = _join_rows(spec)
        reached = [place.grown(_NEAR_MM) for place in places]
        closer = [place.grown(APART_MM) for place in places] if spec.cells else reached
        if spec.id in plain:
            around_codes += reached
            reached = closer = list(plain[spec.id])
        near += [*others, *reached]
        close += [*others, *closer]
    return near, close, around_codes


def _join_rows(spec: FieldSpec) -> list[Region]:
    """Where the ink of an answer belongs, cells side by side as one place."""
    rows = [row for row in (spec.cells, spec.correction_cells) if row]
    if not rows or not all(map(_are_side_by_side, rows)):
        return list(spec.places)
    return [enclose((row[0], row[-1])) for row in rows]


def _are_side_by_side(cells: Sequence[Region]) -> bool:
    """Whether nothing but points and commas is printed between cells."""
    first, last = cells[0], cells[-1]
    level = abs(last.y_mm - first.y_mm) < FRAME_MM and first.height_mm == last.height_mm
    length = last.right_mm - first.x_mm
    return level and 0 < length <= len(cells) * first.width_mm + len(cells) // 2 * _BETWEEN_MM


def _find_circled(spec: FieldSpec, seen: QuestionMarks) -> list[Region] | None:
    """Where the circled codes of a question stand; None where more was done to it, or may be."""
    states = {mark.state for mark in seen.marks}
    if seen.doubtful or not states <= {MarkState.CIRCLED, MarkState.BLANK}:
        return None
    pairs = zip(spec.options, seen.marks, strict=True)
    return [option.region for option, mark in pairs if mark.state is MarkState.CIRCLED]


def _is_small(stray: Region) -> bool:
    """Whether it is no larger than a few words: the rims of stains and what blackens a page are."""
    return stray.width_mm <= _NOTE_MM[0] and stray.height_mm <= _NOTE_MM[1]


def _leaves(inked: InkedPage, stray: Region, places: Sequence[Region], level: int) -> bool:
    """Whether ink lies mostly outside places."""
    window = window_shown(stray)
    strokes = inked.ink[window] > level
    outside = strokes.copy()
    for place in places:
        if place.overlaps(stray):
            rows, columns = window_shown(place)
            top, left = window[0].start, window[1].start
            outside[
                max(rows.start - top, 0) : max(rows.stop - top, 0),
                max(columns.start - left, 0) : max(columns.stop - left, 0),
            ] = False
    return bool(np.count_nonzero(outside) > np.count_nonzero(strokes) / 2)


def _drop_circles(
    inked: InkedPage, strays: Sequence[Region], circled: Sequence[Region]
) -> list[Region]:
    """What is no circle, of ink that reaches beyond the places of circled codes."""
    kept = []
    for stray in strays:
        codes = [code for code in circled if code.gap_to(stray) <= _NEAR_MM]
        circles = (find_circle(inked.half, code) or code.grown(_NEAR_MM) for code in codes)
        if not any(_share_within(stray, circle.grown(_PEN_MM)) > _MOSTLY for circle in circles):
            kept.append(stray)
    return kept


def _share_within(part: Region, whole: Region) -> float:
    """How much of a region lies within another."""
    wide = min(part.right_mm, whole.right_mm) - max(part.x_mm, whole.x_mm)
    tall = min(part.bottom_mm, whole.bottom_mm) - max(part.y_mm, whole.y_mm)
    return max(wide, 0.0) * max(tall, 0.0) / (part.width_mm * part.height_mm)


def _find_level(inked: InkedPage) -> int:
    """What is darker belongs to a stroke, of the pens that this page was answered with."""
    fields = inked.reference.page.fields
    written = (spec for spec in fields if spec.cells or spec.options)
    answers = (place.without_frame(FRAME_MM) for spec in written for place in _join_rows(spec))
    depths = measure_depths(inked.half, answers)
    pale = len(depths) >= _FEWEST_ANSWERS and np.median(depths) < _PALE_DEPTH
    return TRACE_LEVEL if pale else STROKE_LEVEL


def _gap_to_field(stray: Region, spec: FieldSpec) -> float:
    """How far ink lies from an answer in mm; a question alone on its lines owns them all."""
    places = spec.places
    if spec.group is None:
        signed = (spec.correction_signatures or {}).values()
        block = enclose([spec.region, *places, *signed])
        band = Region(BODY.x_mm, block.y_mm, BODY.width_mm, block.height_mm)
        places = (*places, band)
    return min(stray.gap_to(place) for place in places)


def _drop_ghosts(inked: InkedPage, strays: Sequence[Region], level: int) -> list[Region]:
    """What hugs the print all along is its own outline on paper that the feeder stretched."""
    reach = 2 * round(_GHOST_MM * PX_PER_MM) + 1
    kept = []
    for stray in strays:
        blank = cut_shown(inked.reference.blank, stray, _GHOST_MM)
        near = cv2.erode(blank, np.ones((reach, reach), np.uint8)) < _PRINT
        outside = (cut_shown(inked.ink, stray, _GHOST_MM) > level) & ~near
        if float(outside.sum()) / PX_PER_MM**2 >= _LEAST_OUTSIDE_MM2:
            kept.append(stray)
    return kept


def drop_streaks(strays: Sequence[Region]) -> list[Region]:
    """Leave out lines along the feed, and the pieces that lie on them."""
    turned = [_turn(stray) for stray in _drop_upright_streaks(strays)]
    return [_turn(stray) for stray in _drop_upright_streaks(turned)]


def _turn(region: Region) -> Region:
    return Region(region.y_mm, region.x_mm, region.height_mm, region.width_mm)


def _drop_upright_streaks(strays: Sequence[Region]) -> list[Region]:
    long = [s for s in strays if s.height_mm >= _STREAK_MM and _is_line(s)]
    return [s for s in strays if not (_is_line(s) and any(_lies_along(s, line) for line in long))]


def _is_line(stray: Region) -> bool:
    return stray.width_mm <= _STREAK_WIDTH_MM + _STREAK_TILT * stray.height_mm


def _lies_along(stray: Region, line: Region) -> bool:
    """Whether a piece continues a line that may lean as far as a page lies askew."""
    middle = stray.x_mm + stray.width_mm / 2
    gap = max(0.0, line.y_mm - stray.bottom_mm, stray.y_mm - line.bottom_mm)
    slack = _STREAK_WIDTH_MM + _STREAK_TILT * gap
    return line.x_mm - slack <= middle <= line.right_mm + slack
