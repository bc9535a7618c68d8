"""The printed borders of rows of cells as a scan shows them, those of many rows at once.

A page has some 300 borders, each a few pixels: asked row by row, most of the time would go
into the asking.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.cell_strip import is_row
from ocr.frame import PX_PER_MM, Grey, box_px
from ocr.levels import count_levels, find_rank

HALF_PX = 7
"""To either side of a border: what it and a pen along it darken, and two columns of paper."""
_AROUND = np.arange(-HALF_PX, HALF_PX + 1)
_INSIDE_MM = 0.6
"""From the lines above and below the cells."""
_EVERY = 2
"""Of the lines, and of the columns that tell how light paper is."""
_PAPER_RANK = 0.8
"""Of a row's points are no lighter than bare paper."""
_FEWEST_CELLS = 2


@dataclass(frozen=True, slots=True)
class RowBorders:
    """The borders of rows whose cells are equally high, from the left in each row."""

    rows: tuple[int, ...]
    """Which of the rows that were asked for."""
    starts: NDArray[np.int_]
    """At which of all the borders each row begins."""
    edges_mm: tuple[float, ...]
    """Where each border stands."""
    around: Grey
    """Lines x borders x columns: every second line of pixels, `HALF_PX` to either side."""
    papers: NDArray[np.float32]
    """For each row the grey of its bare paper."""

    def split(self, values: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """What is known of each border (the last axis), row by row."""
        return np.split(values, self.starts[1:], axis=-1)


def cut_borders(grey: Grey, rows: Sequence[Sequence[Region]]) -> list[RowBorders]:
    """Cut the borders of rows of cells out of a page.

    Cells that stand in no row, or alone, have no borders to compare and are left out.

    Args:
        grey: the page in the canonical frame.
        rows: the cells of each row, side by side.
    """
    sized = defaultdict(list)
    for number, cells in enumerate(rows):
        if len(cells) >= _FEWEST_CELLS and is_row(cells):
            edges = list_edges(cells)
            top, height = cells[0].y_mm + _INSIDE_MM, cells[0].height_mm - 2 * _INSIDE_MM
            _, y, _, high = box_px(Region(edges[0], top, 1.0, height))
            sized[high].append((number, edges, y))
    return [_cut_equal(grey, high, found) for high, found in sized.items()]


def _cut_equal(
    grey: Grey, high: int, rows: Sequence[tuple[int, Sequence[float], int]]
) -> RowBorders:
    """The borders of rows of one height in px: their numbers, their edges and their tops."""
    counts = [len(edges) for _, edges, _ in rows]
    edges_mm = tuple(x for _, edges, _ in rows for x in edges)
    across = np.rint(np.array(edges_mm) * PX_PER_MM).astype(np.intp)[:, None] + _AROUND
    tops = np.repeat([top for *_, top in rows], counts)
    lines = np.arange(0, high, _EVERY)[:, None] + tops
    height, width = grey.shape
    around = grey[lines.clip(0, height - 1)[..., None], across.clip(0, width - 1)]
    papers = [
        _measure_paper(grey, top, high, across[start, 0], across[start + count - 1, -1])
        for (*_, top), count, start in zip(rows, counts, np.cumsum([0, *counts]), strict=False)
    ]
    return RowBorders(
        tuple(number for number, *_ in rows),
        np.cumsum([0, *counts[:-1]]),
        edges_mm,
        around,
        np.array(papers, np.float32),
    )


def _measure_paper(grey: Grey, top: int, high: int, left: int, right: int) -> float:
    """How light the paper of a row is; bare where the row lies beyond the page."""
    row = grey[max(top, 0) : top + high : _EVERY, max(left, 0) : right + 1 : _EVERY]
    return find_rank(count_levels(row), _PAPER_RANK) if row.size else 255.0


def list_edges(cells: Sequence[Region]) -> list[float]:
    """Where in mm the borders of a row stand; cells that adjoin share one."""
    return sorted({round(x, 1) for cell in cells for x in (cell.x_mm, cell.right_mm)})
