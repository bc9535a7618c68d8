from dataclasses import replace

import cv2
import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import Region, enclose
from ocr.close_characters import has_character_close, is_written_along
from ocr.frame import RegisteredPage
from ocr.ink import STROKE_LEVEL
from ocr.inked_page import InkedPage, find_ink
from ocr.marks import QuestionMarks
from ocr.page_sizes import shrink_page
from ocr.readings import MarkReading, MarkState
from ocr.references import ReferenceShelf
from ocr.registration import register_page
from ocr.strays import StrayInk, drop_streaks, find_stray_ink

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
    assert find_stray_ink(inked(REFERENCE.blank)) == StrayInk()


def test_a_note_beside_a_question_is_found_at_it():
    region = FIELDS["A10"].options[-1].region
    assert "A10" in find_stray_ink(inked(write_at(region.right_mm + 22, region.y_mm + 6))).beside


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
    assert not is_written_along(inked(picture), FIELDS["A12"], STROKE_LEVEL)
    at = (round(cells[0].x_mm * 8), round(cells[0].y_mm * 8) - 14)
    cv2.putText(picture, "5 2 9", at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 60, 3)
    assert is_written_along(inked(picture), FIELDS["A12"], STROKE_LEVEL)


def test_what_stands_clear_above_cells_is_beside_them_and_what_leaves_them_is_not():
    cell = FIELDS["A12"].cells[1]
    picture = REFERENCE.blank.copy()
    at = (round(cell.x_mm * 8), round(cell.y_mm * 8) - 12)
    cv2.putText(picture, "5 2 9", at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 60, 3)
    assert "A12" in find_stray_ink(inked(picture)).beside
    leaving = REFERENCE.blank.copy()
    left, top = round(cell.x_mm * 8) + 10, round(cell.y_mm * 8)
    cv2.line(leaving, (left, top + 40), (left + 20, top - 16), 60, 3)
    assert find_stray_ink(inked(leaving)) == StrayInk()


@pytest.mark.parametrize("above_mm", [0.4, 1.5, 2.4])
def test_a_small_digit_close_above_cells_that_nobody_crossed_out_is_seen(above_mm):
    cells = FIELDS["A12"].cells
    picture = REFERENCE.blank.copy()
    for cell in cells[:4]:
        at = (round(cell.x_mm * 8) + 10, round(cell.bottom_mm * 8) - 12)
        cv2.putText(picture, "5", at, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 60, 3)
    assert not has_character_close(inked(picture), FIELDS["A12"], STROKE_LEVEL)
    at = (round(cells[1].x_mm * 8) + 12, round((cells[1].y_mm - above_mm) * 8))
    cv2.putText(picture, "3", at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 60, 3)
    assert has_character_close(inked(picture), FIELDS["A12"], STROKE_LEVEL)


def test_a_small_digit_that_the_caption_above_the_cells_half_hides_is_seen():
    cells = FIELDS["A12"].cells
    left, top = round(cells[1].x_mm * 8), round(cells[0].y_mm * 8)
    ink, printed = np.zeros_like(REFERENCE.blank), REFERENCE.blank.copy()
    cv2.putText(ink, "3", (left + 12, top - 8), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 255, 3)
    for y in (top - 30, top - 20, top - 10):
        printed[y : y + 3, left : left + 40] = 60
        ink[y - 2 : y + 4] = 0
    torn = replace(inked(REFERENCE.blank), ink=ink)
    assert not has_character_close(torn, FIELDS["A12"], STROKE_LEVEL)
    hidden = replace(torn, reference=replace(REFERENCE, blank=printed))
    assert has_character_close(hidden, FIELDS["A12"], STROKE_LEVEL)


def plain(spec, *circled):
    states = {
        o.code: MarkState.CIRCLED if o.code in circled else MarkState.BLANK for o in spec.options
    }
    marks = tuple(MarkReading(code, state, 1.0) for code, state in states.items())
    return QuestionMarks(marks, confidence=1.0, doubtful=False)


def circle(picture, region, radius_mm):
    x, y = region.x_mm + region.width_mm / 2, region.y_mm + region.height_mm / 2
    cv2.circle(picture, (round(x * 8), round(y * 8)), round(radius_mm * 8), 60, 3)


def test_a_note_below_a_code_that_was_left_alone_is_beside_and_a_circle_is_not():
    spec = FIELDS["A10"]
    other, chosen = spec.options[0], spec.options[1]
    picture = REFERENCE.blank.copy()
    circle(picture, chosen.region, 3.2)
    answers = {"A10": plain(spec, chosen.code)}
    assert find_stray_ink(inked(picture), answers) == StrayInk()
    x, y = round(other.region.x_mm * 8), round(other.region.bottom_mm * 8)
    cv2.line(picture, (x + 10, y - 8), (x + 60, y - 14), 60, 4)
    assert "A10" in find_stray_ink(inked(picture), answers).beside
    assert find_stray_ink(inked(picture)) == StrayInk()
    doubtful = {"A10": replace(answers["A10"], doubtful=True)}
    assert find_stray_ink(inked(picture), doubtful) == StrayInk()


@pytest.mark.parametrize("radius_mm", [2.2, 4.5, 6.5])
def test_a_circle_of_any_width_is_no_note(radius_mm):
    spec = FIELDS["A10"]
    picture = REFERENCE.blank.copy()
    circle(picture, spec.options[0].region, radius_mm)
    assert find_stray_ink(inked(picture), {"A10": plain(spec, spec.options[0].code)}) == StrayInk()


def test_a_single_figure_beside_a_few_crossed_cells_is_seen():
    cells = FIELDS["A9"].cells
    picture = REFERENCE.blank.copy()
    cross_out(picture, "A9")
    assert not is_written_along(inked(picture), FIELDS["A9"], STROKE_LEVEL)
    at = (round(cells[0].x_mm * 8) - 40, round(cells[0].bottom_mm * 8) - 12)
    cv2.putText(picture, "4", at, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 60, 3)
    assert is_written_along(inked(picture), FIELDS["A9"], STROKE_LEVEL)


@pytest.mark.parametrize("beyond_mm", [0.6, 2.0])
def test_the_pens_of_a_page_are_known_however_small_its_places(beyond_mm):
    small = replace(FIELDS["A10"].options[0], region=Region(20.0, 60.0, beyond_mm, beyond_mm))
    page = replace(REFERENCE.page, fields=(replace(FIELDS["A10"], options=(small,)),))
    shown = inked(REFERENCE.blank)
    tiny = replace(shown, reference=replace(REFERENCE, page=page))
    assert find_stray_ink(tiny) == StrayInk()


@pytest.mark.parametrize("top_mm", [20.0, 60.0, 268.0])
def test_what_stands_close_to_a_crossed_answer_is_seen_wherever_on_the_page(top_mm):
    spec = FIELDS["A12"]
    moved = spec.moved(0.0, top_mm - spec.cells[0].y_mm)
    page = replace(REFERENCE.page, fields=(moved,))
    empty = np.full_like(REFERENCE.blank, 0)
    at = (round(moved.cells[0].x_mm * 8), round(top_mm * 8) - 14)
    cv2.putText(empty, "4 7", at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 255, 3)
    shown = replace(inked(REFERENCE.blank), ink=empty, reference=replace(REFERENCE, page=page))
    assert is_written_along(shown, moved, STROKE_LEVEL)


def test_a_note_nearest_to_one_answer_is_around_others_as_well():
    region = FIELDS["A9"].region
    seen = find_stray_ink(inked(write_at(region.x_mm - 30, region.y_mm + 5)))
    assert seen.beside <= seen.around
    assert "A9" in seen.beside and seen.around - seen.beside


def test_a_pale_note_is_seen_where_the_answers_are_as_pale():
    picture = REFERENCE.blank.copy()
    place = next(iter(FIELDS["A10"].correction_signatures.values()))
    x, y = round(place.x_mm * 8), round(place.y_mm * 8)
    for step in range(6):
        cv2.line(picture, (x + 4, y + 10 + 8 * step), (x + 130, y + 14 + 8 * step), 20, 7)
    region = FIELDS["A10"].options[-1].region
    at = (round((region.right_mm + 22) * 8), round(region.y_mm * 8) + 44)
    cv2.putText(picture, "see 4", at, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.4, 200, 3)
    assert "A10" not in find_stray_ink(inked(picture)).beside
    for name in ("A8", "A9", "A12"):
        for cell in FIELDS[name].cells[:2]:
            at = (round(cell.x_mm * 8) + 10, round(cell.bottom_mm * 8) - 12)
            cv2.putText(picture, "5", at, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 200, 3)
    assert "A10" in find_stray_ink(inked(picture)).beside


def test_a_signature_in_its_place_is_not_beside():
    place = next(iter(FIELDS["A10"].correction_signatures.values()))
    assert find_stray_ink(inked(write_at(place.x_mm + 1, place.y_mm + 6))) == StrayInk()


def test_a_streak_down_the_page_is_no_note():
    picture = REFERENCE.blank.copy()
    picture[:, 700:703] = 90
    assert find_stray_ink(inked(picture)) == StrayInk()


def test_the_outline_of_print_that_lies_beside_its_blank_is_no_note():
    moved = np.roll(REFERENCE.blank, 4, axis=0)
    page = register_page(REFERENCE.blank)
    shown = find_ink(page, REFERENCE, shrink_page(moved))
    assert find_stray_ink(shown) == StrayInk()


def test_strokes_across_the_lines_between_two_cards_are_a_note_and_not_their_outline():
    cards = ReferenceShelf().find(catalog.load("family_declaration"), 6, 1)
    spec = next(field for field in cards.page.fields if field.id == "members[1].C1")
    left, below = spec.region.x_mm + 5, (spec.region.bottom_mm + 0.8, spec.region.bottom_mm + 4.2)
    zigzag = [(round((left + 1.5 * n) * 8), round(below[n % 2] * 8)) for n in range(4)]
    picture = cards.blank.copy()
    cv2.polylines(picture, [np.array(zigzag)], False, 60, 3, cv2.LINE_AA)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    shown = find_ink(page, cards, shrink_page(page.grey))
    assert "members[1].C1" in find_stray_ink(shown, {spec.id: plain(spec)}).beside


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
