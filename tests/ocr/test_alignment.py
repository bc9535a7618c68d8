from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates.catalog import load
from form_templates.printing import render_pages
from ocr.alignment import lay_over, prepare_tiles, share_print_seen
from ocr.frame import PAGE_HEIGHT_PX, PAGE_WIDTH_PX, Grey, RegisteredPage, project
from ocr.registration import move_page, register_page
from tests.ocr.drawn_paper import PRINT_PX_PER_MM, draw_blank, scan, spoil, view


@cache
def paper() -> NDArray[np.uint8]:
    return draw_blank()


@cache
def reference() -> Grey:
    size = (PAGE_WIDTH_PX, PAGE_HEIGHT_PX)
    return np.asarray(cv2.resize(paper(), size, interpolation=cv2.INTER_AREA), np.uint8)


def wave(picture: NDArray[np.uint8], amplitude_mm: float, seed: int) -> NDArray[np.uint8]:
    """What a feeder does to paper that slips."""
    px = PRINT_PX_PER_MM
    phase = np.random.default_rng(seed).uniform(0, 6, 4)
    height, width = picture.shape
    y, x = np.mgrid[0:height:8, 0:width:8].astype(np.float32) / px
    dx = amplitude_mm * (np.sin(y / 60 + phase[0]) + np.sin(x / 80 + phase[1])) / 2
    dy = amplitude_mm * (0.7 * np.sin(y / 50 + phase[2]) + 0.3 * np.sin(x / 70 + phase[3]))
    map_x, map_y = (
        np.asarray(cv2.resize((way * px).astype(np.float32), (width, height)), np.float32)
        for way in (x + dx, y + dy)
    )
    moved = cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderValue=(255,))
    return np.asarray(moved, np.uint8)


def write_on(picture: NDArray[np.uint8], seed: int, strokes: int = 80) -> NDArray[np.uint8]:
    """Pen strokes all over."""
    rng = np.random.default_rng(seed)
    picture = picture.copy()
    for _ in range(strokes):
        way = np.cumsum(rng.normal(0, 1.5, (12, 2)), axis=0) + rng.uniform((12, 40), (195, 255))
        line = (way * PRINT_PX_PER_MM).astype(np.int32)
        cv2.polylines(picture, [line], False, (40,), int(rng.uniform(6, 14)), cv2.LINE_AA)
    return picture


def register(picture: NDArray[np.uint8], degrees: float = 1.0) -> RegisteredPage:
    to_scan, size = view(200, degrees)
    page = register_page(spoil(scan(picture, to_scan, size)))
    assert isinstance(page, RegisteredPage)
    return page


def measure_misfit(grey: Grey) -> float:
    """How far the worst but one in twenty of the print lies beside the blank's, in mm."""
    apart = []
    for top in range(320, 2000, 96):
        for left in range(96, 1500, 112):
            tile = reference()[top : top + 96, left : left + 112]
            if tile.std() > 12:
                around = grey[top - 14 : top + 110, left - 14 : left + 126]
                likeness = cv2.matchTemplate(around, tile, cv2.TM_CCOEFF_NORMED)
                _, best, _, (x, y) = cv2.minMaxLoc(likeness)
                if best > 0.7:
                    apart.append(np.hypot(x - 14, y - 14) / 8)
    assert len(apart) > 50
    return float(np.percentile(apart, 95))


@pytest.mark.parametrize("amplitude_mm", [0.4, 1.0])
def test_waves_of_the_feeder_are_taken_out(amplitude_mm: float) -> None:
    page = register(wave(write_on(paper(), 1), amplitude_mm, seed=1))
    before = measure_misfit(page.grey)
    after = measure_misfit(lay_over(page, prepare_tiles(reference())).grey)
    assert before > 0.25
    assert after <= 0.25 < before


@pytest.mark.parametrize("seed", range(3))
def test_a_page_that_lies_right_stays(seed: int) -> None:
    page = register(write_on(paper(), seed, strokes=200))
    aligned = lay_over(page, prepare_tiles(reference()))
    assert measure_misfit(aligned.grey) <= 0.125
    assert aligned.shifts_mm is None or np.abs(aligned.shifts_mm).max() < 0.15


@pytest.mark.parametrize("degrees", [1, 90])
def test_a_corner_that_was_guessed_wrong_is_found_by_the_print(degrees: float) -> None:
    right = register(paper(), degrees)
    corners = np.array([(0, 0), (210, 0), (210, 297), (0, 297)], np.float32)
    pulled = corners + np.array([(0, 0), (0, 0), (7, -6), (0, 0)], np.float32)
    bend = np.asarray(cv2.getPerspectiveTransform(corners, pulled), np.float64)
    aligned = lay_over(move_page(right, bend), prepare_tiles(reference()))
    spots = np.array([(30.0, 60.0), (180.0, 60.0), (180.0, 240.0), (30.0, 240.0)])
    back = project(np.linalg.inv(right.to_scan), project(aligned.to_scan, spots))
    assert np.linalg.norm(back - spots, axis=1).max() < 0.5


def test_the_share_of_print_that_agrees_tells_the_right_blank_from_another() -> None:
    page = register(write_on(paper(), 4))
    assert (lay_over(page, prepare_tiles(reference())).agreement or 0) > 0.7
    other = next(render_pages(load("application"), [(1, 1)]))
    assert (lay_over(page, prepare_tiles(other)).agreement or 0) < 0.3


def test_a_broad_pen_hides_no_print_and_pale_print_is_lost() -> None:
    blank = prepare_tiles(reference())
    picture = paper().copy()
    for y in range(600, 4100, 260):
        for x in range(360, 3040, 260):
            cv2.circle(picture, (x, y), 72, (50,), 24)
    page = lay_over(register(picture), blank)
    assert (page.agreement or 0) < 0.6
    assert share_print_seen(page, blank) > 0.95
    rng = np.random.default_rng(1)
    bleached = np.clip(235 + rng.normal(0, 5, page.grey.shape), 0, 255).astype(np.uint8)
    assert share_print_seen(replace(page, grey=bleached), blank) < 0.1


def test_a_blank_without_print_moves_nothing() -> None:
    page = register(paper())
    nothing = np.full((PAGE_HEIGHT_PX, PAGE_WIDTH_PX), 255, np.uint8)
    assert lay_over(page, prepare_tiles(nothing)).agreement == 0.0
    assert lay_over(page, prepare_tiles(nothing)).grey is page.grey


def test_colour_moves_with_the_grey() -> None:
    page = register(wave(paper(), 0.8, seed=2))
    page = replace(page, colour=np.dstack([page.grey] * 3))
    aligned = lay_over(page, prepare_tiles(reference()))
    assert aligned.colour is not None
    assert np.array_equal(aligned.colour[..., 0], aligned.grey)
