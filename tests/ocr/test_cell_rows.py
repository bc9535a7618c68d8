from dataclasses import replace

import cv2
import pytest

from form_templates import catalog
from ocr.cell_rows import RowReading, read_rows
from ocr.cells import load_network
from ocr.frame import PX_PER_MM, RegisteredPage
from ocr.inked_page import find_ink
from ocr.page_sizes import shrink_page
from ocr.references import ReferenceShelf
from ocr.registration import register_page
from ocr.thresholds import AcceptLimits
from ocr.written import WrittenState

REFERENCE = ReferenceShelf().find(catalog.load("application"), 1, 1)
FIELD = next(f for f in REFERENCE.page.fields if f.id == "applicant_birth_date")


def read_with_traces(cells: int) -> RowReading:
    """The row with a pale stroke at the edge of so many cells, which reads as nothing."""
    picture = REFERENCE.blank.copy()
    for cell in FIELD.cells[:cells]:
        x = round((cell.x_mm + cell.width_mm / 2 - 2) * PX_PER_MM)
        y = round((cell.y_mm + cell.height_mm / 2) * PX_PER_MM)
        cv2.line(picture, (x, y - 18), (x, y + 18), 225, 2)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    inked = find_ink(page, REFERENCE, shrink_page(page.grey))
    (seen,) = read_rows(inked, [(FIELD, FIELD.cells)])
    return seen


@pytest.mark.parametrize("cells", [0, 1])
def test_a_row_with_hardly_any_ink_is_empty(cells: int) -> None:
    seen = read_with_traces(cells)
    assert (seen.row.written, seen.doubtful) == (WrittenState.EMPTY, False)


@pytest.mark.parametrize("cells", [2, 4])
def test_a_row_that_says_nothing_with_ink_in_several_cells_is_doubted(cells: int) -> None:
    seen = read_with_traces(cells)
    assert seen.confidence > load_network("digits").accept_above
    assert (seen.row.written, seen.doubtful) == (WrittenState.EMPTY, True)


def read_typed(id_: str, digits: str, limits: AcceptLimits) -> RowReading:
    """A row with a digit drawn in each cell."""
    field = next(f for f in REFERENCE.page.fields if f.id == id_)
    picture = REFERENCE.blank.copy()
    for cell, digit in zip(field.cells, digits, strict=True):
        x, y = round((cell.x_mm + 1.4) * PX_PER_MM), round((cell.bottom_mm - 1.5) * PX_PER_MM)
        cv2.putText(picture, digit, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 30, 3, cv2.LINE_AA)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    inked = find_ink(page, REFERENCE, shrink_page(page.grey))
    (seen,) = read_rows(inked, [(field, field.cells)], limits)
    return seen


def test_a_pale_stroke_in_a_row_of_darker_ones_is_a_digit_all_the_same() -> None:
    """Else 116 would be 16."""
    field = next(f for f in REFERENCE.page.fields if f.id == "applicant_personal_number")
    picture = REFERENCE.blank.copy()
    for cell, shade in zip(field.cells, [225, *[30] * 10], strict=True):
        x, y = round((cell.x_mm + cell.width_mm / 2) * PX_PER_MM), round(cell.y_mm * PX_PER_MM)
        cv2.line(picture, (x + 3, y + 14), (x - 3, y + 44), shade, 3, cv2.LINE_AA)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    inked = find_ink(page, REFERENCE, shrink_page(page.grey))
    (seen,) = read_rows(inked, [(field, field.cells)])
    assert seen.row.text == "1" * 11
    assert not inked.has_ink(field.cells[0].grown(-0.5))
    assert inked.has_faint_ink(field.cells[0].grown(-0.5), 0.4)


@pytest.mark.parametrize("rows", [12, 18, 24])
def test_a_hairline_is_little_ink_and_may_be_a_digit(rows: int) -> None:
    cell = FIELD.cells[0]
    picture = REFERENCE.blank.copy()
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    inked = find_ink(page, REFERENCE, shrink_page(page.grey))
    ink = inked.ink.copy()
    x, y = round((cell.x_mm + 2) * PX_PER_MM), round((cell.y_mm + 2) * PX_PER_MM)
    ink[y : y + rows, x] = 120
    thin = replace(inked, ink=ink)
    assert thin.has_faint_ink(cell, 0.4) or not thin.has_ink(cell)


def test_no_register_makes_a_personal_number_surer_than_its_ink() -> None:
    number = "01024035867"
    plain, known, unknown, strange = (
        read_typed("applicant_personal_number", number, AcceptLimits(known=numbers))
        for numbers in (None, {number}, {"99999999999"}, {"01024035861"})
    )
    assert plain.row.text == known.row.text == strange.row.text == number
    assert unknown.confidence == pytest.approx(plain.confidence)
    assert known.confidence == plain.confidence
    assert strange.confidence < plain.confidence


def test_a_register_says_nothing_of_other_rows_of_digits() -> None:
    plain, asked = (
        read_typed("applicant_birth_date", "23051986", AcceptLimits(known=numbers))
        for numbers in (None, set[str]())
    )
    assert asked == plain
