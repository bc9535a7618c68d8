"""Characters that stand across the borders of their cells, moved back into them.

Who writes closer or wider than the cells are printed comes to stand on the borders after a
few characters: each cell then shows the halves of two. The row is cut anew where least ink
is crossed, in as many parts as it has cells, and each part is shown to the networks in the
middle of its cell, as they know characters.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.cell_strip import Part, Strip, find_middle, is_row, lift_row, redraw_part
from ocr.cells import BLANK, STATES
from ocr.frame import PX_PER_MM, Grey
from ocr.inked_page import InkedPage

Chances = NDArray[np.float32]
"""Cells x classes of the network."""

_REACH = 0.45
"""Of a cell: how far a cut may lie beside the printed border."""
_STEP_PX = 2
"""Between places where a cut is tried."""
_BEND_MM = 1.0
"""Ink worth crossing rather than to cut a whole cell beside the border."""
_WIDEST, _WIDE_MM = 0.95, 4.0
"""Of a cell: hardly a character is wider; ink worth crossing rather than to leave a cell's more."""
_MOVED_MM = 0.6
"""Cuts nearer to their borders change nothing: the networks know ink that reaches over."""
_BESIDE_MM = 1.3
"""Between the middles of a cell and of what is written in it: the networks know less."""


def look_across_borders(
    inked: InkedPage,
    rows: Mapping[int, tuple[Sequence[Region], Chances]],
    frame: Callable[[Region], Region],
    classify: Callable[[NDArray[np.uint8]], Chances],
) -> dict[int, Chances]:
    """What the cells of rows say with their characters moved back, in one run of the network.

    Args:
        inked: the page.
        rows: by any number, the cells of each and what they say as they are.
        frame: what a crop shows of a cell.
        classify: the network.

    Returns:
        The rows of which a character stands elsewhere than in its cell.
    """
    places: list[tuple[int, int]] = []
    crops: list[Grey] = []
    moved: dict[int, Chances] = {}
    for number, (cells, chances) in rows.items():
        if not is_row(cells):
            continue
        strip = lift_row(inked, cells)
        for part in find_parts(strip):
            anew = moved.setdefault(number, chances.copy())
            crop = redraw_part(strip, part, frame(cells[part.cell]))
            if crop is None:
                anew[part.cell] = 0
                anew[part.cell, STATES.index(BLANK) - len(STATES)] = 1
            else:
                places.append((number, part.cell))
                crops.append(crop)
    if crops:
        for (number, cell), seen in zip(places, classify(np.stack(crops)), strict=True):
            moved[number][cell] = seen
    return moved


def find_parts(strip: Strip) -> tuple[Part, ...]:
    """The parts of a row that stand elsewhere than in their cells; most rows have none."""
    if not strip.stroke or len(strip.cells) < 2:
        return ()
    pairs = zip(strip.cells, strip.cells[1:], strict=False)
    borders = np.array([strip.find_px((a.right_mm + b.x_mm) / 2) for a, b in pairs])
    cuts = _choose_cuts(_measure_columns(strip), borders, strip.cells[0].width_mm * PX_PER_MM)
    edges = [0, *map(int, cuts), strip.dark.shape[1]]
    moved = [False, *(np.abs(cuts - borders) >= _MOVED_MM * PX_PER_MM), False]
    parts = (Part(i, *edges[i : i + 2]) for i in range(len(strip.cells)))
    return tuple(
        part
        for part, left, right in zip(parts, moved, moved[1:], strict=False)
        if left or right or _stands_beside(strip, part)
    )


def _stands_beside(strip: Strip, part: Part) -> bool:
    """Whether what is written in a part is far from the middle of its cell."""
    middle = find_middle(strip, part)
    cell = strip.cells[part.cell]
    due = strip.find_px(cell.x_mm + cell.width_mm / 2)
    return middle is not None and abs(middle - due) >= _BESIDE_MM * PX_PER_MM


def _measure_columns(strip: Strip) -> NDArray[np.float64]:
    """Mm of ink that an upright cut at each column crosses.

    Under a border ink may be lost: a gap as narrow as that is none.
    """
    crossed = strip.strokes.sum(axis=0, dtype=np.float64) / PX_PER_MM
    for columns in strip.border_columns:
        beside = crossed[[columns[0] - 1, columns[-1] + 1]]
        crossed[columns] = np.maximum(crossed[columns], beside.min())
    return np.asarray(crossed, np.float64)


def _choose_cuts(
    profile: NDArray[np.float64], borders: NDArray[np.int64], pitch_px: float
) -> NDArray[np.int64]:
    """The cheapest cut near each border: least ink, least bent, a character in each part.

    Args:
        profile: mm of ink in each column of the row.
        borders: columns of the printed borders.
        pitch_px: width of a cell.

    Returns:
        The columns of the cuts, one a border, found by dynamic programming.
    """
    reach = int(_REACH * pitch_px) // _STEP_PX * _STEP_PX
    offsets = np.arange(-reach, reach + 1, _STEP_PX)
    places = borders[:, None] + offsets
    costs = profile[places] + _BEND_MM * (offsets / pitch_px) ** 2
    find_width = _prepare_widths(profile)

    def judge(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        wide = find_width(left[:, None], right[None, :]) / pitch_px - _WIDEST
        return np.asarray(_WIDE_MM * wide.clip(0), np.float64)

    start, end = np.array([0]), np.array([len(profile)])
    total, came = judge(start, places[0])[0] + costs[0], []
    for before, here, cost in zip(places, places[1:], costs[1:], strict=False):
        ways = total[:, None] + judge(before, here)
        came.append(ways.argmin(axis=0))
        total = ways.min(axis=0) + cost
    chosen = [int((total + judge(places[-1], end)[:, 0]).argmin())]
    for way in reversed(came):
        chosen.append(int(way[chosen[-1]]))
    return np.asarray(borders + offsets[chosen[::-1]], np.int64)


def _prepare_widths(
    profile: NDArray[np.float64],
) -> Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.int64]]:
    """Tells how many px lie between the first and the last ink from one column to another."""
    inked = np.flatnonzero(profile)
    at = np.searchsorted(inked, np.arange(len(profile) + 1))
    following, last = np.append(inked, len(profile))[at], np.append(-1, inked)[at]
    return lambda left, right: (last[right] - following[left] + 1).clip(0)
