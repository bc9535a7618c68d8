from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.marks import MARKER_DICTIONARY, MARKERS
from form_templates.printing import render_page
from ocr.simulation import effects
from ocr.simulation import effects_guard as guard
from ocr.simulation.scanner import LEVELS, choose_steps, describe_level, scan
from ocr.simulation.styles import Style, draw_ranges

SCALE = 8.0
STYLES = (Style.MEASURING, Style.GUARD)
MACHINES = pytest.mark.parametrize("style", STYLES)
MIDDLING = {
    **{"fade": 0.3, "paper": 230.0, "shade": 0.2, "blur_mm": 0.15, "noise": 8.0, "jpeg": 50.0},
    **{"streak": 0.4, "dirt": 60.0, "bleed": 0.1, "stain": 0.3, "stain_mm": 40.0},
    **{"wave_mm": 0.5, "tear_mm": 30.0},
}


@cache
def page() -> NDArray[np.uint8]:
    return render_page(catalog.load("application"), 1, 1, px_per_mm=SCALE)


def find_markers(picture: NDArray[np.uint8]) -> dict[int, NDArray[np.float64]]:
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, MARKER_DICTIONARY))
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary).detectMarkers(picture)
    if ids is None:
        return {}
    return {int(n): c.reshape(4, 2).mean(axis=0) for n, c in zip(ids.ravel(), corners, strict=True)}


@MACHINES
@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_gives_the_same_scan(level: int, style: Style) -> None:
    one, two = (scan(page(), level, np.random.default_rng(5), 150.0, style=style) for _ in range(2))
    other = scan(page(), level, np.random.default_rng(6), 150.0, style=style)
    assert one.picture.tobytes() == two.picture.tobytes()
    assert (one.to_px == two.to_px).all()
    assert one.picture.tobytes() != other.picture.tobytes()


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("turns", [(), ("turn",)])
def test_the_transform_says_where_the_paper_lies(
    level: int, seed: int, turns: tuple[str, ...]
) -> None:
    scanned = scan(page(), level, np.random.default_rng(seed), 200.0, steps=("place", *turns))
    markers = find_markers(scanned.picture)
    assert len(markers) == 4
    for number, found in markers.items():
        region = MARKERS[number]
        middle = np.array([[[region.x_mm + 5, region.y_mm + 5]]], dtype=np.float32)
        told = cv2.perspectiveTransform(middle, scanned.to_px)[0, 0]
        assert np.abs(told - found).max() < 0.15 * 200 / 25.4


@MACHINES
@pytest.mark.parametrize("level", LEVELS)
def test_a_level_keeps_to_its_table(level: int, style: Style) -> None:
    ranges = describe_level(level, style)
    for seed in range(30):
        steps = choose_steps(level, np.random.default_rng(seed), style)
        assert set(steps) <= set(ranges["steps"])
        assert [s for s in ranges["steps"] if s in steps] == list(steps)
    low, high = ranges["rotation_degrees"]
    assert abs(low) <= {0: 0.2, 1: 1.0, 2: 3.0, 3: 6.0}[level]
    assert high == -low


def test_each_level_is_harder_than_the_one_before() -> None:
    tables = [describe_level(level) for level in (1, 2, 3)]
    for name in ("rotation_degrees", "blur_mm", "noise", "fade", "shade", "perspective_mm"):
        assert tables[0][name][1] < tables[1][name][1] < tables[2][name][1]
    assert tables[0]["jpeg"][0] > tables[1]["jpeg"][0] > tables[2]["jpeg"][0]


def test_the_guards_machines_spoil_in_other_ways() -> None:
    for level in (1, 2, 3):
        usual, guards = (set(describe_level(level, style)["steps"]) for style in STYLES)
        paper = {"place", "punch", "fold", "tear", "turn", "threshold"}
        assert not usual & guards - paper
        for name in ("rotation_degrees", "stretch"):
            assert describe_level(level, Style.GUARD)[name][1] < 6.0


def test_a_guards_level_is_harder_than_the_one_before() -> None:
    tables = [describe_level(level, Style.GUARD) for level in (1, 2, 3)]
    for name in ("rotation_degrees", "defocus_mm", "shot", "gutter", "mottle"):
        assert tables[0][name][1] < tables[1][name][1] < tables[2][name][1]
    assert tables[0]["jpeg"][0] > tables[1]["jpeg"][0] > tables[2]["jpeg"][0]


@MACHINES
def test_every_effect_of_the_table_exists(style: Style) -> None:
    for level in LEVELS:
        steps = describe_level(level, style)["steps"]
        rng = np.random.default_rng(1)
        assert scan(page(), level, rng, 100.0, steps=steps, style=style).effects == tuple(steps)


@pytest.mark.parametrize(
    "effect",
    [
        *(effects.fade, effects.shade, effects.soften, effects.speckle, effects.compress),
        *(effects.streak, effects.dirty, effects.bleed, effects.stain, effects.ring),
        *(effects.punch, effects.fold, effects.photocopy, effects.tear, effects.wave),
        *(guard.mottle, guard.curve, guard.gutter, guard.through, guard.thumb, guard.crumple),
        *(guard.halftone, guard.band, guard.ghost, guard.defocus, guard.roller, guard.lint),
        *(guard.shot, guard.recompress),
    ],
    ids=lambda effect: effect.__name__,
)
@pytest.mark.parametrize("channels", ["grey", "rgb"])
def test_an_effect_changes_a_picture_and_keeps_its_size(effect: type, channels: str) -> None:
    picture = page() if channels == "grey" else np.repeat(page()[..., None], 3, axis=2)
    kept = picture.copy()
    settings = MIDDLING | draw_ranges(describe_level(2, Style.GUARD), np.random.default_rng(1))
    spoiled = effect(picture, SCALE, np.random.default_rng(2), settings | {"halftone": 0.5})
    assert spoiled.shape == picture.shape
    assert spoiled.dtype == np.uint8
    assert (spoiled != picture).any()
    assert (picture == kept).all()


@MACHINES
def test_a_threshold_leaves_black_and_white_alone(style: Style) -> None:
    rng = np.random.default_rng(1)
    scanned = scan(page(), 3, rng, 200.0, steps=("place", "threshold"), style=style)
    assert set(np.unique(scanned.picture)) == {0, 255}
    assert scanned.is_bilevel


@MACHINES
def test_a_black_and_white_scanner_writes_no_jpeg(style: Style) -> None:
    drawn = [choose_steps(3, np.random.default_rng(seed), style) for seed in range(60)]
    bilevel = [steps for steps in drawn if "threshold" in steps]
    assert bilevel
    assert not any({"compress", "recompress"} & set(steps) for steps in bilevel)


def test_a_torn_corner_takes_a_marker() -> None:
    torn = effects.tear(page(), SCALE, np.random.default_rng(0), MIDDLING)
    assert len(find_markers(page())) == 4
    assert len(find_markers(torn)) == 3


def test_a_turned_page_is_as_wide_as_it_was_high() -> None:
    shapes = set()
    for seed in range(8):
        rng = np.random.default_rng(seed)
        height, width = scan(page(), 0, rng, 100.0, steps=("place", "turn")).picture.shape
        shapes.add(height > width)
    assert shapes == {True, False}


def test_a_fine_page_is_averaged_down() -> None:
    fine = np.full((2376, 1680), 255, np.uint8)
    fine[:, ::2] = 0
    scanned = scan(fine, 0, np.random.default_rng(0), 75.0, steps=("place",))
    middle = scanned.picture[200:600, 100:500]
    assert 90 < middle.mean() < 165
    assert middle.std() < 30


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="no level 4"):
        scan(page(), 4, np.random.default_rng(0))
