import cv2
import numpy as np
import pytest

from benchmarks.simulated import compare_readings, read_sides
from form_templates.model import Kind, Region
from ocr.box_marks import judge_box, judge_rings
from ocr.outline_ink import OutlineInk, settle_outline
from ocr.readings import MarkState
from ocr.simulation.document import invent_intents, prepare_paper, simulate_on
from tests.form_templates.drafts import ask, draft_questions

EMPTY = list(np.random.default_rng(3).normal(0.05, 0.03, 60))


def name_rings(*darker: float, among: list[float] = EMPTY) -> list[MarkState]:
    """The states of rings on a page with others."""
    inks = [OutlineInk(dark) for dark in (*among, *darker)]
    return [mark.state for mark in judge_rings(inks)[len(among) :]]


def test_the_pages_own_filled_rings_say_what_filled_is() -> None:
    pencil, pen = (0.36, 0.38, 0.4), (0.8, 0.82, 0.78)
    assert name_rings(*pencil, 0.3) == [MarkState.BUBBLED] * 4
    assert name_rings(*pen, 0.3) == [MarkState.BUBBLED] * 3 + [MarkState.UNCLEAR]


@pytest.mark.parametrize("darker", [0.22, 0.25])
def test_a_ring_between_empty_and_filled_is_unclear(darker: float) -> None:
    assert name_rings(0.5, 0.52, 0.51, darker)[3] is MarkState.UNCLEAR


def test_fills_that_are_all_pale_are_neither_taken_nor_overlooked() -> None:
    pale = [0.15, 0.18, 0.2] * 8
    among = list(np.random.default_rng(3).normal(0.08, 0.015, 300))
    assert set(name_rings(*pale, among=among)) == {MarkState.UNCLEAR}


def test_half_of_few_rings_may_be_filled() -> None:
    filled, blank = MarkState.BUBBLED, MarkState.BLANK
    assert name_rings(0.0, 0.5, 0.45, 0.01, among=[]) == [blank, filled, filled, blank]
    assert name_rings(0.3, 0.3, among=[]) == [filled, filled]


def test_a_speck_on_an_empty_page_is_no_answer() -> None:
    assert MarkState.BUBBLED not in name_rings(0.17)


def test_a_page_of_empty_rings_has_no_answer() -> None:
    assert {mark.state for mark in judge_rings([OutlineInk(d) for d in EMPTY])} == {MarkState.BLANK}


def test_a_ring_blackened_far_beyond_its_line_is_unclear() -> None:
    (mark,) = judge_rings([OutlineInk(0.6, beyond=0.2)])
    assert mark.state is MarkState.UNCLEAR


def test_a_tick_in_a_ring_is_unclear() -> None:
    (mark,) = judge_rings([OutlineInk(0.05, covered=0.1)])
    assert mark.state is MarkState.UNCLEAR


@pytest.mark.parametrize("kind", [Kind.CHECK, Kind.BUBBLE])
@pytest.mark.parametrize("seed", [0, 5, 7])
def test_few_answers_on_a_page_are_read_or_looked_at(kind: Kind, seed: int) -> None:
    template = draft_questions(ask("A1", kind), ask("A2", kind))
    paper = prepare_paper(template)
    for level in (1, 2):
        document = simulate_on(paper, invent_intents(paper, seed), level, seed)
        compared = compare_readings(document, read_sides(document, template))
        assert [c.truth.field for c in compared if c.silent_error] == []
        if seed == 5:
            assert all(c.right for c in compared)


def test_an_outline_beside_its_place_is_found() -> None:
    blank = np.full((200, 200), 255, np.uint8)
    cv2.rectangle(blank, (80, 80), (120, 120), 60, 2)
    place = Region(10, 10, 5, 5)
    assert settle_outline(np.roll(blank, (3, -4), (0, 1)), blank, place) == Region(
        9.5, 10.375, 5, 5
    )
    assert settle_outline(np.full_like(blank, 255), blank, place) == place


CROSS = OutlineInk(0.2, covered=0.25, span=0.9, solid=0.04, free=0.5)
TICK = OutlineInk(0.07, covered=0.12, span=0.7, free=0.6)
SCRIBBLE = OutlineInk(0.6, covered=0.8, span=1.0, solid=0.7, free=0.0)


@pytest.mark.parametrize("strokes", [CROSS, TICK])
def test_a_cross_and_a_tick_are_answers(strokes: OutlineInk) -> None:
    assert judge_box(strokes, scribble_cancels=False).state is MarkState.CHECKED


def test_a_scribble_takes_back_only_where_the_form_says_so() -> None:
    assert judge_box(SCRIBBLE, scribble_cancels=True).state is MarkState.CROSSED_OUT
    assert judge_box(SCRIBBLE, scribble_cancels=False).state is MarkState.UNCLEAR


@pytest.mark.parametrize(
    "strokes",
    [
        OutlineInk(0.02, covered=0.03, span=0.2, free=0.9),
        OutlineInk(0.05, covered=0.1, span=0.3, free=0.8),
        OutlineInk(0.02),
        OutlineInk(0.36, covered=0.24, span=0.95, solid=0.1, free=0.56),
        OutlineInk(0.3, covered=0.4, span=1.0, solid=0.28, free=0.1),
    ],
    ids=[
        "a dot",
        "a short stroke",
        "pale ink",
        "a pale scribble",
        "strokes that nearly fill the box",
    ],
)
def test_what_is_neither_cross_nor_scribble_is_unclear(strokes: OutlineInk) -> None:
    assert judge_box(strokes, scribble_cancels=True).state is MarkState.UNCLEAR


def test_dust_in_a_box_is_nothing() -> None:
    assert judge_box(OutlineInk(0.001, 0.004, 0.1), scribble_cancels=True).state is MarkState.BLANK
