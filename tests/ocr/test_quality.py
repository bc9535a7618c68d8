from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.frame import RegisteredPage, project
from ocr.quality import is_blank_page, measure_quality
from ocr.readings import Quality
from ocr.registration import register_page
from tests.ocr.drawn_paper import draw_blank, scan, spoil, view


@cache
def blank() -> NDArray[np.uint8]:
    return draw_blank()


def make_scan(dpi: float, degrees: float = 0.5) -> NDArray[np.uint8]:
    to_scan, size = view(dpi, degrees)
    return spoil(scan(blank(), to_scan, size), noise=6)


def measure(picture: NDArray[np.uint8]) -> Quality:
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    return measure_quality(page)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_clean_scan_has_no_problems(dpi: float) -> None:
    quality = measure(make_scan(dpi))
    assert quality.problems == ()
    assert quality.corners_found == 4
    assert quality.dpi == pytest.approx(dpi, rel=0.01)


@pytest.mark.parametrize(
    ("degrees", "skew"), [(2.0, -2.0), (-3.0, 3.0), (91.0, -1.0), (180.0, 0.0)]
)
def test_skew_counts_from_the_nearest_right_angle(degrees: float, skew: float) -> None:
    assert measure(make_scan(150, degrees)).skew_degrees == pytest.approx(skew, abs=0.1)


def test_too_few_pixels_are_a_problem() -> None:
    assert "low_resolution" in measure(make_scan(100)).problems


def test_blur_is_a_problem() -> None:
    picture = make_scan(200)
    assert measure(cv2.GaussianBlur(picture, (0, 0), 1.5)).problems == ()
    assert measure(cv2.GaussianBlur(picture, (0, 0), 4.0)).problems == ("blurred",)


def test_a_pale_scan_is_a_problem() -> None:
    pale = make_scan(200) // 5 + 190
    assert measure(np.asarray(pale, np.uint8)).problems == ("low_contrast",)


def test_a_cut_page_is_a_problem() -> None:
    to_scan, size = view(200)
    picture = spoil(scan(blank(), to_scan, size), noise=6)
    beyond = round(project(to_scan, np.array([(12.0, 150.0)]))[0, 0])
    assert measure(np.ascontiguousarray(picture[:, beyond:])).problems == ("clipped",)


def make_empty(shade: float = 0.0) -> NDArray[np.uint8]:
    rng = np.random.default_rng(3)
    light = 235 - shade * np.linspace(0, 1, 1654)[None]
    return (light + rng.normal(0, 6, (2339, 1654))).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("shade", [0.0, 90.0])
def test_an_empty_side_is_blank(shade: float) -> None:
    assert is_blank_page(make_empty(shade))


def test_punch_holes_dust_and_black_edges_are_no_writing() -> None:
    picture = make_empty()
    for y in (850, 1480):
        cv2.circle(picture, (90, y), 24, (20,), -1)
    for x, y in np.random.default_rng(1).integers(100, 1600, (25, 2)):
        picture[y : y + 2, x : x + 2] = 60
    picture[:, -40:] = 10
    assert is_blank_page(picture)


def test_a_note_by_hand_is_not_blank() -> None:
    picture = make_empty()
    cv2.putText(picture, "call back", (500, 900), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 3, (90,), 3)
    assert not is_blank_page(picture)


def test_a_printed_page_is_not_blank() -> None:
    assert not is_blank_page(make_scan(100))


def test_a_picture_of_next_to_nothing_is_blank() -> None:
    assert is_blank_page(np.full((1, 1), 255, np.uint8))
