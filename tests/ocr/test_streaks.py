import cv2
import numpy as np
import pytest

from ocr.streaks import remove_streaks
from tests.ocr.drawn_paper import draw_blank

PAPER = 230


def scan_page(seed: int = 1) -> np.ndarray:
    """A printed page at about 200 dpi, a little askew, with the noise of a scanner."""
    blank = draw_blank()
    turn = cv2.getRotationMatrix2D((blank.shape[1] / 2, blank.shape[0] / 2), 0.6, 0.98)
    turned = cv2.warpAffine(blank, turn, blank.shape[::-1], borderValue=(255,))
    small = cv2.resize(turned, (1654, 2339), interpolation=cv2.INTER_AREA) * (PAPER / 255)
    noise = np.random.default_rng(seed).normal(0, 3, small.shape)
    return (small + noise).clip(0, 255).astype(np.uint8)


def lay_streak(picture: np.ndarray, column: int, width: int, opaque: float) -> np.ndarray:
    streaked = picture.copy()
    part = slice(column, column + width)
    streaked[:, part] = (streaked[:, part] * (1 - opaque)).astype(np.uint8)
    return streaked


def differ(one: np.ndarray, other: np.ndarray) -> float:
    """The darkest trace that is left somewhere along a column, in grey levels."""
    step = other.astype(np.float32) - one
    return float(np.abs(cv2.blur(step, (1, 41))).max())


@pytest.mark.parametrize(("width", "opaque"), [(1, 0.2), (2, 0.4), (3, 0.55)])
def test_a_streak_is_gone_and_the_print_below_it_stays(width: int, opaque: float):
    page = scan_page()
    streaked = lay_streak(page, 700, width, opaque)
    assert differ(streaked, page) > 30
    assert differ(remove_streaks(streaked), page) < 8


def test_a_streak_that_lets_no_light_through_is_filled_from_both_sides():
    page = scan_page()
    cleared = remove_streaks(lay_streak(page, 900, 2, 0.95))
    assert cleared[:60, 900:902].mean() > PAPER - 8


def test_a_streak_of_a_page_fed_sideways_is_gone_too():
    page = scan_page()
    streaked = np.ascontiguousarray(lay_streak(page, 400, 2, 0.4).T)
    assert differ(remove_streaks(streaked).T, page) < 8


def test_a_streak_is_taken_out_of_a_picture_with_colour():
    page = cv2.cvtColor(scan_page(), cv2.COLOR_GRAY2RGB)
    cleared = remove_streaks(lay_streak(page, 700, 2, 0.4))
    assert differ(cleared[..., 1], page[..., 1]) < 8


def test_a_clean_page_is_left_as_it_is():
    page = scan_page()
    assert remove_streaks(page) is page


@pytest.mark.parametrize("turned", [False, True])
def test_printed_lines_and_strokes_from_one_margin_to_the_other_stay(turned: bool):
    page = np.full((2339, 1654), PAPER, np.uint8)
    page[80:-80, 500:503] = 60
    page[120:-120:90, 100:-100] = 60
    page = np.ascontiguousarray(page.T) if turned else page
    assert (remove_streaks(page) == page).all()


def test_a_1_written_on_a_streak_stays_darker_than_the_paper():
    page = scan_page()
    page[1000:1050, 698:704] = 70
    cleared = remove_streaks(lay_streak(page, 700, 1, 0.3))
    assert cleared[1005:1045, 699:703].mean() < 110


def test_a_page_of_the_scanners_lid_is_left_as_it_is():
    lid = np.full((500, 400), 30, np.uint8)
    lid[:, 200] = 10
    assert remove_streaks(lid) is lid
