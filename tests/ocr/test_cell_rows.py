import cv2
import pytest

from form_templates import catalog
from ocr.cell_rows import RowReading, read_rows
from ocr.cells import load_network
from ocr.frame import PX_PER_MM, RegisteredPage
from ocr.ink import separate_ink
from ocr.inked_page import InkedPage
from ocr.references import ReferenceShelf
from ocr.registration import register_page
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
    inked = InkedPage(page, REFERENCE, separate_ink(page.grey, REFERENCE.blank))
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
