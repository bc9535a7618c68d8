"""A 1 upon a printed border, which no cell shows."""

import cv2
import numpy as np
import pytest

from ocr.cell_rows import read_rows
from ocr.frame import PX_PER_MM, Grey
from ocr.hidden_strokes import hide_strokes
from ocr.row_borders import cut_borders
from ocr.written import WrittenState
from tests.ocr.test_straddling import DATE, PERSON, lay, read, reference, write

CELLS = len(PERSON.cells)


def draw_on_border(picture: Grey, border: int, grey: int = 90, length_mm: float = 4.6) -> Grey:
    """An upright stroke along the border before a cell."""
    cell = PERSON.cells[border]
    x = round(cell.x_mm * PX_PER_MM)
    top = round((cell.y_mm + 1.2) * PX_PER_MM)
    cv2.line(picture, (x, top), (x, top + round(length_mm * PX_PER_MM)), grey, 4, cv2.LINE_AA)
    return picture


@pytest.mark.parametrize("border", [0, 1, 5, 10])
def test_a_row_with_a_stroke_on_a_border_alone_is_not_surely_empty(border: int) -> None:
    seen = read(PERSON, draw_on_border(reference().blank.copy(), border))
    assert (seen.row.written, seen.doubtful) == (WrittenState.EMPTY, True)


def test_an_empty_row_is_empty() -> None:
    inked = lay(reference().blank)
    for spec in (PERSON, DATE):
        (seen,) = read_rows(inked, [(spec, spec.cells)])
        assert (seen.row.written, seen.doubtful) == (WrittenState.EMPTY, False)


def find(picture: Grey, touched: list[int]) -> bool:
    shown = np.isin(np.arange(CELLS), touched)
    (borders,) = cut_borders(lay(picture).page.grey, [PERSON.cells])
    return hide_strokes(borders, [PERSON.cells], [shown]) == [0]


def test_a_number_may_begin_with_a_stroke_on_a_border() -> None:
    picture = write(PERSON, " " * 4 + "3141592", [0.0] * CELLS)
    assert not find(picture.copy(), [4, 5, 6, 7, 8, 9, 10])
    assert find(draw_on_border(picture, 3), [4, 5, 6, 7, 8, 9, 10])


def test_what_a_cell_beside_the_border_shows_is_not_hidden() -> None:
    picture = draw_on_border(reference().blank.copy(), 5)
    assert find(picture, [])
    assert not find(picture, [4])
    assert not find(picture, [5])


def test_a_short_stroke_across_a_border_is_none_along_it() -> None:
    assert not find(draw_on_border(reference().blank.copy(), 5, length_mm=1.2), [])


def test_a_shade_over_some_borders_is_no_stroke() -> None:
    picture = reference().blank.copy()
    x = round(PERSON.cells[5].x_mm * PX_PER_MM)
    picture[:, x - 40 : x + 40] = (picture[:, x - 40 : x + 40] * 0.8).astype(np.uint8)
    assert not find(picture, [])
