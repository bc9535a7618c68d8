from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.printing import render_page
from ocr.blank_map import map_blank
from ocr.faintness import Faintness, is_bilevel, measure_faintness
from ocr.frame import PAGE_HEIGHT_PX, PAGE_WIDTH_PX
from ocr.page_sizes import shrink_page

Picture = NDArray[np.uint8]
PAPER = 235


@cache
def blank() -> Picture:
    """A page with questions, cells, captions and frames."""
    return render_page(catalog.load("application"), 1, 1)


def fade(share: float) -> Picture:
    """The page as grey as a scanner without a will of its own gives it back."""
    ink = (255 - blank().astype(np.float32)) / 255 * (1 - share)
    return np.rint(PAPER * (1 - ink)).astype(np.uint8)


def copy(page: Picture, limit: int, slope: float = 4.0) -> Picture:
    """What a copier makes of a page: white of what is lighter than its limit."""
    values = np.arange(256, dtype=np.float32)
    table = 255 / (1 + np.exp(-slope * (values - limit) / 40))
    return np.asarray(cv2.LUT(page, table.astype(np.uint8)), np.uint8)


def add_noise(page: Picture, deviation: float) -> Picture:
    noise = np.random.default_rng(5).normal(0, deviation, page.shape)
    return (page + noise).clip(0, 255).astype(np.uint8)


def look(page: Picture) -> Faintness:
    return measure_faintness(shrink_page(page), map_blank(blank()))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6])
def test_a_faded_page_keeps_its_pale_print_in_proportion(share: float) -> None:
    seen = look(fade(share))
    assert seen.captions == pytest.approx(1.0, abs=0.08)
    assert seen.hairlines == pytest.approx(1.0, abs=0.12)


def test_blur_spreads_pale_print_and_takes_none_away() -> None:
    seen = look(cv2.GaussianBlur(fade(0.2), (0, 0), 1.5))
    assert seen.captions == pytest.approx(1.0, abs=0.15)
    assert seen.hairlines == pytest.approx(1.0, abs=0.25)


def test_a_page_that_lies_a_little_beside_its_blank_keeps_its_pale_print() -> None:
    beside = np.roll(fade(0.2), (2, -2), (0, 1))
    assert look(beside).captions == pytest.approx(1.0, abs=0.15)


def test_a_hard_copy_loses_hairlines_first_and_captions_then() -> None:
    page = cv2.GaussianBlur(fade(0.3), (0, 0), 0.8)
    mild, hard = look(copy(page, 160)), look(copy(page, 110))
    assert mild.captions is not None and hard.captions is not None
    assert mild.hairlines is not None and hard.hairlines is not None
    assert mild.hairlines < mild.captions
    assert hard.captions < 0.5
    assert hard.hairlines < 0.2


def test_a_dark_copy_loses_nothing() -> None:
    seen = look(copy(fade(0.1), 225))
    assert seen.captions is not None and seen.captions > 1
    assert seen.hairlines is not None and seen.hairlines > 0.8


def test_a_scan_in_black_and_white_that_drops_grey_shows_it() -> None:
    bilevel = np.where(fade(0.2) < 120, 0, 255).astype(np.uint8)
    seen = look(bilevel)
    assert seen.hairlines is not None and seen.hairlines < 0.2


def test_grain_counts_against_the_depth_of_the_print() -> None:
    dark, pale = look(add_noise(fade(0.0), 16)), look(add_noise(fade(0.6), 16))
    assert look(fade(0.0)).grain < 0.005
    assert dark.grain == pytest.approx(8 / PAPER, rel=0.2)
    assert pale.grain == pytest.approx(dark.grain / 0.4, rel=0.2)


def test_a_form_without_pale_print_says_nothing_of_it() -> None:
    black = np.full((PAGE_HEIGHT_PX, PAGE_WIDTH_PX), 255, np.uint8)
    cv2.rectangle(black, (200, 200), (900, 500), (0,), 12)
    seen = measure_faintness(shrink_page(black), map_blank(black))
    assert (seen.captions, seen.hairlines) == (None, None)


def test_an_empty_page_has_no_print_and_no_grain() -> None:
    white = np.full((PAGE_HEIGHT_PX, PAGE_WIDTH_PX), 255, np.uint8)
    assert measure_faintness(shrink_page(white), map_blank(white)) == Faintness(None, None, 0.0)


def test_black_and_white_is_told_from_grey() -> None:
    bilevel = np.where(fade(0.2) < 120, 0, 255).astype(np.uint8)
    assert is_bilevel(bilevel)
    assert is_bilevel(np.dstack([bilevel] * 3))
    assert not is_bilevel(cv2.GaussianBlur(fade(0.2), (0, 0), 1.0))
