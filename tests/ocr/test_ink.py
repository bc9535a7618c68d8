import cv2
import numpy as np
import pytest

from form_templates.model import Region
from ocr.frame import PX_PER_MM, cut
from ocr.ink import FULL_STROKE, find_ink_beside
from ocr.page_sizes import shrink
from tests.ocr.inked_paper import (
    draw_line,
    draw_reference,
    separate_ink,
    take_fine_blank,
    take_scan,
    within_body,
)

ZIGZAG = [(90, 61), (94, 57), (98, 61), (102, 57), (106, 61)]
AROUND = Region(88, 55, 20, 8)
"""Where the zigzag lies: between two printed lines."""


@pytest.mark.parametrize("shift_mm", [(0.0, 0.0), (0.25, -0.2), (-0.15, 0.25)])
def test_a_page_without_writing_has_no_ink_though_it_lies_beside_its_blank(
    shift_mm: tuple[float, float],
) -> None:
    ink = separate_ink(take_scan(take_fine_blank(), shift_mm), draw_reference())
    assert (within_body(ink) > 0.3 * FULL_STROKE).mean() < 0.0005
    assert find_ink_beside(shrink(ink, 2), []) == ()


@pytest.mark.parametrize("grey", [20, 90, 160])
def test_a_pale_pen_gives_the_same_ink_as_a_dark_one(grey: int) -> None:
    fine = take_fine_blank()
    draw_line(fine, ZIGZAG, grey=grey)
    ink = separate_ink(take_scan(fine), draw_reference())
    area_mm2 = float((cut_ink(ink) > 0.3 * FULL_STROKE).sum()) / PX_PER_MM**2
    assert 6 < area_mm2 < 18
    assert float(np.percentile(cut_ink(ink), 99)) > 0.8 * FULL_STROKE


def cut_ink(ink: np.ndarray) -> np.ndarray:
    rows = slice(round(AROUND.y_mm * PX_PER_MM), round(AROUND.bottom_mm * PX_PER_MM))
    columns = slice(round(AROUND.x_mm * PX_PER_MM), round(AROUND.right_mm * PX_PER_MM))
    return ink[rows, columns]


@pytest.mark.parametrize(("paper", "noise"), [(0.9, 2.0), (0.5, 6.0), (0.85, 14.0)])
def test_ink_stands_out_on_dark_and_noisy_scans(paper: float, noise: float) -> None:
    fine = take_fine_blank()
    draw_line(fine, ZIGZAG)
    ink = separate_ink(take_scan(fine, paper=paper, noise=noise), draw_reference())
    assert 6 < float((cut_ink(ink) > 0.3 * FULL_STROKE).sum()) / PX_PER_MM**2 < 18
    found = find_ink_beside(shrink(ink, 2), [])
    assert [region.overlaps(AROUND) for region in found] == [True]


def test_a_crop_is_separated_like_the_page() -> None:
    fine = take_fine_blank()
    draw_line(fine, ZIGZAG)
    page = take_scan(fine)
    whole = cut_ink(separate_ink(page, draw_reference()))
    alone = separate_ink(cut(page, AROUND), cut(draw_reference(), AROUND))
    assert alone.shape == whole.shape
    assert ((alone > 0.4 * FULL_STROKE) == (whole > 0.4 * FULL_STROKE)).mean() > 0.95


def test_a_stain_is_no_ink_but_a_scribble_is() -> None:
    fine = take_fine_blank()
    shade = np.full_like(fine, 255)
    cv2.circle(shade, (120 * 16, 150 * 16), 14 * 16, (205,), -1)
    fine = np.minimum(fine, cv2.GaussianBlur(shade, (0, 0), 8))
    for x in np.arange(92, 98, 0.3):
        draw_line(fine, [(x, 56), (x, 62)])
    found = find_ink_beside(shrink(separate_ink(take_scan(fine), draw_reference()), 2), [])
    assert len(found) == 1
    assert found[0].overlaps(Region(92, 56, 6, 6))


def test_ink_in_allowed_places_is_not_beside() -> None:
    fine = take_fine_blank()
    draw_line(fine, ZIGZAG)
    draw_line(fine, [(30, 201), (45, 197), (52, 201)])
    ink = shrink(separate_ink(take_scan(fine), draw_reference()), 2)
    assert len(find_ink_beside(ink, [])) == 2
    (beside,) = find_ink_beside(ink, [AROUND])
    assert beside.overlaps(Region(30, 197, 22, 4))
    assert find_ink_beside(ink, [AROUND], within=Region(80, 40, 100, 100)) == ()


def test_ink_that_mostly_lies_in_an_allowed_place_may_reach_out() -> None:
    fine = take_fine_blank()
    draw_line(fine, [(90, 60), (112, 57)])
    ink = shrink(separate_ink(take_scan(fine), draw_reference()), 2)
    assert find_ink_beside(ink, [AROUND]) == ()
    assert len(find_ink_beside(ink, [Region(88, 55, 8, 8)])) == 1


def test_a_dot_is_dirt() -> None:
    fine = take_fine_blank()
    draw_line(fine, [(95, 59), (95.6, 59)], width_mm=0.8)
    assert find_ink_beside(shrink(separate_ink(take_scan(fine), draw_reference()), 2), []) == ()


def test_a_word_that_printed_lines_tear_apart_is_one_note() -> None:
    blank, ink = (np.full((1188, 840), grey, np.uint8) for grey in (255, 0))
    for x_mm in range(90, 102, 2):
        cv2.line(ink, (x_mm * 4, 200), (x_mm * 4 + 3, 216), FULL_STROKE, 1)
    for y_px in (203, 208, 213):
        blank[y_px : y_px + 2] = 0
        ink[y_px - 1 : y_px + 3] = 0
    assert find_ink_beside(ink, []) == ()
    (word,) = find_ink_beside(ink, [], blank=blank)
    assert word.width_mm > 9
    blank[:] = 255
    assert find_ink_beside(ink, [], blank=blank) == ()
