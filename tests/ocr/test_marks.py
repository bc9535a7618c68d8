import numpy as np
import pytest

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import Option, Region
from form_templates.printing import render_page
from ocr.ink import FULL_STROKE
from ocr.inked_page import InkedPage
from ocr.marks import (
    CLASSES,
    VIEW_HEIGHT_PX,
    VIEW_WIDTH_PX,
    MarkView,
    classify_marks,
    cut_windows,
    is_touched,
    prepare_view,
    read_question,
)
from ocr.page_sizes import shrink
from ocr.readings import MarkState
from ocr.simulation.circles import CIRCLE_SHAPES, draw_circle
from ocr.simulation.crosses import CROSS_SHAPES, draw_cross
from ocr.simulation.hand import make_hand
from ocr.simulation.pen import choose_pen, draw_strokes
from ocr.simulation.strays import scribble, tick, underline
from ocr.simulation.styles import Style

DECLARATION = catalog.load("family_declaration")
PAGE = next(p.template for p in lay_out(DECLARATION) if p.template.page == 3)
FLOOR = next(field for field in PAGE.fields if field.id == "A10")
BLANK = render_page(DECLARATION, 3, 1)
HALF = shrink(BLANK, 2)


def draw(*acts, seed: int = 1) -> np.ndarray:
    """The blank page with acts on codes of A10: (index, drawing function, shape or nothing)."""
    picture, rng = BLANK.copy(), np.random.default_rng(seed)
    hand, pen = make_hand(rng, Style.MEASURING), choose_pen(rng, Style.MEASURING, "ballpoint")
    for index, act, *shape in acts:
        strokes = act(hand, FLOOR.options[index].region, rng, *shape)
        draw_strokes(picture, strokes, pen, 8.0, rng)
    return picture


def classify(picture: np.ndarray) -> list[str]:
    regions = [option.region for option in FLOOR.options]
    touched = np.ones(len(regions), bool)
    chances = classify_marks(prepare_view(picture, HALF), regions, touched)
    return [CLASSES[i] for i in chances.argmax(axis=1)]


def test_an_empty_page_is_blank_at_every_code():
    assert classify(BLANK) == ["blank"] * 6


@pytest.mark.parametrize("shape", [s for s in CIRCLE_SHAPES if s != "huge"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_shape_of_circle_is_a_circle_and_its_neighbours_stay_blank(shape, seed):
    assert classify(draw((1, draw_circle, shape), seed=seed)) == [
        "blank",
        "circled",
        *["blank"] * 4,
    ]


@pytest.mark.parametrize("shape", CROSS_SHAPES)
def test_a_circle_with_an_x_of_any_shape_is_crossed_out(shape):
    seen = [
        classify(draw((1, draw_circle, "round"), (1, draw_cross, shape), (3, draw_circle), seed=s))
        for s in (1, 2, 3)
    ]
    # An X drawn in one go may be a scribble; it never leaves an answer.
    assert {codes[1] for codes in seen} <= {"crossed_out", "unclear"}
    assert [codes[1] for codes in seen].count("crossed_out") >= 2
    assert {codes[3] for codes in seen} == {"circled"}


@pytest.mark.parametrize("shape", ["zigzag", "blackout", "coil", "hatch"])
def test_a_scribble_is_never_a_circle_and_never_blank(shape):
    assert classify(draw((2, scribble, shape)))[2] not in ("circled", "blank")


@pytest.mark.parametrize("act", [tick, underline])
def test_a_tick_or_a_line_is_never_a_circle(act):
    for seed in range(4):
        assert classify(draw((2, act), seed=seed))[2] != "circled"


@pytest.mark.parametrize(("paper", "ink"), [(1.0, 1.0), (0.8, 0.9), (1.0, 0.45)])
def test_dark_scans_and_pale_copies_read_alike(paper, ink):
    picture = draw((1, draw_circle, "round"), (4, draw_circle, "lapped"))
    pale = 255 * paper - (255.0 - picture) * ink * paper
    seen = classify(np.clip(pale, 0, 255).astype(np.uint8))
    assert seen == ["blank", "circled", "blank", "blank", "circled", "blank"]


def test_codes_that_no_pen_came_near_are_blank_without_the_network():
    regions = [option.region for option in FLOOR.options]
    scribbled = draw((0, scribble))
    chances = classify_marks(prepare_view(scribbled, HALF), regions, np.zeros(6, bool))
    assert (chances[:, CLASSES.index("blank")] == 1).all()


def draw_ring(radius_mm: float, sides: str) -> InkedPage:
    """A page with a ring of ink around the middle of a code, on some of its sides only."""
    y, x = np.mgrid[0:400, 0:400] / 8 - 25
    ring = np.abs(np.hypot(x, y) - radius_mm) < 0.25
    along = {"left": -x, "right": x, "above": -y, "below": y}
    drawn = ring & np.any([along[side] > 0.85 * radius_mm for side in sides.split()], axis=0)
    return InkedPage(None, None, drawn * np.uint8(FULL_STROKE), 0.0)


@pytest.mark.parametrize(
    ("radius_mm", "sides", "touched"),
    [
        (3.5, "left right above below", True),
        (7.5, "left right above below", True),
        (7.5, "left right above", True),
        (7.5, "left right", False),
        (16.0, "left right above below", False),
    ],
)
def test_a_wide_circle_touches_its_code_and_two_neighbours_circles_do_not(
    radius_mm, sides, touched
):
    code = Region(20.0, 20.75, 10.0, 8.5)
    assert is_touched(draw_ring(radius_mm, sides), code) is touched


def test_windows_show_the_code_in_their_middle_even_at_the_edge_of_the_page():
    view = MarkView(*(np.zeros((1188, 840), np.uint8) for _ in range(3)))
    view.drawn[:40, :40] = 200
    (window,) = cut_windows(view, [Region(0.0, 0.0, 10.0, 8.5)])
    assert window.shape == (2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX)
    assert window[0, VIEW_HEIGHT_PX // 2, VIEW_WIDTH_PX // 2] == 200
    assert window[0, 0, 0] == 0


def chances(*states: tuple[str, float]) -> np.ndarray:
    rows = np.zeros((len(states), len(CLASSES)), np.float32)
    for row, (state, chance) in zip(rows, states, strict=True):
        row[:] = (1 - chance) / (len(CLASSES) - 1)
        row[CLASSES.index(state)] = chance
    return rows


OPTIONS = [Option(code, Region(0, 0, 1, 1)) for code in "12"]


def test_a_question_is_as_sure_as_all_its_codes_together():
    seen = read_question(OPTIONS, chances(("circled", 0.98), ("blank", 0.96)), 0.95)
    assert [m.state for m in seen.marks] == [MarkState.CIRCLED, MarkState.BLANK]
    assert seen.confidence == pytest.approx(0.98 * 0.96) and seen.doubtful


def test_other_ink_makes_a_question_doubtful_however_sure_it_is():
    seen = read_question(OPTIONS, chances(("other", 0.999), ("blank", 0.999)), 0.95)
    assert seen.doubtful and seen.marks[0].state is MarkState.UNCLEAR


def test_beside_a_crossing_more_certainty_is_asked():
    plain = read_question(OPTIONS, chances(("circled", 0.96), ("blank", 0.99)), 0.95)
    corrected = read_question(OPTIONS, chances(("circled", 0.96), ("crossed_out", 0.999)), 0.95)
    assert not plain.doubtful and corrected.doubtful
