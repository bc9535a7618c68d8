import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.alignment import move_picture
from ocr.tiles import (
    COLUMNS,
    ROWS,
    compare_tiles,
    look_at_tiles,
    measure_pulls,
    no_shifts,
)

QUARTER = 594, 420
PX_PER_MM = 2
EVERY_TILE = np.argwhere(np.ones((ROWS, COLUMNS)))
PLACED = [(40, 50, 4), (33, 50, 1), (17, 20, 2)]


def draw_print(seed: int, size: tuple[int, int] = QUARTER) -> NDArray[np.uint8]:
    """Soft grey spots of a few px, all over."""
    spots = np.random.default_rng(seed).uniform(0, 255, size).astype(np.float32)
    soft = cv2.GaussianBlur(spots, (0, 0), 2.0)
    return np.asarray(cv2.normalize(soft, soft, 0, 255, cv2.NORM_MINMAX), np.uint8)


@pytest.mark.parametrize(("height", "width", "reach"), PLACED)
def test_places_are_compared_as_opencv_compares_them(height: int, width: int, reach: int) -> None:
    blank = draw_print(1, (height * ROWS, width * COLUMNS))
    page = np.roll(blank, (1, 2), axis=(0, 1))
    thought = np.random.default_rng(1).integers(-2, 3, (ROWS, COLUMNS, 2))
    found = compare_tiles(page, blank, EVERY_TILE, thought, reach)
    wide = np.pad(page, 10, mode="edge")
    for (row, column), alike in zip(EVERY_TILE, found, strict=True):
        tile = blank[row * height :, column * width :][:height, :width]
        right, down = thought[row, column] + 10 - reach
        window = wide[row * height + down :, column * width + right :]
        window = window[: height + 2 * reach, : width + 2 * reach]
        wanted = cv2.matchTemplate(window.copy(), tile.copy(), cv2.TM_CCOEFF_NORMED)
        np.testing.assert_allclose(alike, wanted, atol=1e-4)


def test_a_page_of_bare_paper_is_like_nothing() -> None:
    bare = np.full(QUARTER, 200, np.uint8)
    assert not compare_tiles(bare, draw_print(2), EVERY_TILE, no_shifts().astype(int), 2).any()


@pytest.mark.parametrize("reaches", [(4,), (1, 4), (1, 2, 4)])
def test_tiles_are_found_where_they_went_however_the_search_widens(
    reaches: tuple[int, ...],
) -> None:
    blank = draw_print(3)
    page = np.roll(blank, (2, -3), axis=(0, 1))
    pulls = measure_pulls(blank)
    look = look_at_tiles(page, blank, pulls, no_shifts(), reaches)
    inner = look.shifts[1:-1, 1:-1].reshape(-1, 2) * PX_PER_MM
    np.testing.assert_allclose(inner, np.broadcast_to([-3.0, 2.0], inner.shape), atol=0.1)


def test_tiles_without_print_are_not_looked_for() -> None:
    blank = draw_print(4)
    blank[: QUARTER[0] // ROWS] = 255
    look = look_at_tiles(blank, blank, measure_pulls(blank), no_shifts(), (1,))
    assert not look.likeness[0].any()
    assert (look.likeness[1:] > 0.99).all()


@pytest.mark.parametrize("channels", [1, 3])
def test_a_page_drawn_in_strips_is_the_page_drawn_at_once(channels: int) -> None:
    picture = cv2.merge([draw_print(seed, (990, 700)) for seed in range(channels)])
    shifts = np.random.default_rng(5).uniform(-1, 1, (ROWS, COLUMNS, 2))
    px = (shifts * 700 / 210).astype(np.float32)
    x, y = (cv2.resize(px[..., axis], (700, 990)) for axis in (0, 1))
    rows, columns = np.mgrid[0:990, 0:700].astype(np.float32)
    edge = cv2.BORDER_REPLICATE
    wanted = cv2.remap(picture, x + columns, y + rows, cv2.INTER_LINEAR, borderMode=edge)
    apart = np.abs(move_picture(np.asarray(picture, np.uint8), shifts).astype(int) - wanted)
    assert apart.max() <= 2
    assert (apart > 0).mean() < 0.01
