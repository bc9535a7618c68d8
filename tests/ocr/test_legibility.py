"""Whether the picture shows an answer at all."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import Region
from ocr.legibility import find_lost_fields, stands_alone
from ocr.marks import prepare_view
from ocr.references import ReferenceShelf

REFERENCE = ReferenceShelf().find(catalog.load("family_declaration"), 3, 1)
FIELDS = {field.id: field for field in REFERENCE.page.fields}


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


def test_a_code_under_a_pen_s_ink_is_not_lost_but_under_a_strip_it_is():
    region = FIELDS["A11"].options[0].region
    left, top, right, bottom = (
        round(v * 8) for v in (region.x_mm, region.y_mm, region.right_mm, region.bottom_mm)
    )
    picture = REFERENCE.blank.copy()
    picture[top:bottom, left:right] = 40
    view = prepare_view(picture, REFERENCE.ready.half)
    assert find_lost_fields(view, REFERENCE.page.fields) == {"A11"}
    assert stands_alone(view, region)
    assert find_lost_fields(view, REFERENCE.page.fields, {region}) == frozenset()
    picture[top - 30 : bottom + 30, left - 40 : right + 40] = 40
    assert not stands_alone(prepare_view(picture, REFERENCE.ready.half), region)


@pytest.mark.parametrize("at_mm", [0.5, 40.125])
def test_a_place_that_no_pixel_ends_at_can_be_lost_like_any_other(at_mm):
    """Moved by a pixel it covers more of them, or fewer."""
    place = Region(at_mm, at_mm, 8.1, 8.1)
    spec = replace(FIELDS["A9"], region=place, cells=(place,), correction_cells=())
    half, corner = REFERENCE.ready.half.copy(), round(at_mm * 4)
    cv2.rectangle(half, (corner, corner), (corner + 32, corner + 32), 0, 2)
    assert find_lost_fields(prepare_view(REFERENCE.blank, half), [spec]) == {"A9"}


@pytest.mark.parametrize("shift", [(2, 0), (0, 2), (-2, 2)])
def test_frames_a_hair_beside_their_blank_are_not_lost(shift):
    moved = np.roll(REFERENCE.blank, shift, axis=(0, 1))
    view = prepare_view(moved, REFERENCE.ready.half)
    assert find_lost_fields(view, REFERENCE.page.fields) == frozenset()


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
