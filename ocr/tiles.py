"""Finding a page's print tile by tile, and one smooth field from what the tiles say.

Tiles pull as hard as their print is distinct, in each direction alone, and
neighbours hold each other back, so that a tile full of ink or one with a single
long line does no harm.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from ocr.frame import Grey

ROWS, COLUMNS = 9, 6
_FURTHEST_MM = 1.5
_CLEAR_TEXT = 1.5
"""Structure tensor over variance of a tile of text, per mm2; such a tile pulls with about 1."""
_STIFFNESS = 0.1
"""Pull between neighbours."""
_HOME = 0.01
"""Pull of each tile towards where registration put it."""
_OUTLIER_MM = 0.25
"""A tile that wants this much more than its neighbours is half believed."""
_PRINT_SPREAD = 6.0
"""Standard deviation in grey of a tile that has print enough to be found again."""

Tiles = NDArray[np.float64]
Picture = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Look:
    """What the tiles say at one level."""

    shifts: Tiles
    """Rows x columns x 2, in mm: where each tile was found."""
    pulls: Tiles
    """Rows x columns x 2 x 2: how sure, in which direction."""
    likeness: Tiles
    """Rows x columns: correlation in the best place; 0 where there is no print."""


def halve(picture: Grey) -> Grey:
    """A picture at half its size; the quickest of all reductions."""
    size = picture.shape[1] // 2, picture.shape[0] // 2
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def look_at_tiles(here: Picture, there: Picture, pulls: Tiles, shifts: Tiles, reach: int) -> Look:
    """Search each tile of the blank in the page, around where it is thought to be.

    Args:
        here: the page, in any whole fraction of the frame.
        there: the blank in the same scale.
        pulls: of the blank's tiles; those that pull nowhere are not searched.
        shifts: where each tile is thought to be, in mm from its place.
        reach: how many px around that to search.
    """
    height, width = there.shape[0] // ROWS, there.shape[1] // COLUMNS
    px_per_mm = there.shape[1] / PAGE_WIDTH_MM
    thought = np.rint(shifts * px_per_mm).astype(int)
    margin = reach + int(np.abs(thought).max())
    wide = cv2.copyMakeBorder(here, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    look = Look(no_shifts(), np.zeros((ROWS, COLUMNS, 2, 2)), np.zeros((ROWS, COLUMNS)))
    for row, column in np.argwhere(pulls.any(axis=(2, 3))):
        top, left = row * height, column * width
        tile = there[top : top + height, left : left + width]
        x, y = thought[row, column] + margin - reach
        window = wide[top + y :, left + x :][: height + 2 * reach, : width + 2 * reach]
        likeness = cv2.matchTemplate(window, tile, cv2.TM_CCOEFF_NORMED)
        peak, best = _find_peak(np.asarray(likeness, np.float64))
        look.shifts[row, column] = (thought[row, column] + peak - reach) / px_per_mm
        look.pulls[row, column] = pulls[row, column] * max(best, 0.0) ** 2
        look.likeness[row, column] = best
    return look


def no_shifts() -> Tiles:
    """Every tile where it should be."""
    return np.zeros((ROWS, COLUMNS, 2))


def middles_mm() -> Tiles:
    """Rows x columns x 2: the middle of each tile."""
    x = (np.arange(COLUMNS) + 0.5) * PAGE_WIDTH_MM / COLUMNS
    y = (np.arange(ROWS) + 0.5) * PAGE_HEIGHT_MM / ROWS
    return np.stack(np.meshgrid(x, y), axis=-1)


def measure_pulls(blank: Grey) -> Tiles:
    """How distinct each tile's print is, in each direction: its structure tensor.

    Args:
        blank: at a quarter of the frame's size.

    Returns:
        Rows x columns x 2 x 2; nothing where a tile has no print.
    """
    pulls = np.zeros((ROWS, COLUMNS, 2, 2))
    tiles = _as_tiles(blank).reshape(ROWS, COLUMNS, blank.shape[0] // ROWS, -1).astype(np.float32)
    for row, column in np.argwhere(find_print(blank)):
        across = np.diff(tiles[row, column], axis=1)[:-1]
        down = np.diff(tiles[row, column], axis=0)[:, :-1]
        mixed = (across * down).mean()
        tensor = np.array([[(across**2).mean(), mixed], [mixed, (down**2).mean()]])
        pulls[row, column] = tensor / tiles[row, column].var()
    px_per_mm = blank.shape[1] / PAGE_WIDTH_MM
    return np.asarray(pulls * (px_per_mm**2 / _CLEAR_TEXT))


def _find_peak(likeness: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """The best place, to a fraction of a px, and how good it is."""
    row, column = np.unravel_index(int(likeness.argmax()), likeness.shape)
    y = row + _vertex(likeness[:, column], int(row))
    x = column + _vertex(likeness[row], int(column))
    return np.array([x, y]), float(likeness[row, column])


def _vertex(values: NDArray[np.float64], at: int) -> float:
    """Where the parabola through a value and its neighbours is highest, from `at`."""
    if not 0 < at < len(values) - 1:
        return 0.0
    before, peak, after = values[at - 1 : at + 2]
    bend = before - 2 * peak + after
    return float(0.5 * (before - after) / bend) if bend < 0 else 0.0


def settle_tiles(look: Look) -> Tiles:
    """One smooth field from what the tiles say; tiles that stand alone are half believed."""
    wanted, pulls = look.shifts.reshape(-1, 2), look.pulls.reshape(-1, 2, 2)
    belief = np.ones(len(wanted))
    settled: Tiles = np.zeros_like(wanted)
    for _ in range(4):
        believed = pulls * belief[:, None, None]
        system = _springs() + _on_diagonal(believed)
        right = np.einsum("tij,tj->ti", believed, wanted).reshape(-1)
        # OpenCV's solver stays on this core; BLAS would wake its threads for it.
        solved = cv2.solve(system, right[:, None], flags=cv2.DECOMP_CHOLESKY)[1]
        settled = np.asarray(solved, np.float64).reshape(-1, 2)
        off = wanted - settled
        strength = np.maximum(np.linalg.norm(pulls, axis=(1, 2)), 1e-9)
        away = np.sqrt(np.einsum("ti,tij,tj->t", off, pulls, off) / strength)
        belief = 1 / (1 + (away / _OUTLIER_MM) ** 2)
    return settled.reshape(ROWS, COLUMNS, 2).clip(-_FURTHEST_MM, _FURTHEST_MM)


@cache
def _springs() -> NDArray[np.float64]:
    """What holds neighbours together, and each a little to where registration put it."""
    number = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)
    pairs = [*zip(number[1:].flat, number[:-1].flat, strict=True)]
    pairs += [*zip(number[:, 1:].flat, number[:, :-1].flat, strict=True)]
    springs = np.eye(ROWS * COLUMNS) * _HOME
    for one, other in pairs:
        springs[[one, other], [one, other]] += _STIFFNESS
        springs[[one, other], [other, one]] -= _STIFFNESS
    return np.asarray(np.kron(springs, np.eye(2)), np.float64)


def _on_diagonal(blocks: NDArray[np.float64]) -> NDArray[np.float64]:
    count = len(blocks)
    whole = np.zeros((count, 2, count, 2))
    whole[np.arange(count), :, np.arange(count), :] = blocks
    return whole.reshape(2 * count, 2 * count)


def move_picture(picture: NDArray[np.uint8], shifts: Tiles) -> NDArray[np.uint8]:
    """Draw a picture of the frame anew, each point from where the field says it is."""
    height, width = picture.shape[:2]
    px = (shifts * (width / PAGE_WIDTH_MM)).astype(np.float32)
    x, y = (cv2.resize(px[..., axis], (width, height)) for axis in (0, 1))
    x += np.arange(width, dtype=np.float32)
    y += np.arange(height, dtype=np.float32)[:, None]
    moved = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def correlate_tiles(here: Grey, there: Grey) -> Tiles:
    """How alike each tile is to the blank's, -1 to 1."""
    one, other = (_as_tiles(picture).astype(np.float32) for picture in (here, there))
    one -= one.mean(axis=2, keepdims=True)
    other -= other.mean(axis=2, keepdims=True)
    product = (one * other).sum(axis=2)
    size = np.sqrt((one**2).sum(axis=2) * (other**2).sum(axis=2))
    return np.asarray(product / np.maximum(size, 1e-6), np.float64)


def _as_tiles(picture: Grey) -> NDArray[np.uint8]:
    height, width = picture.shape[0] // ROWS, picture.shape[1] // COLUMNS
    tiles = picture.reshape(ROWS, height, COLUMNS, width).swapaxes(1, 2)
    return tiles.reshape(ROWS, COLUMNS, height * width)


def find_print(blank: Grey) -> NDArray[np.bool_]:
    """Which tiles have print enough to be compared."""
    printed: NDArray[np.bool_] = _as_tiles(blank).std(axis=2) >= _PRINT_SPREAD
    return printed
