from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates.catalog import list_templates, load
from form_templates.marks import CODE_REGIONS, PageCode, encode_page_code
from form_templates.model import Region
from form_templates.printing import render_pages
from ocr.frame import Grey, RegisteredPage, box_px
from ocr.identity import (
    match_blank,
    read_page_code,
    read_page_code_anywhere,
)
from ocr.registration import register_page
from ocr.titles import HEADER, guess_page_from_title
from tests.ocr.drawn_paper import CODE, draw_blank, draw_code, paste, scan, spoil, view

FORM = "application"
PAGES = [(1, 1), (2, 1)]


@cache
def blank() -> NDArray[np.uint8]:
    return draw_blank()


@cache
def references() -> dict[tuple[int, int], Grey]:
    return dict(zip(PAGES, render_pages(load(FORM), PAGES), strict=True))


def register(paper: NDArray[np.uint8], dpi: float = 200, noise: float = 12.0) -> RegisteredPage:
    to_scan, size = view(dpi, 1.0)
    page = register_page(spoil(scan(paper, to_scan, size), noise=noise))
    assert isinstance(page, RegisteredPage)
    return page


def cover(page: RegisteredPage, *regions: Region) -> RegisteredPage:
    grey = page.grey.copy()
    for region in regions:
        left, top, width, height = box_px(region)
        grey[top : top + height, left : left + width] = 225
    return replace(page, grey=grey)


@pytest.mark.parametrize(("dpi", "noise"), [(130, 12), (200, 30), (300, 20)])
def test_the_page_code_is_read(dpi: float, noise: float) -> None:
    assert read_page_code(register(blank(), dpi, noise)) == CODE


@pytest.mark.parametrize("lost", CODE_REGIONS)
def test_one_copy_of_the_code_is_enough(lost: Region) -> None:
    assert read_page_code(cover(register(blank()), lost)) == CODE


def test_a_pale_and_blurred_code_is_read() -> None:
    page = register(blank(), 150)
    pale = cv2.GaussianBlur(page.grey, (0, 0), 3.0) // 4 + 150
    assert read_page_code(replace(page, grey=np.asarray(pale, np.uint8))) == CODE


def test_without_any_copy_nothing_is_made_up() -> None:
    assert read_page_code(cover(register(blank()), *CODE_REGIONS)) is None


def test_two_copies_that_disagree_name_no_page() -> None:
    paper = blank().copy()
    other = encode_page_code(PageCode(edition=2, page=4, sheet=1, serial=77))
    paste(paper, CODE_REGIONS[1], draw_code(other))
    page = register(paper)
    assert read_page_code(page) is None
    assert read_page_code_anywhere(page.grey) is None


def test_a_foreign_code_is_none_of_ours() -> None:
    paper = blank().copy()
    for region in CODE_REGIONS:
        paste(paper, region, draw_code("HELLO 123"))
    assert read_page_code(register(paper)) is None


def test_the_code_of_a_page_that_is_not_straight_is_found_anywhere() -> None:
    to_scan, size = view(150, 30, perspective=0.08)
    assert read_page_code_anywhere(spoil(scan(blank(), to_scan, size))) == CODE


@pytest.mark.parametrize("number", PAGES)
def test_the_blank_of_a_page_is_told_from_its_neighbours(number: tuple[int, int]) -> None:
    paper = next(render_pages(load(FORM), [number], px_per_mm=16))
    page = cover(register(paper), *CODE_REGIONS)
    match = match_blank(page, references())
    assert match is not None
    assert match.key == number
    assert match.score > 0.9
    assert match.margin > 0.1


def test_no_blank_is_like_a_page_where_there_is_none() -> None:
    assert match_blank(register(blank()), {}) is None


def test_a_page_of_another_form_is_like_no_blank() -> None:
    match = match_blank(register(blank()), references())
    assert match is not None
    assert match.score < 0.4


def test_form_and_page_are_suggested_by_the_printed_head() -> None:
    paper = next(render_pages(load("family_declaration"), [(3, 1)], px_per_mm=16))
    templates = [load(key.form, key.edition) for key in list_templates()]
    guess = guess_page_from_title(register(paper), templates)
    assert guess is not None
    assert (guess.key.form, guess.page) == ("family_declaration", 3)


def test_a_page_without_a_title_suggests_nothing() -> None:
    templates = [load(key.form, key.edition) for key in list_templates()]
    assert guess_page_from_title(cover(register(blank()), HEADER), templates) is None
