from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.corrections import Presence
from ocr.frame import PX_PER_MM
from ocr.ink import FULL_STROKE, Ink
from ocr.page_sizes import shrink
from ocr.presence import read_signatures, read_stamps
from ocr.simulation.desk import seat_people
from ocr.simulation.imprints import stamp
from ocr.simulation.pen import draw_strokes
from ocr.simulation.signatures import sign
from ocr.simulation.styles import Style
from tests.ocr.inked_paper import FINE, draw_line, separate_ink, take_scan

SCALE = PX_PER_MM * FINE
PLACES = [Region(20 + 44 * (i % 4), 50 + 14 * (i // 4), 20.0, 9.0) for i in range(40)]
STAMP = Region(80.0, 60.0, 40.0, 40.0)


def draw_places(places: list[Region]) -> NDArray[np.uint8]:
    paper = np.full((297 * SCALE, 210 * SCALE), 255, np.uint8)
    for place in places:
        corners = np.array([(place.x_mm, place.y_mm), (place.right_mm, place.bottom_mm)]) * SCALE
        first, last = corners.round().astype(int).tolist()
        cv2.rectangle(paper, first, last, (110,), 4)
    return paper


def find_ink(fine: NDArray[np.uint8], places: list[Region]) -> Ink:
    blank = take_scan(draw_places(places), paper=1.0, noise=0.0)
    return separate_ink(take_scan(fine, (0.1, -0.1)), blank)


def read(fine: NDArray[np.uint8]) -> list[Presence]:
    readings = read_signatures(shrink(find_ink(fine, PLACES), 2), PLACES)
    return [readings[place].state for place in PLACES]


@pytest.mark.parametrize("style", Style)
def test_signatures_of_many_hands_are_seen_and_empty_places_are_not(style: Style) -> None:
    fine = draw_places(PLACES)
    signed = list(range(0, 40, 2))
    for number in signed:
        rng = np.random.default_rng(number)
        scribe = seat_people(number, style).representative
        strokes = sign(scribe.hand, PLACES[number], rng)
        draw_strokes(fine, strokes, scribe.pen, SCALE, rng)
    seen = read(fine)
    assert {seen[n] for n in range(40) if n not in signed} == {Presence.ABSENT}
    assert Presence.ABSENT not in [seen[n] for n in signed]
    assert [seen[n] for n in signed].count(Presence.PRESENT) >= 19


@pytest.mark.parametrize(
    "line",
    [
        [(-15, 4), (35, 6)],
        [(4, -12), (9, 25)],
        [(3, 2), (6, 6)],
        [(10, 4.5), (10.4, 4.5)],
        [(-6, 4), (1.5, 5), (-4, 8)],
    ],
    ids=["a line across", "a line down", "a slip", "a dot", "a neighbour's end"],
)
def test_strokes_that_are_no_signature_are_none(line: list[tuple[float, float]]) -> None:
    fine = draw_places(PLACES)
    place = PLACES[21]
    draw_line(fine, [(place.x_mm + x, place.y_mm + y) for x, y in line])
    assert set(read(fine)) == {Presence.ABSENT}


def test_a_paraph_of_one_wavy_stroke_is_never_called_missing() -> None:
    fine = draw_places(PLACES)
    place = PLACES[21]
    wave = [(3 + 0.35 * i, 7.5 - 0.07 * i + 0.42 * np.sin(i * 0.75)) for i in range(40)]
    draw_line(fine, [(place.x_mm + x, place.y_mm + y) for x, y in wave])
    seen = read(fine)
    assert seen.pop(21) is not Presence.ABSENT
    assert set(seen) == {Presence.ABSENT}


def test_a_signature_crossed_by_a_streak_is_not_overlooked() -> None:
    fine = draw_places(PLACES)
    rng = np.random.default_rng(5)
    scribe = seat_people(5, Style.TRAINING).agent
    draw_strokes(fine, sign(scribe.hand, PLACES[9], rng, "initials"), scribe.pen, SCALE, rng)
    middle = PLACES[9].x_mm + 10
    draw_line(fine, [(middle, 0), (middle, 297)], width_mm=0.3)
    assert read(fine)[9] is not Presence.ABSENT


def test_a_signature_that_runs_over_into_the_next_place_signs_one() -> None:
    places = [Region(60, 50, 20, 9), Region(82, 50, 20, 9)]
    fine = draw_places(places)
    wide = [(61 + 0.55 * i, 54.5 + 3 * np.sin(i * 1.3)) for i in range(44)]
    draw_line(fine, wide)
    readings = read_signatures(shrink(find_ink(fine, places), 2), places)
    assert [readings[place].state for place in places] == [Presence.PRESENT, Presence.ABSENT]


def test_the_other_side_shining_through_is_no_signature() -> None:
    fine = draw_places(PLACES)
    draw_line(fine, [(150, 200), (170, 240), (190, 200), (190, 260)])
    place = PLACES[14]
    rng = np.random.default_rng(3)
    for x, y in rng.random((60, 2)) * [place.width_mm, place.height_mm]:
        at = (place.x_mm + x, place.y_mm + y)
        draw_line(fine, [at, (at[0] + 1.0, at[1])], width_mm=0.8, grey=238)
    assert read(fine)[14] is Presence.ABSENT


@pytest.mark.parametrize("number", [3, 5, 8])
def test_a_signature_in_a_pale_pen_beside_a_dark_one_is_never_called_missing(number: int) -> None:
    fine = draw_places(PLACES)
    for y in range(170, 280, 12):
        draw_line(fine, [(20, y), (190, y + 4)], width_mm=1.0, grey=25)
    rng = np.random.default_rng(number)
    scribe = seat_people(number, Style.TRAINING).representative
    pen = replace(scribe.pen, width_mm=0.5, darkness=0.4)
    draw_strokes(fine, sign(scribe.hand, PLACES[9], rng), pen, SCALE, rng)
    (seen,) = read_signatures(shrink(find_ink(fine, PLACES), 2), [PLACES[9]]).values()
    assert seen.state is not Presence.ABSENT


def test_a_speck_far_from_a_signature_does_not_hide_it() -> None:
    places = [Region(60, 50, 80, 14)]
    fine = draw_places(places)
    draw_line(fine, [(66 + 0.4 * i, 57 + 3 * np.sin(i * 1.3)) for i in range(40)])
    draw_line(fine, [(132, 54), (133.5, 54)], width_mm=0.6)
    readings = read_signatures(shrink(find_ink(fine, places), 2), places)
    assert readings[places[0]].state is Presence.PRESENT


def test_confidence_is_a_probability() -> None:
    fine = draw_places(PLACES)
    draw_line(fine, [(21, 53), (24, 57), (27, 53), (30, 57), (31, 53)])
    for reading in read_signatures(shrink(find_ink(fine, PLACES), 2), PLACES).values():
        assert 0.5 <= reading.confidence <= 1


def stamp_paper(seed: int, *, pale: bool) -> NDArray[np.uint8]:
    fine = np.dstack([draw_places([STAMP])] * 3)
    stamp(fine, STAMP, SCALE, np.random.default_rng(seed))
    return 255 - (255 - fine) // 4 if pale else fine


@pytest.mark.parametrize("seed", range(4))
def test_a_stamp_is_seen_on_a_grey_scan(seed: int) -> None:
    grey = cv2.cvtColor(stamp_paper(seed, pale=False), cv2.COLOR_RGB2GRAY)
    readings = read_stamps(find_ink(grey, [STAMP]), None, [STAMP])
    assert readings[STAMP].state is Presence.PRESENT


def test_a_pale_stamp_is_seen_in_colour() -> None:
    fine = stamp_paper(2, pale=True)
    colour = cv2.resize(fine, None, fx=1 / FINE, fy=1 / FINE, interpolation=cv2.INTER_AREA)
    nothing = np.zeros(colour.shape[:2], np.float32)
    assert read_stamps(nothing, colour, [STAMP])[STAMP].state is not Presence.ABSENT
    assert read_stamps(nothing, None, [STAMP])[STAMP].state is Presence.ABSENT


@pytest.mark.parametrize("seed", range(4))
def test_a_signature_in_place_of_the_stamp_is_none(seed: int) -> None:
    fine = draw_places([STAMP])
    rng = np.random.default_rng(seed)
    scribe = seat_people(seed, Style.TRAINING).agent
    draw_strokes(fine, sign(scribe.hand, STAMP, rng), scribe.pen, SCALE, rng)
    readings = read_stamps(find_ink(fine, [STAMP]), None, [STAMP])
    assert readings[STAMP].state is Presence.ABSENT


def test_speckle_is_no_stamp() -> None:
    ink = (np.random.default_rng(1).random((297 * 8, 210 * 8)) < 0.08) * np.uint8(FULL_STROKE)
    assert read_stamps(ink, None, [STAMP])[STAMP].state is not Presence.PRESENT
