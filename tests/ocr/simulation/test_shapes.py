from dataclasses import replace

import numpy as np
import pytest

from ocr.simulation.circles import CIRCLE_SHAPES, circle_several, draw_circle
from ocr.simulation.crosses import (
    CROSS_SHAPES,
    SLASH_SHAPES,
    STRIKE_SHAPES,
    draw_cross,
    slash,
    strike_row,
    strike_through,
)
from ocr.simulation.digits import list_shapes, paste_digit, write_digit
from ocr.simulation.hand import make_hand
from ocr.simulation.letters import list_typefaces, trace_letter, write_letter, write_text
from ocr.simulation.pen import choose_pen
from ocr.simulation.places import centre_of
from ocr.simulation.signatures import SIGNATURE_SHAPES, sign
from ocr.simulation.skeleton import thin, trace_lines
from ocr.simulation.strays import SCRIBBLES, arrow, dot, scribble, stray, tick, underline
from ocr.simulation.strokes import bound_strokes
from ocr.simulation.styles import Style, model_of
from tests.ocr.simulation.canvas import CELL, CODE, points_of, sides_covered, white

SEEDS = range(12)
MKHEDRULI = [chr(0x10D0 + n) for n in range(33)]
EVERY_STYLE = pytest.mark.parametrize("style", Style)


def nearest_mm(points: np.ndarray, place: np.ndarray) -> float:
    return float(np.hypot(*(points - place).T).min())


@EVERY_STYLE
@pytest.mark.parametrize("shape", CIRCLE_SHAPES)
def test_a_circle_goes_round_its_code(style: Style, shape: str) -> None:
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        strokes = draw_circle(make_hand(rng, style), CODE, rng, shape)
        assert sides_covered(strokes, CODE) > 0.65
        assert nearest_mm(points_of(strokes), centre_of(CODE)) > 0.3


@EVERY_STYLE
@pytest.mark.parametrize("shape", [name for name in CIRCLE_SHAPES if name != "round"])
def test_each_shape_of_circle_is_a_drawing_of_its_own(style: Style, shape: str) -> None:
    drawn = []
    for name in ("round", shape):
        rng = np.random.default_rng(5)
        drawn.append(points_of(draw_circle(make_hand(rng, style), CODE, rng, name)))
    assert drawn[0].shape != drawn[1].shape or not np.allclose(drawn[0], drawn[1], atol=0.05)


@EVERY_STYLE
@pytest.mark.parametrize("shape", CROSS_SHAPES)
def test_the_legs_of_a_cross_meet_on_its_code(style: Style, shape: str) -> None:
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        points = points_of(draw_cross(make_hand(rng, style), CODE, rng, shape))
        assert nearest_mm(points, centre_of(CODE)) < 2.0


@pytest.mark.parametrize("shape", STRIKE_SHAPES)
def test_a_strike_reaches_from_the_first_cell_to_the_last(shape: str) -> None:
    cells = [CELL.moved(5.2 * i, 0) for i in range(8)]
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        left, _, right, _ = bound_strokes(strike_through(make_hand(rng), cells, rng, shape))
        assert left < cells[0].right_mm
        assert right > cells[-1].x_mm


@pytest.mark.parametrize("movement", ["circle", "cross", "tremor", "signature"])
def test_no_two_styles_move_a_pen_by_the_same_model(movement: str) -> None:
    assert len({model_of(style, movement) for style in Style}) == len(Style)


@pytest.mark.parametrize("draw", [draw_circle, draw_cross, sign, tick, scribble])
def test_the_guard_draws_like_none_of_the_others(draw: type) -> None:
    same_hand = replace(make_hand(np.random.default_rng(1)), tremor_mm=0.0)
    drawn = []
    for style in (Style.TRAINING, Style.GUARD):
        rng = np.random.default_rng(1)
        drawn.append(points_of(draw(replace(same_hand, style=style), CODE, rng)))
    assert drawn[0].shape != drawn[1].shape or not np.allclose(drawn[0], drawn[1], atol=0.05)


@EVERY_STYLE
@pytest.mark.parametrize("draw", [tick, underline, dot, stray, slash])
@pytest.mark.parametrize("seed", [1, 2])
def test_other_marks_stay_near_their_code(draw: type, seed: int, style: Style) -> None:
    rng = np.random.default_rng(seed)
    left, top, right, bottom = bound_strokes(draw(make_hand(rng, style), CODE, rng))
    near = CODE.grown(6.0)
    assert near.x_mm < left <= right < near.right_mm
    assert near.y_mm < top <= bottom < near.bottom_mm


@EVERY_STYLE
@pytest.mark.parametrize("shape", SLASH_SHAPES)
def test_one_stroke_goes_through_its_code(shape: str, style: Style) -> None:
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        strokes = slash(make_hand(rng, style), CODE, rng, shape)
        assert len(strokes) == 1
        assert nearest_mm(points_of(strokes), centre_of(CODE)) < 2.5


@EVERY_STYLE
@pytest.mark.parametrize("way", [(9.0, 0.0), (0.0, 6.0)])
def test_marks_on_two_codes_reach_both(way: tuple[float, float], style: Style) -> None:
    other = CODE.moved(*way)
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        hand = make_hand(rng, style)
        line = points_of(strike_row(hand, [CODE, other], rng))
        assert max(nearest_mm(line, centre_of(code)) for code in (CODE, other)) < 2.0
        pointing = points_of(arrow(hand, [CODE, other], rng))
        assert nearest_mm(pointing, centre_of(other)) < nearest_mm(pointing, centre_of(CODE)) + 1.5
        assert min(nearest_mm(pointing, centre_of(code)) for code in (CODE, other)) > 0.2
        ring = circle_several(hand, [CODE, other], rng)
        middle = CODE.moved(way[0] / 2, way[1] / 2)
        assert sides_covered(ring, middle) > 0.65


@EVERY_STYLE
@pytest.mark.parametrize("shape", SCRIBBLES)
def test_a_scribble_takes_far_more_ink_than_a_cross(shape: str, style: Style) -> None:
    rng = np.random.default_rng(1)
    hand = make_hand(rng, style)
    assert len(points_of(scribble(hand, CODE, rng, shape))) > 2 * len(
        points_of(draw_cross(hand, CODE, rng))
    )


@EVERY_STYLE
@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_stays_around_its_cell(style: Style, digit: str) -> None:
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        left, top, right, bottom = bound_strokes(
            write_digit(make_hand(rng, style), digit, CELL, rng)
        )
        assert CELL.x_mm - 2.5 < left < right < CELL.right_mm + 2.5
        assert CELL.y_mm - 1.5 < top < bottom < CELL.bottom_mm + 1.5
        assert bottom - top > 2.5


@pytest.mark.parametrize("digit", "0123456789")
def test_each_style_has_digits_of_its_own(digit: str) -> None:
    names = {style: {s.name for s in list_shapes(digit, style)} for style in Style}
    assert all(len(own) >= 2 for own in names.values())
    assert names[Style.TRAINING] & names[Style.MEASURING] <= {"plain"}
    assert names[Style.MEASURING] - names[Style.TRAINING]
    assert not names[Style.GUARD] & (names[Style.TRAINING] | names[Style.MEASURING])


def test_a_hand_writes_its_digits_alike_and_never_the_same() -> None:
    rng = np.random.default_rng(4)
    hand = make_hand(rng)
    one, two = (points_of(write_digit(hand, "5", CELL, rng, "one_stroke")) for _ in range(2))
    assert one.shape != two.shape or not np.allclose(one, two, atol=0.02)


def test_a_given_picture_of_a_digit_is_written_into_its_cell() -> None:
    rng = np.random.default_rng(4)
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 12:16] = 255
    page = white()
    paste_digit(page, image, CELL, choose_pen(rng), make_hand(rng), 8.0, rng)
    rows, columns = np.nonzero(page < 200)
    assert CELL.y_mm * 8 < rows.min() < rows.max() < CELL.bottom_mm * 8
    assert CELL.x_mm * 8 < columns.min() < columns.max() < CELL.right_mm * 8


@EVERY_STYLE
@pytest.mark.parametrize("letter", MKHEDRULI)
def test_every_letter_has_a_middle_line(letter: str, style: Style) -> None:
    lines, advance = trace_letter(letter, list_typefaces(style))
    assert sum(len(line) for line in lines) > 25
    assert 0.3 < advance < 1.2


def test_a_letter_is_written_in_its_cell() -> None:
    for letter in MKHEDRULI:
        rng = np.random.default_rng(ord(letter))
        strokes = write_letter(make_hand(rng), letter, CELL, rng)
        left, top, right, bottom = bound_strokes(strokes)
        assert CELL.x_mm - 2 < left < right < CELL.right_mm + 2
        assert CELL.y_mm - 2 < top < bottom < CELL.bottom_mm + 2.5


def test_a_space_is_written_with_no_ink() -> None:
    rng = np.random.default_rng(0)
    assert write_letter(make_hand(rng), " ", CELL, rng) == ()


def test_a_long_text_is_written_smaller_to_fit() -> None:
    rng = np.random.default_rng(0)
    box = CODE.grown(8.0)
    left, _, right, _ = bound_strokes(write_text(make_hand(rng), MKHEDRULI[4] * 40, box, rng))
    assert box.x_mm - 2 < left < right < box.right_mm + 4


@EVERY_STYLE
@pytest.mark.parametrize("shape", SIGNATURE_SHAPES)
def test_a_signature_fills_its_place_without_running_far_out(style: Style, shape: str) -> None:
    place = CODE.grown(5.0)
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        left, top, right, bottom = bound_strokes(sign(make_hand(rng, style), place, rng, shape))
        assert right - left > 4.0
        assert place.x_mm - 8 < left < right < place.right_mm + 8
        assert place.y_mm - 8 < top < bottom < place.bottom_mm + 8


def test_two_hands_sign_differently_and_one_hand_alike() -> None:
    def outline(hand_seed: int, seed: int) -> float:
        hand = make_hand(np.random.default_rng(hand_seed))
        strokes = sign(hand, CODE.grown(6.0), np.random.default_rng(seed), "cursive")
        return float(len(points_of(strokes)))

    own = [outline(1, seed) for seed in range(5)]
    others = [outline(hand_seed, 1) for hand_seed in range(5)]
    assert np.std(own) < np.std(others)


def test_a_thick_bar_is_thinned_to_one_line() -> None:
    shape = np.zeros((30, 60), np.bool_)
    shape[10:20, 5:55] = True
    assert thin(shape).sum(axis=0).max() <= 2
    lines = trace_lines(shape)
    assert len(lines) == 1
    assert np.ptp(lines[0][:, 0]) > 35


def test_a_ring_is_traced_as_one_closed_line() -> None:
    y, x = np.mgrid[0:50, 0:50]
    away = np.hypot(x - 25, y - 25)
    lines = trace_lines((away > 13) & (away < 19))
    assert len(lines) == 1
    assert lines[0][0].tolist() == lines[0][-1].tolist()
