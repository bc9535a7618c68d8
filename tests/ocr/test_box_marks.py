import numpy as np
import pytest

from ocr.box_marks import BoxInk, judge_box, judge_rings
from ocr.readings import MarkState

EMPTY = list(np.random.default_rng(3).normal(0.05, 0.03, 60))


def name_rings(*darker: float) -> list[MarkState]:
    """The states of rings on a page with many empty ones."""
    return [mark.state for mark in judge_rings(np.array([*EMPTY, *darker]))[len(EMPTY) :]]


def test_the_pages_own_filled_rings_say_what_filled_is() -> None:
    pencil, pen = (0.36, 0.38, 0.4), (0.8, 0.82, 0.78)
    assert name_rings(*pencil, 0.3) == [MarkState.BUBBLED] * 4
    assert name_rings(*pen, 0.3) == [MarkState.BUBBLED] * 3 + [MarkState.UNCLEAR]


@pytest.mark.parametrize("darker", [0.21, 0.25])
def test_a_ring_between_empty_and_filled_is_unclear(darker: float) -> None:
    assert name_rings(0.5, 0.52, 0.51, darker)[3] is MarkState.UNCLEAR


def test_a_speck_on_an_empty_page_is_no_answer() -> None:
    assert MarkState.BUBBLED not in name_rings(0.17)


def test_a_page_of_empty_rings_has_no_answer() -> None:
    assert {mark.state for mark in judge_rings(np.array(EMPTY))} == {MarkState.BLANK}


CROSS = BoxInk(covered=0.25, span=0.9, solid=0.04)
TICK = BoxInk(covered=0.12, span=0.7, solid=0.0)
SCRIBBLE = BoxInk(covered=0.8, span=1.0, solid=0.7)


@pytest.mark.parametrize("strokes", [CROSS, TICK])
def test_a_cross_and_a_tick_are_answers(strokes: BoxInk) -> None:
    assert judge_box(strokes, scribble_cancels=False).state is MarkState.CHECKED


def test_a_scribble_takes_back_only_where_the_form_says_so() -> None:
    assert judge_box(SCRIBBLE, scribble_cancels=True).state is MarkState.CROSSED_OUT
    assert judge_box(SCRIBBLE, scribble_cancels=False).state is MarkState.UNCLEAR


@pytest.mark.parametrize(
    "strokes",
    [
        BoxInk(covered=0.03, span=0.2, solid=0.0),
        BoxInk(covered=0.1, span=0.3, solid=0.0),
        BoxInk(covered=0.4, span=1.0, solid=0.28),
    ],
    ids=["a dot", "a short stroke", "strokes that nearly fill the box"],
)
def test_what_is_neither_cross_nor_scribble_is_unclear(strokes: BoxInk) -> None:
    assert judge_box(strokes, scribble_cancels=True).state is MarkState.UNCLEAR


def test_dust_in_a_box_is_nothing() -> None:
    assert judge_box(BoxInk(0.004, 0.1, 0.0), scribble_cancels=True).state is MarkState.BLANK
