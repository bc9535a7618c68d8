"""Correction fluid takes the printed borders of cells with the ink."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from form_templates.model import FieldSpec, Region
from ocr.covered_borders import lack_borders
from ocr.frame import PX_PER_MM, Grey
from ocr.row_borders import cut_borders
from ocr.written import WrittenState
from tests.ocr.test_straddling import DATE, NUMBER, PERSON, lay, read, reference, write

NO_SHIFTS = [0.0] * len(NUMBER)


def paint(picture: Grey, cell: Region, share: float = 1.2) -> Grey:
    """A dab over the middle of a cell, so many cells wide."""
    middle = cell.x_mm + cell.width_mm / 2, cell.y_mm + cell.height_mm / 2
    at = tuple(round(v * PX_PER_MM) for v in middle)
    half = share * cell.width_mm / 2, cell.height_mm * 0.55
    axes = tuple(round(v * PX_PER_MM) for v in half)
    cv2.ellipse(picture, at, axes, 0, 0, 360, 255, -1)
    return picture


def lacks(spec: FieldSpec, picture: Grey) -> bool:
    (borders,) = cut_borders(lay(picture).page.grey, [spec.cells])
    return lack_borders(borders) == [0]


@pytest.mark.parametrize("cell", [0, 5, 10])
def test_a_number_with_a_painted_digit_is_doubted(cell: int) -> None:
    seen = read(PERSON, paint(write(PERSON, NUMBER, NO_SHIFTS), PERSON.cells[cell]))
    assert seen.doubtful and seen.hides_more


def scribble(picture: Grey, row: Sequence[Region]) -> Grey:
    """A pen to and fro over a whole row."""
    left, top, bottom = (v * PX_PER_MM for v in (row[0].x_mm, row[0].y_mm, row[0].bottom_mm))
    across = np.arange(left, row[-1].right_mm * PX_PER_MM, 6)
    points = [(x, bottom - 4 if number % 2 else top + 4) for number, x in enumerate(across)]
    cv2.polylines(picture, [np.array(points, np.int32)], False, 60, 4, cv2.LINE_AA)
    return picture


def test_a_row_that_was_scribbled_over_is_crossed_out_whatever_became_of_its_borders() -> None:
    scribbled = scribble(write(PERSON, NUMBER, NO_SHIFTS), PERSON.cells)
    picture = paint(scribbled, PERSON.cells[5])
    seen = read(PERSON, picture)
    assert lacks(PERSON, picture)
    assert seen.row.written is WrittenState.STRUCK and not seen.doubtful


def test_a_row_that_was_written_over_and_painted_is_doubted() -> None:
    changed = np.minimum(*(write(PERSON, text, NO_SHIFTS) for text in (NUMBER, "31417926538")))
    assert read(PERSON, changed).row.written is WrittenState.OVERWRITTEN
    assert not read(PERSON, changed).doubtful
    assert read(PERSON, paint(changed, PERSON.cells[9])).doubtful


def test_an_empty_row_that_was_painted_is_not_surely_empty() -> None:
    assert read(DATE, paint(reference().blank.copy(), DATE.cells[2])).doubtful


def test_whole_borders_lack_nothing_whatever_is_written_over_them() -> None:
    assert not lacks(PERSON, reference().blank.copy())
    for shift in (0.0, 0.25, -0.4):
        assert not lacks(PERSON, write(PERSON, NUMBER, [shift] * len(NUMBER), 120))


def test_a_speck_of_white_on_a_border_is_no_paint() -> None:
    picture = reference().blank.copy()
    x, y = (round(v * PX_PER_MM) for v in (PERSON.cells[4].x_mm, PERSON.cells[4].y_mm + 3))
    picture[y : y + 4, x - 4 : x + 4] = 255
    assert not lacks(PERSON, picture)


def test_a_scan_without_any_thin_lines_says_nothing_of_one() -> None:
    picture = reference().blank.copy()
    rng = np.random.default_rng(3)
    for cell in PERSON.cells:
        for y in range(round(cell.y_mm * PX_PER_MM), round(cell.bottom_mm * PX_PER_MM), 8):
            x = round(cell.x_mm * PX_PER_MM)
            if rng.random() < 0.5:
                picture[y : y + 8, x - 5 : x + 6] = 255
    assert not lacks(PERSON, picture)


@pytest.mark.filterwarnings("error")
def test_a_black_and_white_scan_of_bare_rows_with_a_stroke_over_one_border_lacks_none() -> None:
    picture = np.full_like(reference().blank, 255)
    x, y = (round(v * PX_PER_MM) for v in (PERSON.cells[4].x_mm, PERSON.cells[4].y_mm + 3))
    picture[y : y + 8, x - 2 : x + 2] = 0
    (borders,) = cut_borders(picture, [PERSON.cells])
    assert not lack_borders(borders)


def test_cells_that_stand_in_no_row_have_no_borders_to_compare() -> None:
    grey = lay(reference().blank).page.grey
    apart = [PERSON.cells[0], PERSON.cells[0].moved(0.0, 20.0)]
    assert cut_borders(grey, [PERSON.cells[:1], apart]) == []


def test_rows_of_one_page_are_told_apart() -> None:
    picture = paint(reference().blank.copy(), DATE.cells[2])
    rows = [PERSON.cells, DATE.cells, PERSON.correction_cells]
    found = [lack_borders(borders) for borders in cut_borders(lay(picture).page.grey, rows)]
    assert sorted(row for some in found for row in some) == [1]
