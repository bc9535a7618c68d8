"""Rows whose characters stand across the borders of their cells."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import FieldSpec, Region
from ocr.cell_rows import RowReading, read_rows, weigh_looks
from ocr.cell_strip import Part, find_middle, is_row, lift_row, redraw_part
from ocr.cells import DIGIT_CLASSES, MARGIN_MM, classify_digits
from ocr.corrections import CellRow
from ocr.frame import PX_PER_MM, Grey, RegisteredPage
from ocr.inked_page import InkedPage, find_ink
from ocr.page_sizes import shrink_page
from ocr.references import Reference, ReferenceShelf
from ocr.registration import register_page
from ocr.straddling import find_parts, look_across_borders
from ocr.written import WrittenState

NUMBER = "31415926538"


@cache
def reference() -> Reference:
    return ReferenceShelf().find(catalog.load("application"), 1, 1)


def field(id_: str) -> FieldSpec:
    return next(f for f in reference().page.fields if f.id == id_)


PERSON, DATE = field("applicant_personal_number"), field("applicant_birth_date")


def drift(count: int, last: float) -> list[float]:
    return [float(share) for share in np.linspace(0.0, last, count)]


def write(spec: FieldSpec, text: str, shifts: Sequence[float], grey: int = 30) -> Grey:
    """The page with characters so many cells beside their own."""
    picture = reference().blank.copy()
    for cell, character, shift in zip(spec.cells, text, shifts, strict=True):
        x = cell.x_mm + (0.5 + shift) * cell.width_mm - 1.35
        at = round(x * PX_PER_MM), round((cell.bottom_mm - 1.7) * PX_PER_MM)
        if not character.isspace():
            font = cv2.FONT_HERSHEY_SIMPLEX
            cv2.putText(picture, character, at, font, 1.05, grey, 3, cv2.LINE_AA)
    return picture


def lay(picture: Grey) -> InkedPage:
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    return find_ink(page, reference(), shrink_page(page.grey))


def read(spec: FieldSpec, picture: Grey) -> RowReading:
    return read_rows(lay(picture), [(spec, spec.cells)])[0]


@pytest.mark.parametrize(
    "shifts",
    [[-0.4] * 11, [0.35] * 11, drift(11, -0.42), drift(11, -0.45)],
    ids=("left", "right", "drifting", "far"),
)
@pytest.mark.parametrize("grey", [30, 120])
def test_a_number_on_the_borders_of_its_cells_is_read_and_doubted(
    shifts: list[float], grey: int
) -> None:
    seen = read(PERSON, write(PERSON, NUMBER, shifts, grey))
    assert (seen.row.text, seen.doubtful) == (NUMBER, True)


def looks(text: str | None, confidence: float, doubtful: bool = True) -> RowReading:
    state = WrittenState.OVERWRITTEN if text is None else WrittenState.READ
    return RowReading(CellRow(state, text), confidence, doubtful, (("others", 0.1),))


def test_the_surer_look_counts_and_the_other_is_offered_beside_it() -> None:
    seen = weigh_looks(looks("12", 0.4), looks("34", 0.999, doubtful=False))
    assert seen == RowReading(CellRow(WrittenState.READ, "34"), 0.999, True, seen.candidates)
    assert seen.candidates == (("12", 0.4), ("others", 0.1))


@pytest.mark.parametrize("confidence", [0.3, 0.39])
def test_a_less_sure_look_across_the_borders_changes_nothing(confidence: float) -> None:
    first = looks("12", 0.4)
    assert weigh_looks(first, looks("34", confidence)) is first


def test_looks_that_agree_leave_the_doubt() -> None:
    first = looks("12", 0.4)
    assert weigh_looks(first, looks("12", 0.9999, doubtful=False)) is first


@pytest.mark.parametrize(("confidence", "taken"), [(0.89, False), (0.95, True)])
def test_a_row_that_looks_changed_is_taken_for_a_moved_one_only_where_that_is_plain(
    confidence: float, taken: bool
) -> None:
    first, across = looks(None, 0.99, doubtful=False), looks("34", confidence, doubtful=False)
    seen = weigh_looks(first, across)
    assert (seen.row.text, seen.doubtful) == (("34", True) if taken else (None, False))


def test_a_moved_row_that_looked_changed_is_known_for_one() -> None:
    across = looks("34", 0.999)
    assert weigh_looks(looks(None, 0.99), across).looked_changed
    assert not weigh_looks(looks("12", 0.4), across).looked_changed


def lay_cells(
    count: int, width: float = 5.2, height: float = 7.0, across: float = 0.0, down: float = 0.0
) -> list[Region]:
    """Cells of any size, each some mm to the right of the one before and below it."""
    first = PERSON.cells[0]
    return [
        Region(first.x_mm + n * (width + across), first.y_mm + n * down, width, height)
        for n in range(count)
    ]


def frame_cell(cell: Region) -> Region:
    """A crop of the usual size around a cell of any."""
    ours = PERSON.cells[0].grown(MARGIN_MM)
    return ours.moved(
        cell.x_mm + cell.width_mm / 2 - ours.x_mm - ours.width_mm / 2,
        cell.y_mm + cell.height_mm / 2 - ours.y_mm - ours.height_mm / 2,
    )


OTHERS_CELLS = {
    "wide": lay_cells(5, width=8.0),
    "narrow": lay_cells(8, width=1.5),
    "low": lay_cells(8, height=1.5),
    "two lines": [*lay_cells(6), *(cell.moved(0.0, 9.0) for cell in lay_cells(5))],
    "one below the other": lay_cells(4, across=-5.2, down=8.0),
    "from the right": lay_cells(6)[::-1],
    "uneven": [*lay_cells(1, width=15.0), *(cell.moved(15.0, 0.0) for cell in lay_cells(4))],
}


@pytest.mark.parametrize("cells", OTHERS_CELLS.values(), ids=OTHERS_CELLS)
def test_cells_of_forms_of_others_are_read_as_they_are(cells: list[Region]) -> None:
    inked = lay(write(PERSON, NUMBER, [0.4] * 11))
    unsure = {0: (cells, np.full((len(cells), len(DIGIT_CLASSES)), 0.1, np.float32))}
    assert look_across_borders(inked, unsure, frame_cell, classify_digits) == {}


@pytest.mark.parametrize("width", [3.0, 5.2, 6.4])
@pytest.mark.parametrize("height", [5.0, 7.0, 12.0])
def test_cells_about_as_large_as_ours_are_looked_at(width: float, height: float) -> None:
    cells = lay_cells(8, width, height)
    inked = lay(write(PERSON, NUMBER, [0.4] * 11))
    unsure = {0: (cells, np.full((len(cells), len(DIGIT_CLASSES)), 0.1, np.float32))}
    assert is_row(cells)
    assert set(look_across_borders(inked, unsure, frame_cell, classify_digits)) == {0}


def test_a_number_in_its_cells_has_no_part_elsewhere() -> None:
    inked = lay(write(PERSON, NUMBER, [0.0] * len(NUMBER)))
    assert find_parts(lift_row(inked, PERSON.cells)) == ()


def test_an_empty_row_has_no_part_elsewhere() -> None:
    assert find_parts(lift_row(lay(reference().blank), PERSON.cells)) == ()


def test_only_the_characters_beside_their_cells_are_moved() -> None:
    shifts = [0.0] * 10 + [0.42]
    inked = lay(write(PERSON, NUMBER, shifts))
    assert [part.cell for part in find_parts(lift_row(inked, PERSON.cells))] == [10]


def test_groups_of_cells_are_cut_between_them_too() -> None:
    seen = read(DATE, write(DATE, "26081992", [0.4] * 8))
    assert (seen.row.text, seen.doubtful) == ("26081992", True)


def test_borders_are_lifted_and_a_pen_along_one_is_not() -> None:
    picture = write(PERSON, NUMBER[:3] + " " * 8, [0.0] * 11)
    x = round(PERSON.cells[7].x_mm * PX_PER_MM)
    top, bottom = (round(y * PX_PER_MM) for y in (PERSON.cells[0].y_mm, PERSON.cells[0].bottom_mm))
    cv2.line(picture, (x, top + 8), (x, bottom - 8), 30, 3)
    strip = lift_row(lay(picture), PERSON.cells)
    written = strip.strokes.sum(axis=0) / PX_PER_MM
    places = [strip.find_px(cell.x_mm) for cell in PERSON.cells]
    found = [i for i, at in enumerate(places) if i > 3 and written[at - 3 : at + 4].max() > 2]
    assert found == [7]


def test_a_moved_character_stands_in_the_middle_between_borders() -> None:
    inked = lay(write(PERSON, "8" + " " * 10, [0.4] + [0.0] * 10))
    strip = lift_row(inked, PERSON.cells)
    (part, *_) = find_parts(strip)
    region = PERSON.cells[0].grown(1.0)
    crop = redraw_part(strip, part, region)
    assert crop is not None
    inside = crop[20:-20, 14:-14] < 128
    columns = np.flatnonzero(inside.any(axis=0)) + 14
    assert abs((columns[0] + columns[-1]) / 2 - crop.shape[1] / 2) <= 2
    assert (crop[30, 5:12].min(), crop[30, -12:-5].min()) < (200, 200)


def test_a_bare_part_has_no_picture() -> None:
    inked = lay(write(PERSON, "8" + " " * 10, [0.0] * 11))
    strip = lift_row(inked, PERSON.cells)
    cell = PERSON.cells[4]
    bare = Part(4, strip.find_px(cell.x_mm), strip.find_px(cell.right_mm))
    assert (find_middle(strip, bare), redraw_part(strip, bare, cell.grown(1.0))) == (None, None)


def test_what_stands_beyond_the_end_of_a_row_is_not_of_it() -> None:
    outside = write(PERSON, " " * 10 + "8", [0.0] * 10 + [0.75])
    strip = lift_row(lay(outside), PERSON.cells)
    assert find_parts(strip) == ()


def test_two_characters_in_a_cell_are_not_shared_out_without_a_person() -> None:
    picture = write(PERSON, "3141592653 ", [0.0] * 11)
    cell = PERSON.cells[9]
    at = round((cell.x_mm + 2.9) * PX_PER_MM), round((cell.bottom_mm - 1.7) * PX_PER_MM)
    cv2.putText(picture, "8", at, cv2.FONT_HERSHEY_SIMPLEX, 1.05, 30, 3, cv2.LINE_AA)
    seen = read(PERSON, picture)
    assert seen.row.written is WrittenState.OVERWRITTEN or seen.doubtful
