"""Pages of marked codes with the truth of every code, judged by where the ink went."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from form_templates.model import MARK_KINDS, Cardinality, FieldSpec, Option, Region, TemplatePage
from ocr.marks import OTHER
from ocr.models.training.sheets import (
    BLANK,
    CIRCLED,
    CROSSED,
    SHAPES,
    UNCLEAR,
    Sheet,
    States,
    circle_and_cross,
    circle_code,
    cross_code,
    find_near,
    join_points,
)
from ocr.simulation.circles import circle_several, draw_circle
from ocr.simulation.crosses import draw_cross, slash, strike_row
from ocr.simulation.hand import Hand
from ocr.simulation.letters import write_text
from ocr.simulation.pen import Pen, Picture
from ocr.simulation.places import centre_of, radius_around
from ocr.simulation.signatures import sign_in_short
from ocr.simulation.strays import arrow, dot, scribble, stray, tick, underline
from ocr.simulation.strokes import STEP_MM, Stroke

Truth = dict[tuple[str, str], str | None]
"""(Field id, code) -> class; None where even a person could not say."""

_SCENES = {
    "answer": 0.31,
    "nothing": 0.08,
    "correction": 0.18,
    "cross_alone": 0.04,
    "cross_circled": 0.05,
    "two_answers": 0.02,
    "circled_again": 0.05,
    "cross_on_two": 0.05,
    "scribble": 0.03,
    "other": 0.12,
    "struck": 0.05,
    "word": 0.02,
}

_TOGETHER = 0.4
"""How often what is neither a circle nor an X hits two codes at once."""
_COVERED_MM = 1.4
"""A line or a word with less of it inside a circle may have slipped there: nobody could say."""
_WORD_MM = (9.0, 5.0)
_LETTERS = [chr(0x10D0 + n) for n in range(33)]


def mark_page(
    picture: Picture,
    page: TemplatePage,
    hand: Hand,
    pen: Pen,
    rng: np.random.Generator,
    px_per_mm: float,
) -> Truth:
    """Answer every marked question of a page at random, drawing on the picture."""
    sheet = Sheet(picture, hand, pen, rng, px_per_mm)
    truth: Truth = {}
    for field in page.fields:
        if field.kind in MARK_KINDS:
            scene = str(rng.choice(list(_SCENES), p=list(_SCENES.values())))
            states = _play(sheet, field, scene)
            truth |= {(field.id, code): state for code, state in states.items()}
            if rng.random() < 0.15:
                _slip(sheet, field, states, truth)
            if scene not in ("answer", "nothing") and field.correction_signatures:
                for region in field.correction_signatures.values():
                    if rng.random() < 0.8:
                        sheet.draw(sign_in_short(hand, region, rng))
    return truth


def _play(sheet: Sheet, field: FieldSpec, scene: str) -> States:
    """Draw one scene on one question; returns the state of each code."""
    options = [field.options[i] for i in sheet.rng.permutation(len(field.options))]
    states: States = {o.code: BLANK for o in options}
    if scene != "nothing":
        _DRAWN[scene](sheet, field, options, states)
    return states


def _answer(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    count = int(sheet.rng.integers(1, 4)) if field.cardinality is Cardinality.MANY else 1
    for option in options[:count]:
        circle_code(sheet, field, option, states)


def _correct(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    for option in options[1 : 1 + int(sheet.rng.integers(1, 3))]:
        circle_and_cross(sheet, option, states)
    circle_code(sheet, field, options[0], states)


def _cross_circled(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    for option in options[: int(sheet.rng.integers(1, 3))]:
        circle_and_cross(sheet, option, states)


def _cross_alone(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    cross_code(sheet, options[0].region)
    states[options[0].code] = CROSSED
    if sheet.rng.random() < 0.5:
        circle_code(sheet, field, options[1], states)


def _strike(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    """A circle of any kind with one line through it: taken back, or a slip of the pen."""
    region = options[0].region
    ring = draw_circle(sheet.hand, region, sheet.rng, str(sheet.rng.choice(SHAPES)))
    line = slash(sheet.hand, region, sheet.rng)
    _lay_over_circle(sheet, options, states, ring, line)
    if len(options) > 1 and sheet.rng.random() < 0.3:
        circle_code(sheet, field, options[1], states)


def _write_over(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    """A circle, and a word written over it or over its edge."""
    region, (width, height) = options[0].region, _WORD_MM
    ring = draw_circle(sheet.hand, region, sheet.rng)
    x, y = centre_of(region) + sheet.rng.normal(0, 0.8, 2) * radius_around(region)
    room = Region(float(x) - width * sheet.rng.random(), float(y) - height / 2, width, height)
    letters = "".join(sheet.rng.choice(_LETTERS, int(sheet.rng.integers(2, 6))))
    _lay_over_circle(sheet, options, states, ring, write_text(sheet.hand, letters, room, sheet.rng))


def _lay_over_circle(
    sheet: Sheet,
    options: Sequence[Option],
    states: States,
    ring: Sequence[Stroke],
    ink: Sequence[Stroke],
) -> None:
    """Draw a circle around the first code and other ink; what is said depends on where that is."""
    sheet.draw(ring)
    sheet.draw(ink)
    hull = np.asarray(cv2.convexHull(join_points(ring)), np.float32)
    within = [cv2.pointPolygonTest(hull, (float(x), float(y)), True) for x, y in join_points(ink)]
    length = STEP_MM * sum(depth > sheet.pen.width_mm for depth in within)
    states[options[0].code] = OTHER if length > _COVERED_MM else None
    for neighbour in options[1:]:
        gap = np.hypot(*(join_points((*ring, *ink)) - centre_of(neighbour.region)).T).min()
        if gap < radius_around(neighbour.region):
            states[neighbour.code] = None


def _answer_twice(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    for option in options[:2]:
        circle_code(sheet, field, option, states)


def _circle_again(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    """Circled, crossed, and circled once more: nobody can say what was meant."""
    option = options[0]
    circle_and_cross(sheet, option, states)
    wider = option.region.grown(float(sheet.rng.uniform(0.2, 2.2)))
    if sheet.rng.random() < 0.3:
        sheet.draw(draw_circle(sheet.hand, option.region, sheet.rng, "double"))
    else:
        sheet.draw(draw_circle(sheet.hand, wider, sheet.rng, "lapped"))
    states[option.code] = UNCLEAR


def _cross_two(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    """One X between two codes, over both."""
    a = options[0]
    b = find_near(options)
    if b is None:
        return
    if sheet.rng.random() < 0.7:
        sheet.draw(
            draw_circle(sheet.hand, (a if sheet.rng.random() < 0.6 else b).region, sheet.rng)
        )
    share = float(sheet.rng.uniform(0.4, 0.6))
    between = a.region.moved(
        (b.region.x_mm - a.region.x_mm) * share, (b.region.y_mm - a.region.y_mm) * share
    )
    wide = abs(b.region.x_mm - a.region.x_mm) * float(sheet.rng.uniform(0.5, 0.9))
    tall = abs(b.region.y_mm - a.region.y_mm) * float(sheet.rng.uniform(0.5, 0.9))
    place = Region(
        between.x_mm - wide / 2,
        between.y_mm - tall / 2,
        between.width_mm + wide,
        between.height_mm + tall,
    )
    sheet.draw(draw_cross(sheet.hand, place, sheet.rng, "large"))
    states[a.code] = states[b.code] = UNCLEAR


def _scribble(sheet: Sheet, field: FieldSpec, chosen: list[Option], states: States) -> None:
    if sheet.rng.random() < 0.6:
        sheet.draw(draw_circle(sheet.hand, chosen[0].region, sheet.rng))
    sheet.draw(scribble(sheet.hand, chosen[0].region, sheet.rng))
    states[chosen[0].code] = UNCLEAR
    if len(chosen) > 1 and sheet.rng.random() < 0.5:
        circle_code(sheet, field, chosen[1], states)


def _mark_otherwise(sheet: Sheet, field: FieldSpec, options: list[Option], states: States) -> None:
    """Ink on a code that is neither a circle nor an X."""
    option, near = options[0], find_near(options)
    if near is not None and sheet.rng.random() < _TOGETHER:
        _mark_together(sheet, option, near, states)
        return
    draw = (tick, underline, slash, slash, dot)[int(sheet.rng.integers(5))]
    if draw is not tick and draw is not underline and sheet.rng.random() < 0.5:
        sheet.draw(draw_circle(sheet.hand, option.region, sheet.rng, "round"))
        states[option.code] = OTHER if draw is slash else CIRCLED
    else:
        states[option.code] = OTHER if draw is not dot else None
    sheet.draw(draw(sheet.hand, option.region, sheet.rng))


def _mark_together(sheet: Sheet, a: Option, b: Option, states: States) -> None:
    """What joins two codes: an arrow to the second, one line through both, one ring around both."""
    regions = (a.region, b.region)
    if sheet.rng.random() < 0.6:
        sheet.draw(draw_circle(sheet.hand, a.region, sheet.rng, "round"))
        states[a.code] = CIRCLED
    kind = int(sheet.rng.integers(3))
    if kind == 0:
        sheet.draw(arrow(sheet.hand, regions, sheet.rng))
        states[a.code] = states[a.code] if states[a.code] == CIRCLED else None
        states[b.code] = OTHER
    elif kind == 1:
        sheet.draw(strike_row(sheet.hand, regions, sheet.rng))
        states[a.code] = states[b.code] = OTHER
    else:
        sheet.draw(circle_several(sheet.hand, regions, sheet.rng))
        states[a.code] = states[b.code] = UNCLEAR


_DRAWN: dict[str, Callable[[Sheet, FieldSpec, list[Option], States], None]] = {
    "answer": _answer,
    "correction": _correct,
    "cross_alone": _cross_alone,
    "cross_circled": _cross_circled,
    "two_answers": _answer_twice,
    "circled_again": _circle_again,
    "cross_on_two": _cross_two,
    "scribble": _scribble,
    "other": _mark_otherwise,
    "struck": _strike,
    "word": _write_over,
}


def _slip(sheet: Sheet, field: FieldSpec, states: dict[str, str | None], truth: Truth) -> None:
    """A slip of the pen near a code that is left alone; close ones have no certain truth."""
    free = [o for o in field.options if states[o.code] == BLANK]
    if not free:
        return
    option = free[int(sheet.rng.integers(len(free)))]
    strokes = stray(sheet.hand, option.region, sheet.rng)
    sheet.draw(strokes)
    points = np.vstack([s.points_mm for s in strokes])
    for other in field.options:
        middle = (
            other.region.x_mm + other.region.width_mm / 2,
            other.region.y_mm + other.region.height_mm / 2,
        )
        gap = float(np.hypot(*(points - middle).T).min())
        if gap < 0.8 * radius_around(other.region) and states[other.code] == BLANK:
            truth[(field.id, other.code)] = None if gap > 1.0 else OTHER
