import cv2
import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import Region, enclose
from ocr.frame import RegisteredPage
from ocr.inked_page import InkedPage, find_ink
from ocr.legibility import find_lost_fields
from ocr.marks import prepare_view
from ocr.page_sizes import shrink_page
from ocr.references import ReferenceShelf
from ocr.registration import register_page
from ocr.strays import drop_streaks, find_stray_ink, is_written_along

REFERENCE = ReferenceShelf().find(catalog.load("family_declaration"), 3, 1)
FIELDS = {field.id: field for field in REFERENCE.page.fields}


def inked(picture: np.ndarray) -> InkedPage:
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    return find_ink(page, REFERENCE, shrink_page(page.grey))


def write_at(x_mm: float, y_mm: float) -> np.ndarray:
    picture = REFERENCE.blank.copy()
    at = (round(x_mm * 8), round(y_mm * 8))
    cv2.putText(picture, "see 4", at, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.4, 60, 3)
    return picture


def test_a_clean_page_has_no_ink_beside_any_answer():
    assert find_stray_ink(inked(REFERENCE.blank)) == frozenset()


def test_a_note_beside_a_question_is_found_at_it():
    region = FIELDS["A10"].options[-1].region
    assert "A10" in find_stray_ink(inked(write_at(region.right_mm + 22, region.y_mm + 6)))


def cross_out(picture: np.ndarray, name: str) -> None:
    whole = enclose(FIELDS[name].cells)
    left, top, right, bottom = (
        round(v * 8) for v in (whole.x_mm, whole.y_mm, whole.right_mm, whole.bottom_mm)
    )
    cv2.line(picture, (left - 4, top - 6), (right + 4, bottom + 6), 60, 3)
    cv2.line(picture, (left - 4, bottom + 6), (right + 4, top - 6), 60, 3)


def test_digits_close_above_cells_are_seen_and_the_ends_of_a_crossing_are_none():
    cells = FIELDS["A12"].cells
    picture = REFERENCE.blank.copy()
    cross_out(picture, "A12")
    assert not is_written_along(inked(picture), FIELDS["A12"])
    at = (round(cells[0].x_mm * 8), round(cells[0].y_mm * 8) - 14)
    cv2.putText(picture, "5 2 9", at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 60, 3)
    assert is_written_along(inked(picture), FIELDS["A12"])


def test_a_signature_in_its_place_is_not_beside():
    place = next(iter(FIELDS["A10"].correction_signatures.values()))
    assert find_stray_ink(inked(write_at(place.x_mm + 1, place.y_mm + 6))) == frozenset()


def test_a_streak_down_the_page_is_no_note():
    picture = REFERENCE.blank.copy()
    picture[:, 700:703] = 90
    assert find_stray_ink(inked(picture)) == frozenset()


def test_the_outline_of_print_that_lies_beside_its_blank_is_no_note():
    moved = np.roll(REFERENCE.blank, 4, axis=0)
    page = register_page(REFERENCE.blank)
    shown = find_ink(page, REFERENCE, shrink_page(moved))
    assert find_stray_ink(shown) == frozenset()


@pytest.mark.parametrize("upright", [True, False])
def test_pieces_of_a_streak_go_with_it_and_notes_stay(upright):
    line, piece, note = (
        Region(100, 50, 2, 60),
        Region(101, 130, 1.5, 8),
        Region(120, 130, 6, 4),
    )
    regions = [line, piece, note]
    if not upright:
        regions = [Region(r.y_mm, r.x_mm, r.height_mm, r.width_mm) for r in regions]
    assert drop_streaks(regions) == regions[2:]


@pytest.mark.parametrize("shade", [255, 0, 128])
def test_an_answer_under_a_patch_is_lost_and_its_neighbours_are_not(shade):
    picture = REFERENCE.blank.copy()
    region = FIELDS["A11"].region
    top, left = round(region.y_mm * 8) - 16, round(region.x_mm * 8) - 16
    picture[top : top + round(region.height_mm * 8) + 32, left : left + 1000] = shade
    view = prepare_view(picture, REFERENCE.ready.half)
    assert find_lost_fields(view, REFERENCE.page.fields) == {"A11"}


def test_an_answer_under_something_dark_is_lost_though_its_print_shines_through():
    picture = REFERENCE.blank.copy()
    region = FIELDS["A11"].region
    top, left = round(region.y_mm * 8) - 16, round(region.x_mm * 8) - 16
    covered = picture[top : top + round(region.height_mm * 8) + 32, left : left + 1000]
    covered[...] = covered * 0.4
    view = prepare_view(picture, REFERENCE.ready.half)
    assert find_lost_fields(view, REFERENCE.page.fields) == {"A11"}


def test_a_page_in_good_order_has_lost_nothing():
    view = prepare_view(REFERENCE.blank, REFERENCE.ready.half)
    assert find_lost_fields(view, REFERENCE.page.fields) == frozenset()


def test_an_answer_that_is_the_only_one_of_its_kind_is_missed_as_well():
    picture = REFERENCE.blank.copy()
    region = FIELDS["A9"].region
    top, left = round(region.y_mm * 8) - 16, round(region.x_mm * 8) - 16
    picture[top : top + 96, left : left + 140] = 255
    view = prepare_view(picture, REFERENCE.ready.half)
    assert find_lost_fields(view, [FIELDS["A9"]]) == {"A9"}
