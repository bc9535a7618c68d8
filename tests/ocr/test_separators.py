"""A comma of one's own between two cells makes another number of the same digits."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from form_templates.model import Format, Region
from ocr.frame import PX_PER_MM, Grey
from ocr.separators import holds_separator
from tests.ocr.test_straddling import NUMBER, PERSON, lay, read, reference, write

NO_SHIFTS = [0.0] * len(NUMBER)


def place_comma(
    picture: Grey, after: Region, beside_mm: float = 0.0, drop: tuple[float, float] = (-0.3, 0.9)
) -> Grey:
    """A comma at the border after a cell."""
    x, y = after.right_mm + beside_mm, after.y_mm + 0.76 * after.height_mm
    ends = ((x, y), (x + drop[0], y + drop[1]))
    start, end = (tuple(round(v * PX_PER_MM) for v in point) for point in ends)
    cv2.line(picture, start, end, 40, 4, cv2.LINE_AA)
    return picture


def finds(picture: Grey, touched: list[int] | None = None) -> bool:
    cells = range(len(PERSON.cells))
    shown = np.isin(cells, cells if touched is None else touched)
    return holds_separator(lay(picture), PERSON.cells, shown)


def written() -> Grey:
    return write(PERSON, NUMBER, NO_SHIFTS)


@pytest.mark.parametrize("cell", [0, 4, 9])
@pytest.mark.parametrize("beside_mm", [-0.5, 0.0, 0.5])
def test_a_comma_between_two_digits_is_seen(cell: int, beside_mm: float) -> None:
    assert finds(place_comma(written(), PERSON.cells[cell], beside_mm))


def test_a_point_between_two_digits_is_seen() -> None:
    assert finds(place_comma(written(), PERSON.cells[4], drop=(0.2, 0.1)))


def test_a_row_without_a_comma_holds_none() -> None:
    for shift in (0.0, 0.2, -0.45):
        assert not finds(write(PERSON, NUMBER, [shift] * len(NUMBER)))
    assert not finds(reference().blank.copy(), [])


def test_beside_an_empty_cell_a_comma_parts_nothing() -> None:
    assert not finds(place_comma(written(), PERSON.cells[4]), [0, 1, 2, 3, 4, 6, 7, 8, 9, 10])


def test_what_stands_high_or_is_long_is_no_comma() -> None:
    raised = PERSON.cells[4].moved(0.0, -3.5)
    assert not finds(place_comma(written(), raised))
    assert not finds(place_comma(written(), PERSON.cells[4].moved(0.0, -2.0), drop=(0.0, 3.2)))


@pytest.mark.parametrize(
    ("kind", "doubted"),
    [(Format.INTEGER, True), (Format.PLAIN, True), (Format.CODE, False), (Format.PHONE, False)],
)
def test_an_amount_that_would_be_accepted_is_doubted_for_its_comma(
    kind: Format, doubted: bool
) -> None:
    amount = replace(PERSON, format=kind)
    plain = read(amount, written())
    parted = read(amount, place_comma(written(), PERSON.cells[4]))
    assert (parted.row.text, plain.row.text) == (NUMBER, NUMBER)
    assert (plain.doubtful, parted.doubtful) == (False, doubted)


def test_a_comma_counts_however_surely_the_row_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print of our own settles a doubt about the digits, not one about a comma between them."""
    monkeypatch.setattr("ocr.cell_rows.raise_for_length", lambda *given: 1.1)
    amount = replace(PERSON, format=Format.INTEGER)
    assert (read(amount, written()).doubtful, read(amount, written()).hides_more) == (True, False)
    assert read(amount, place_comma(written(), PERSON.cells[4])).hides_more
