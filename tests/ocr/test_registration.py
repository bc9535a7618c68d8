from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates.marks import MARKERS
from form_templates.model import Region
from ocr.frame import (
    PAGE_HEIGHT_PX,
    PAGE_WIDTH_PX,
    RegisteredPage,
    corners_mm,
    crop,
    crop_colour,
    inside_scan,
    project,
    quad_px,
)
from ocr.placement import Unregistered
from ocr.registration import register_page
from tests.ocr.drawn_paper import Homography, draw_blank, scan, spoil, view

GRID_MM = np.array([(x, y) for x in np.linspace(5, 205, 9) for y in np.linspace(5, 292, 11)])
OFFICE_MM = 0.25
PHONE_MM = 0.5
CORNERS = {0: (-5, -5), 1: (188, -5), 2: (188, 270), 3: (-5, 270)}
"""Marker -> where a torn corner of 28 mm begins."""


@cache
def blank() -> NDArray[np.uint8]:
    return draw_blank()


def make_scan(
    dpi: float, degrees: float, perspective: float = 0.0
) -> tuple[NDArray[np.uint8], Homography]:
    to_scan, size = view(dpi, degrees, perspective=perspective)
    return spoil(scan(blank(), to_scan, size)), to_scan


def tear_off(picture: NDArray[np.uint8], to_scan: Homography, *corners: int) -> None:
    for corner in corners:
        torn = project(to_scan, corners_mm(Region(*CORNERS[corner], 28, 32)))
        cv2.fillConvexPoly(picture, torn.astype(np.int32), (200,))


def measure_error(page: RegisteredPage | Unregistered, to_scan: Homography) -> float:
    assert isinstance(page, RegisteredPage), page
    found = project(np.linalg.inv(to_scan), project(page.to_scan, GRID_MM))
    return float(np.linalg.norm(found - GRID_MM, axis=1).max())


@pytest.mark.parametrize("degrees", [0, 1.3, -7, 45, 90, 183, 270])
@pytest.mark.parametrize("dpi", [100, 200])
def test_a_page_of_any_turn_is_laid_straight(dpi: float, degrees: float) -> None:
    picture, to_scan = make_scan(dpi, degrees)
    assert measure_error(register_page(picture), to_scan) < OFFICE_MM


@pytest.mark.parametrize("dpi", [150, 300, 600])
def test_a_page_of_any_resolution_is_laid_straight(dpi: float) -> None:
    picture, to_scan = make_scan(dpi, 2.0)
    assert measure_error(register_page(picture), to_scan) < OFFICE_MM


@pytest.mark.parametrize("degrees", [4, 95])
def test_a_photograph_taken_aslant_is_laid_straight(degrees: float) -> None:
    picture, to_scan = make_scan(180, degrees, perspective=0.05)
    assert measure_error(register_page(picture), to_scan) < PHONE_MM


@pytest.mark.parametrize("perspective", [0.0, 0.04])
@pytest.mark.parametrize("corner", MARKERS)
def test_one_torn_corner_is_borne(corner: int, perspective: float) -> None:
    picture, to_scan = make_scan(200, 3, perspective)
    tear_off(picture, to_scan, corner)
    page = register_page(picture)
    assert measure_error(page, to_scan) < (PHONE_MM if perspective else OFFICE_MM)


@pytest.mark.parametrize("torn", [(0, 2), (1, 3), (0, 1, 2), (0, 1, 2, 3)])
def test_the_page_codes_stand_in_for_corners(torn: tuple[int, ...]) -> None:
    picture, to_scan = make_scan(200, 3)
    for marker in torn:
        spot = project(to_scan, corners_mm(MARKERS[marker].grown(1)))
        cv2.fillConvexPoly(picture, spot.astype(np.int32), (200,))
    assert measure_error(register_page(picture), to_scan) < PHONE_MM


def test_a_page_with_one_corner_and_no_code_is_refused() -> None:
    picture, to_scan = make_scan(200, 1)
    tear_off(picture, to_scan, 0, 1, 3)
    for region in (Region(160, 7, 27, 27), Region(23, 263, 27, 27)):
        spot = project(to_scan, corners_mm(region)).astype(np.int32)
        cv2.fillConvexPoly(picture, spot, (200,))
    assert register_page(picture) == Unregistered("corners_lost", "marker:2")


def test_a_corner_that_is_folded_away_from_its_place_does_not_bend_the_page() -> None:
    picture, to_scan = make_scan(200, 0)
    scale = 200 / 25.4
    left, top, side = (round(v * scale) for v in (6 + 7, 6 + 7, 12))
    marker = picture[top : top + side, left : left + side].copy()
    picture[top : top + side, left : left + side] = 225
    moved = round(4 * scale)
    picture[top + moved : top + moved + side, left + moved : left + moved + side] = marker
    assert measure_error(register_page(picture), to_scan) < PHONE_MM


def test_a_mirrored_page_is_refused() -> None:
    picture, _ = make_scan(200, 1)
    assert register_page(np.ascontiguousarray(picture[:, ::-1])) == Unregistered("mirrored")


def test_two_pages_in_one_picture_are_refused() -> None:
    picture, _ = make_scan(100, 0)
    page = register_page(np.hstack([picture, picture]))
    assert isinstance(page, Unregistered)
    assert page.reason == "several_pages"


@pytest.mark.parametrize("size", [(1, 1), (40, 3000), (2339, 1654)])
def test_a_picture_without_markers_is_refused(size: tuple[int, int]) -> None:
    assert register_page(np.full(size, 230, np.uint8)) == Unregistered("no_markers")


def test_the_straight_page_shows_the_print_in_its_place() -> None:
    picture, _ = make_scan(300, 90, perspective=0.02)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    size = (PAGE_WIDTH_PX, PAGE_HEIGHT_PX)
    wanted = cv2.resize(blank(), size, interpolation=cv2.INTER_AREA)
    assert page.grey.shape == wanted.shape
    assert np.corrcoef(page.grey.ravel(), wanted.ravel())[0, 1] > 0.95


def test_colour_is_kept() -> None:
    picture, _ = make_scan(100, 1)
    rgb = np.dstack([picture, picture // 2, picture])
    page = register_page(rgb)
    assert isinstance(page, RegisteredPage)
    part = crop_colour(page, Region(100, 50, 10, 10))
    assert part is not None
    assert part.shape == (80, 80, 3)
    assert part[..., 0].mean() > part[..., 1].mean() + 50


def test_a_region_is_found_again_in_the_scan() -> None:
    picture, to_scan = make_scan(200, 91, perspective=0.03)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    region = Region(60, 120, 30, 8)
    wanted = project(to_scan, corners_mm(region))
    assert np.abs(np.array(quad_px(page, region)) - wanted).max() < 2


def test_crops_of_equal_regions_are_equal_in_size_even_beyond_the_paper() -> None:
    picture, _ = make_scan(100, 0)
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    shapes = {
        crop(page, Region(x, y, 5.2, 7.0), 1.0).shape
        for x, y in [(20.03, 40.4), (20.09, 41.0), (-1.0, 10.0), (208.0, 294.0)]
    }
    assert shapes == {(72, 58)}


def test_what_the_scan_cuts_off_is_known_to_be_missing() -> None:
    picture, to_scan = make_scan(200, 0)
    left_px = round(project(to_scan, np.array([(7.0, 100.0)]))[0, 0])
    page = register_page(np.ascontiguousarray(picture[:, left_px:]))
    assert isinstance(page, RegisteredPage)
    assert not inside_scan(page, Region(5, 100, 20, 10))
    assert inside_scan(page, Region(9, 100, 20, 10))
