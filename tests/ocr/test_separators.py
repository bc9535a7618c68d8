"""A comma of one's own between two cells makes another number of the same digits."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from form_templates.model import Format, Region
from ocr.cells import SEPARATOR_CLASSES, classify_separators, load_network
from ocr.frame import PX_PER_MM, Grey
from ocr.models.training.dataset import Cells
from ocr.models.training.gaps import draw_gaps
from ocr.models.training.writers import SimulatedWriter
from ocr.separators import find_gap, holds_separator
from ocr.simulation.styles import Style
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
    return holds_separator(lay(picture).page, PERSON.cells, shown)


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


# At the foot of the 9, in the sixth cell, a comma lengthens its stem: it is not seen.
@pytest.mark.parametrize("cell", [0, 1, 2, 3, 4, 6, 7, 8, 9])
def test_a_comma_that_touches_a_digit_is_seen(cell: int) -> None:
    picture, place = written(), PERSON.cells[cell]
    y = round((place.y_mm + 0.76 * place.height_mm) * PX_PER_MM)
    inner = slice(round(place.x_mm * PX_PER_MM) + 6, round(place.right_mm * PX_PER_MM) - 6)
    ink = np.flatnonzero((picture[y - 6 : y, inner] < 150).any(axis=0))
    touching_mm = (inner.start + int(ink[-1])) / PX_PER_MM + 0.2
    assert finds(place_comma(picture, place, touching_mm - place.right_mm, (-0.3, 1.2)))


def draw(strips: int) -> Cells:
    rng, writer = np.random.default_rng(11), SimulatedWriter(Style.MEASURING)
    drawn = [draw_gaps(writer, rng) for _ in range(strips)]
    return Cells(
        np.concatenate([one.pixels for one in drawn]), np.concatenate([one.labels for one in drawn])
    )


def test_commas_of_hands_never_learned_from_are_told_from_nothing() -> None:
    gaps = draw(150)
    bare, needed = classify_separators(255 - gaps.pixels)[:, 0], 0
    needed = load_network("separators").accept_above
    commas = gaps.labels == 1
    assert min(np.count_nonzero(commas), np.count_nonzero(~commas)) > 100
    assert (bare[commas] < needed).mean() > 0.85
    assert (bare[~commas] < needed).mean() < 0.03


def test_cells_that_stand_apart_have_no_gap_to_look_at() -> None:
    left = PERSON.cells[0]
    assert find_gap(left, left.moved(left.width_mm, 0)) == pytest.approx(
        (left.right_mm, left.y_mm + left.height_mm / 2)
    )
    assert find_gap(left, left.moved(left.width_mm + 2.4, 0)) is None


def test_the_shipped_network_names_what_the_reader_expects() -> None:
    assert load_network("separators").classes == SEPARATOR_CLASSES
