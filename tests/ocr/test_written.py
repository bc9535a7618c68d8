"""The state of a row of cells, from the classes of its cells alone."""

import numpy as np
import pytest

from ocr.written import WrittenState, judge_row

CHARACTER, BLANK, STRUCK, OVERWRITTEN = range(4)


def see(*cells: tuple[float, float, float, float]) -> np.ndarray:
    """Rows of a character's, blank's, struck's and overwritten's probability."""
    return np.array(cells, np.float32)


CLEAR = (0.998, 0.001, 0.0005, 0.0005)
BARE = (0.001, 0.998, 0.0005, 0.0005)
CROSSED = (0.001, 0.001, 0.996, 0.002)
LIKELY_CROSSED = (0.25, 0.01, 0.7, 0.04)
SMUDGED = (0.3, 0.0, 0.3, 0.4)
CHANGED = (0.002, 0.001, 0.002, 0.995)


@pytest.mark.parametrize(
    "row",
    [
        [CROSSED] * 4,
        [LIKELY_CROSSED] * 11,
        [*[CROSSED] * 6, SMUDGED, SMUDGED, *[LIKELY_CROSSED] * 3],
        [CROSSED, LIKELY_CROSSED],
        [*[CROSSED] * 5, CLEAR, *[BARE] * 3],
    ],
    ids=["sure", "many likely", "smudged", "one X over two", "a long X misses one"],
)
def test_cells_that_are_each_a_little_unsure_make_a_row_that_is_surely_crossed_out(row):
    judged = judge_row(see(*row))
    assert judged.state is WrittenState.STRUCK
    assert judged.confidence > 0.75


@pytest.mark.parametrize(
    "row",
    [
        [CLEAR, CHANGED, CLEAR, CLEAR],
        [CLEAR, CROSSED, CLEAR, CLEAR],
        [*[CLEAR] * 7, CROSSED, CROSSED, CLEAR, CLEAR],
        [CHANGED, BARE, BARE],
        [CROSSED, CROSSED, CLEAR],
        [CLEAR, CROSSED, CROSSED, BARE, BARE],
    ],
    ids=["overwritten", "one crossed", "two crossed", "alone", "most crossed", "all but the first"],
)
def test_a_part_that_was_changed_is_told_from_a_row_crossed_out(row):
    assert judge_row(see(*row)).state is WrittenState.OVERWRITTEN


def test_a_row_of_clear_characters_is_read_and_one_without_any_is_empty():
    assert judge_row(see(CLEAR, CLEAR, BARE)).state is WrittenState.READ
    assert judge_row(see(BARE, BARE)).state is WrittenState.EMPTY


def test_the_confidence_of_a_spoilt_row_is_a_probability():
    for row in ([SMUDGED], [SMUDGED, CLEAR], [LIKELY_CROSSED, CLEAR]):
        assert 0 <= judge_row(see(*row)).confidence <= 1
