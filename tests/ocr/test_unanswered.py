"""A question that looks unanswered is so only where no pen was at its codes."""

import cv2
import numpy as np
import pytest

from ocr.page_fields import _has_strokes, read_fields
from ocr.readings import FieldReading, FieldState, Quality
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
    assert not _has_strokes(inked(REFERENCE.blank), QUESTION)


@pytest.mark.parametrize("size_mm", [2.6, 3.4])
def test_a_ring_between_two_codes_is_no_empty_answer(size_mm: float) -> None:
    picture = draw_ring(size_mm)
    assert _has_strokes(inked(picture), QUESTION)
    assert read(picture).review


def test_a_question_that_the_network_calls_blank_over_strokes_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def see_nothing(view: object, regions: list[object], touched: object) -> np.ndarray:
        return np.tile(np.array([1, 0, 0, 0, 0], np.float32), (len(regions), 1))

    monkeypatch.setattr("ocr.page_fields.classify_marks", see_nothing)
    assert read(draw_ring()).review
    assert not read(REFERENCE.blank).review
