"""What the pen did to a question beyond its marks sends it to a person."""

import cv2
import numpy as np
import pytest

from form_templates.model import FieldSpec
from ocr.darkened_codes import find_darkened
from ocr.marks import QuestionMarks, prepare_view
from ocr.page_fields import read_fields
from ocr.readings import FieldReading, FieldState, MarkReading, MarkState, Quality
from ocr.struck_circles import has_stroke_inside
from ocr.unexplained_ink import has_unexplained_ink
from tests.ocr.test_strays import FIELDS, REFERENCE, inked

GOOD = Quality(200.0, 0.0, 0.2, 0.9, 4)
QUESTION = FIELDS["A10"]


def draw_ring(size_mm: float = 3.0) -> np.ndarray:
    """The page with a ring midway between the first two codes."""
    picture = REFERENCE.blank.copy()
    first, second = (QUESTION.options[i].region for i in (0, 1))
    x = (first.x_mm + first.right_mm + second.x_mm + second.right_mm) / 4
    y = (first.y_mm + first.bottom_mm + second.y_mm + second.bottom_mm) / 4
    at, size = (round(x * 8), round(y * 8)), (round(size_mm * 8),) * 2
    cv2.ellipse(picture, at, size, 0, 0, 360, 50, 4, cv2.LINE_AA)
    return picture


def read(picture: np.ndarray) -> FieldReading:
    return next(r for r in read_fields(inked(picture), GOOD) if r.id == QUESTION.id)


def test_a_question_without_ink_is_empty() -> None:
    seen = read(REFERENCE.blank)
    assert (seen.state, seen.review) == (FieldState.EMPTY, False)


@pytest.mark.parametrize("size_mm", [2.6, 3.4])
def test_a_ring_between_two_codes_is_no_empty_answer(size_mm: float) -> None:
    picture = draw_ring(size_mm)
    assert read(picture).review


def test_a_question_that_the_network_calls_blank_over_strokes_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def see_nothing(view: object, regions: list[object], touched: object) -> np.ndarray:
        return np.tile(np.array([1, 0, 0, 0, 0], np.float32), (len(regions), 1))

    monkeypatch.setattr("ocr.page_fields.classify_marks", see_nothing)
    assert read(draw_ring()).review
    assert not read(REFERENCE.blank).review


def circle(
    picture: np.ndarray,
    index: int,
    radii_mm: tuple[float, float],
    spec: FieldSpec = QUESTION,
    grey: int = 50,
) -> None:
    drawn = np.full_like(picture, 255)
    at, size = find_middle(index, spec), to_px(*radii_mm)
    cv2.ellipse(drawn, at, size, 0, 0, 360, grey, 4, cv2.LINE_AA)
    np.minimum(picture, drawn, out=picture)  # a pen makes no print lighter


def find_middle(index: int, spec: FieldSpec = QUESTION) -> tuple[int, int]:
    place = spec.options[index].region
    return to_px(place.x_mm + place.width_mm / 2, place.y_mm + place.height_mm / 2)


def to_px(x_mm: float, y_mm: float) -> tuple[int, int]:
    return round(x_mm * 8), round(y_mm * 8)


def strike(picture: np.ndarray, index: int, across_mm: float, down_mm: float) -> None:
    """One line through the middle of a code."""
    x, y = find_middle(index)
    dx, dy = to_px(across_mm / 2, down_mm / 2)
    cv2.line(picture, (x - dx, y - dy), (x + dx, y + dy), 50, 3, cv2.LINE_AA)


RADII = [(3.5, 3.0), (5.0, 3.2), (5.2, 5.0)]


@pytest.mark.parametrize("radii_mm", RADII)
def test_a_circle_leaves_its_inside_clean(radii_mm: tuple[float, float]) -> None:
    picture = REFERENCE.blank.copy()
    circle(picture, 1, radii_mm)
    place = QUESTION.options[1].region
    assert not has_stroke_inside(inked(picture).half, place)
    assert not has_stroke_inside(inked(REFERENCE.blank).half, place)


@pytest.mark.parametrize("radii_mm", RADII)
@pytest.mark.parametrize("line_mm", [(5.0, 0.5), (4.0, 3.0)])
def test_a_line_through_a_circled_code_is_no_answer(
    radii_mm: tuple[float, float], line_mm: tuple[float, float]
) -> None:
    picture = REFERENCE.blank.copy()
    circle(picture, 1, radii_mm)
    strike(picture, 1, *line_mm)
    assert has_stroke_inside(inked(picture).half, QUESTION.options[1].region)
    assert read(picture).review


@pytest.mark.parametrize(("grey", "found"), [(150, True), (190, True), (None, False)])
def test_a_pale_circle_on_the_print_of_a_code_darkens_it(grey: int | None, found: bool) -> None:
    picture = REFERENCE.blank.copy()
    if grey is not None:
        circle(picture, 1, (1.0, 1.2), grey=grey)
    view = prepare_view(inked(picture).page.grey, REFERENCE.ready.half)
    places = [option.region for spec in (QUESTION, FIELDS["A7"]) for option in spec.options]
    nowhere = np.zeros(len(places), np.bool_)
    darkened = find_darkened(view.drawn, view.printed, places, nowhere)
    assert list(np.flatnonzero(darkened)) == ([1] if found else [])


@pytest.mark.parametrize(("grey", "doubted"), [(232, True), (120, False)])
def test_a_circle_that_shines_through_beside_a_real_one_is_no_answer(
    grey: int, doubted: bool
) -> None:
    several = FIELDS["A7"]
    picture = REFERENCE.blank.copy()
    circle(picture, 1, (3.5, 3.0), several, 50)
    circle(picture, 4, (3.5, 3.0), several, grey)
    marks = tuple(
        MarkReading(o.code, MarkState.CIRCLED if i in (1, 4) else MarkState.BLANK, 1.0)
        for i, o in enumerate(several.options)
    )
    seen = QuestionMarks(marks, confidence=1.0, doubtful=False)
    assert has_unexplained_ink(inked(picture), several, seen) is doubted
