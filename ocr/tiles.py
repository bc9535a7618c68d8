"""Finding a page's print tile by tile, and one smooth field from what the tiles say.

Tiles pull as hard as their print is distinct, in each direction alone, and
neighbours hold each other back, so that a tile full of ink or one with a single
long line does no harm.
"""

from collections.abc import Sequence
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

_MOST_AT_ONCE = 10_000
"""Numbers multiplied at once: for more, the library would wake another thread."""
_BARE_SPREAD = 0.1
"""Standard deviation in grey of what is as even as if it were painted: it is like nothing."""

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


def look_at_tiles(
    here: Grey, there: Grey, pulls: Tiles, shifts: Tiles, reaches: Sequence[int]
) -> Look:
    """Search each tile of the blank in the page, around where it is thought to be.

    Args:
        here: the page, in any whole fraction of the frame.
        there: the blank in the same scale.
        pulls: of the blank's tiles; those that pull nowhere are not searched.
        shifts: where each tile is thought to be, in mm from its place.
        reaches: how many px around that to search; each next one only for tiles
            that were best at the rim of the one before.
    """
    px_per_mm = there.shape[1] / PAGE_WIDTH_MM
    thought = np.rint(shifts * px_per_mm).astype(int)
    look = Look(no_shifts(), np.zeros((ROWS, COLUMNS, 2, 2)), np.zeros((ROWS, COLUMNS)))
    wanted = np.argwhere(pulls.any(axis=(2, 3)))
    for reach in reaches:
        if not len(wanted):
            break
        peaks, best = _find_peaks(compare_tiles(here, there, wanted, thought, reach))
        at = tuple(wanted.T)
        look.shifts[at] = (thought[at] + peaks) / px_per_mm
        look.pulls[at] = pulls[at] * best.clip(min=0.0)[:, None, None] ** 2
        look.likeness[at] = best
        wanted = wanted[np.abs(peaks).max(axis=1) > reach - 0.5]
    return look


def compare_tiles(
    here: Grey, there: Grey, wanted: NDArray[np.intp], thought: NDArray[np.intp], reach: int
) -> Tiles:
    """The correlation of each wanted tile with the page in each place that it may have there.

    Returns:
        N x places x places, -1 to 1.
    """
    size = there.shape[0] // ROWS, there.shape[1] // COLUMNS
    margin = reach + int(np.abs(thought).max())
    sides = (margin,) * 4
    wide = np.asarray(cv2.copyMakeBorder(here, *sides, cv2.BORDER_REPLICATE), np.uint8)
    # Thought places are x before y, and tiles row before column.
    corners = wanted * size + thought[tuple(wanted.T)][:, ::-1] + (margin - reach)
    products, spreads, lengths = [], [], []
    for (row, column), (top, left) in zip((wanted * size).tolist(), corners.tolist(), strict=True):
        tile = there[row : row + size[0], column : column + size[1]]
        window = wide[top : top + size[0] + 2 * reach, left : left + size[1] + 2 * reach]
        product, length = _multiply_places(window, tile)
        products.append(product)
        spreads.append(_measure_spreads(window, size))
        lengths.append(length)
    return _scale(np.stack(products), np.stack(spreads), np.array(lengths)[:, None, None], size)


def _multiply_places(window: Grey, tile: Grey) -> tuple[Tiles, float]:
    """The product of a tile less its mean with the window in each place, and the tile's length.

    Row after row as sums of products: for the few places of a search that takes half
    the time of OpenCV's way through frequencies.
    """
    stride, places = window.shape[1], window.shape[1] - tile.shape[1] + 1
    centred = tile - np.float32(cv2.mean(tile)[0])
    rows = cv2.copyMakeBorder(centred, 0, 0, 0, places - 1, cv2.BORDER_CONSTANT)
    flat, own = window.astype(np.float32).ravel(), np.asarray(rows).ravel()
    height = len(tile)
    product = np.zeros((len(window) - height + 1, places))
    at_once = max(1, _MOST_AT_ONCE // stride)
    for top in range(0, height, at_once):
        part = own[top * stride : (top + at_once) * stride][: -places + 1 or None]
        for down, line in enumerate(product):
            start = (top + down) * stride
            line += np.correlate(flat[start : start + len(part) + places - 1], part)
    return product, float(cv2.norm(rows))


def _scale(product: Tiles, spread: Tiles, lengths: Tiles, shape: tuple[int, ...]) -> Tiles:
    """Correlations from products; what is bare paper in the page is like nothing."""
    bare = spread <= _BARE_SPREAD**2 * shape[0] * shape[1]
    size = np.sqrt(np.where(bare, np.inf, spread)) * np.maximum(lengths, 1e-6)
    return np.asarray((product / size).clip(-1.0, 1.0), np.float64)


def _measure_spreads(window: Grey, shape: tuple[int, int]) -> Tiles:
    """Places x places: the sum of squares about their mean of the pixels in each place.

    From the sums of this window alone: those of a whole page would not stay in the cache.
    """
    high, wide = shape
    total, squares = (
        (up_to[high:, wide:] - up_to[:-high, wide:] - up_to[high:, :-wide] + up_to[:-high, :-wide])
        for up_to in map(np.asarray, cv2.integral2(window))
    )
    spread = squares - total.astype(np.float64) ** 2 / (high * wide)
    return np.maximum(spread, 0.0)


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
    printed = find_print(blank)
    size = blank.shape[0] // ROWS, blank.shape[1] // COLUMNS
    tiles: Picture = _as_tiles(blank)[printed].reshape(-1, *size).astype(np.float32)
    spread = tiles.var(axis=(1, 2))
    inner = tiles[:, :-1, :-1]
    across, down = tiles[:, :-1, 1:] - inner, tiles[:, 1:, :-1] - inner
    mixed = _mean_product(across, down)
    tensor = np.array([[_mean_product(across, across), mixed], [mixed, _mean_product(down, down)]])
    px_per_mm = blank.shape[1] / PAGE_WIDTH_MM
    pulls = np.zeros((ROWS, COLUMNS, 2, 2))
    pulls[printed] = (tensor / spread).transpose(2, 0, 1) * (px_per_mm**2 / _CLEAR_TEXT)
    return pulls


def _mean_product(one: Picture, other: Picture) -> Tiles:
    """The mean of two pictures' product, for each of many."""
    count = one.shape[1] * one.shape[2]
    return np.asarray(np.einsum("tij,tij->t", one, other) / count, np.float64)


def _find_peaks(likeness: Tiles) -> tuple[Tiles, Tiles]:
    """The best place in each of N pictures, x and y from its middle, and how good it is."""
    count, _, across = likeness.shape
    each = np.arange(count)
    row, column = np.divmod(likeness.reshape(count, -1).argmax(axis=1), across)
    y = row + _find_vertices(likeness[each, :, column], row)
    x = column + _find_vertices(likeness[each, row], column)
    return np.stack([x, y], axis=1) - across // 2, likeness[each, row, column]


def _find_vertices(lines: Tiles, at: NDArray[np.intp]) -> Tiles:
    """Where the parabola through a value and its neighbours is highest, from `at`."""
    each, inner = np.arange(len(lines)), at.clip(1, lines.shape[1] - 2)
    before, peak, after = (lines[each, inner + step] for step in (-1, 0, 1))
    bend = before - 2 * peak + after
    sure = (at == inner) & (bend < 0)
    return np.where(sure, 0.5 * (before - after) / np.where(sure, bend, 1.0), 0.0)


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


def correlate_tiles(here: Grey, there: Grey) -> Tiles:
    """How alike each tile is to the blank's, -1 to 1."""
    one, other = (_centre_tiles(picture) for picture in (here, there))
    size = np.sqrt(_multiply_tiles(one, one) * _multiply_tiles(other, other))
    return np.asarray(_multiply_tiles(one, other) / np.maximum(size, 1e-6), np.float64)


def _centre_tiles(picture: Grey) -> NDArray[np.float32]:
    tiles = _as_tiles(picture).astype(np.float32)
    tiles -= tiles.mean(axis=2, keepdims=True)
    return tiles


def _multiply_tiles(one: NDArray[np.float32], other: NDArray[np.float32]) -> Tiles:
    return np.asarray(np.einsum("rci,rci->rc", one, other), np.float64)


def _as_tiles(picture: Grey) -> NDArray[np.uint8]:
    height, width = picture.shape[0] // ROWS, picture.shape[1] // COLUMNS
    tiles = picture.reshape(ROWS, height, COLUMNS, width).swapaxes(1, 2)
    return tiles.reshape(ROWS, COLUMNS, height * width)


def find_print(blank: Grey) -> NDArray[np.bool_]:
    """Which tiles have print enough to be compared."""
    tiles = _centre_tiles(blank)
    least = _PRINT_SPREAD**2 * tiles.shape[2]
    return np.asarray(_multiply_tiles(tiles, tiles) >= least, np.bool_)
