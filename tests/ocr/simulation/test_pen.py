from dataclasses import replace

import numpy as np
import pytest

from form_templates.model import Region
from ocr.simulation.circles import draw_circle
from ocr.simulation.hand import make_hand
from ocr.simulation.pen import Pen, choose_pen, draw_strokes
from ocr.simulation.strokes import Stroke, curve_with_corners, space_evenly
from ocr.simulation.styles import Style
from tests.ocr.simulation.canvas import CODE, white

PEN = Pen("gel", 0.5, 0.9, (20, 30, 120), 0.1, 0.0, 0.0, 0.0)
LINE = Stroke(space_evenly(np.array([[10.0, 10.0], [40.0, 10.0]])), np.ones(168))


def test_a_line_is_as_wide_as_the_pen() -> None:
    picture = white()
    draw_strokes(picture, [LINE], PEN, 8.0, np.random.default_rng(0))
    covered = (255 - picture[:, 200].astype(float)).sum() / (255 - picture.min())
    assert covered / 8.0 == pytest.approx(0.5, abs=0.08)


def test_a_harder_press_leaves_a_darker_line() -> None:
    soft, hard = white(), white()
    pen = replace(PEN, response=0.6)
    faint = replace(LINE, pressure=LINE.pressure * 0.4)
    draw_strokes(soft, [faint], pen, 8.0, np.random.default_rng(0))
    draw_strokes(hard, [LINE], pen, 8.0, np.random.default_rng(0))
    assert hard.astype(int).sum() < soft.astype(int).sum()


def test_print_shows_through_ink() -> None:
    picture = white()
    picture[:, 200:220] = 60
    draw_strokes(picture, [LINE], replace(PEN, darkness=0.6), 8.0, np.random.default_rng(0))
    assert picture[80, 210] < picture[80, 150]
    assert picture[80, 210] < 60


def test_ink_has_its_colour_on_a_coloured_page() -> None:
    picture = np.repeat(white()[..., None], 3, axis=2)
    draw_strokes(picture, [LINE], PEN, 8.0, np.random.default_rng(0))
    red, _, blue = picture[80, 200]
    assert red < blue - 40


def test_a_flat_nib_draws_along_itself_thinner_than_across() -> None:
    shares = []
    for way in ([1.0, -1.0], [1.0, 1.0]):
        picture = white()
        line = space_evenly(np.array([[20.0, 20.0], np.array([20.0, 20.0]) + np.multiply(way, 15)]))
        flat = replace(PEN, flatness=0.6)
        stroke = Stroke(line, np.ones(len(line)))
        draw_strokes(picture, [stroke], flat, 8.0, np.random.default_rng(0))
        shares.append((picture < 128).sum())
    assert shares[0] < 0.7 * shares[1]


def test_a_hollow_line_is_paler_in_its_middle() -> None:
    picture = white()
    wide = replace(PEN, width_mm=1.2, hollow=0.5)
    draw_strokes(picture, [LINE], wide, 8.0, np.random.default_rng(0))
    column = picture[:, 200].astype(int)
    assert column[80] > column[72:88].min() + 40


def test_what_lies_off_the_page_is_left_out() -> None:
    picture = white()
    far = replace(LINE, points_mm=LINE.points_mm + np.array([0.0, 500.0]))
    draw_strokes(picture, [far], PEN, 8.0, np.random.default_rng(0))
    assert (picture == 255).all()


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("kind", ["ballpoint", "gel", "pencil", "marker"])
def test_every_kind_of_pen_can_be_had(style: Style, kind: str) -> None:
    pen = choose_pen(np.random.default_rng(3), style, kind)
    assert pen.kind == kind
    assert 0.2 < pen.width_mm < 1.3


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_leaves_the_same_ink(seed: int) -> None:
    pictures = []
    for _ in range(2):
        rng = np.random.default_rng(seed)
        picture = white()
        hand, pen = make_hand(rng), choose_pen(rng)
        draw_strokes(picture, draw_circle(hand, CODE, rng), pen, 8.0, rng)
        pictures.append(picture)
    assert pictures[0].tobytes() == pictures[1].tobytes()
    assert pictures[0].min() < 255


def test_a_pen_without_ink_is_refused() -> None:
    with pytest.raises(ValueError, match="no pen writes"):
        replace(PEN, darkness=0.0)


def test_a_stroke_needs_a_pressure_at_each_point() -> None:
    with pytest.raises(ValueError, match="as many pressures"):
        Stroke(LINE.points_mm, np.ones(3))


def test_a_corner_stays_sharp() -> None:
    line = curve_with_corners([[0, 0], [1, 0, 1], [1, 1]])
    assert np.abs(line - [1.0, 0.0]).sum(axis=1).min() == 0.0
    assert line[:, 0].max() == pytest.approx(1.0)


def test_points_are_spaced_evenly() -> None:
    line = space_evenly(np.array([[0.0, 0.0], [0.1, 0.0], [9.0, 0.0]]), 0.5)
    steps = np.diff(line[:, 0])
    assert steps == pytest.approx(np.full(len(steps), 0.5))


def test_a_region_off_the_grid_is_still_hit() -> None:
    rng = np.random.default_rng(0)
    picture = white(20, 20)
    draw_strokes(picture, draw_circle(make_hand(rng), Region(-3, -3, 10, 8.5), rng), PEN, 8.0, rng)
    assert picture.min() < 128
