"""A row of cells as one strip, without the borders between them.

The ink of a whole page leaves out what is as dark as the print that it is near. One row
shows how dark its borders are all along; what is darker there is the pen, and what stands
on both sides of a border goes on under it. Characters of such a strip can be moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.frame import PX_PER_MM, Grey, box_px, cut
from ocr.ink import STROKE_LEVEL
from ocr.inked_page import InkedPage
from ocr.levels import count_levels, find_middle_of, find_rank

_ABOVE_MM = 1.0
"""Above and below the cells, as the networks see them."""
_BEYOND = 0.3
"""Of a cell: so far a row's ink is looked for beyond its ends."""
_BARE_SHARE = 0.8
"""So much of a strip is darker than paper at its lightest."""
_LINE_PX = 3
"""To either side of a printed line: what its scan darkens."""
_MOSTLY, _DARKEST = 0.3, 0.8
"""Shares of a line's points: no pen is on the first, and on few that are darker than the second."""
_DARKER = 1.35
"""So much darker than the others of its row no border is printed."""
_MOST_GAIN = 2.5
"""Where a border is nearly as dark as the pen, more would draw its grain as ink."""
_HALF_STROKE = 0.5
_GOES_ON = 0.4
"""Share of a line of pixels; where the row is not written on, it looks like that."""
_PRINT = 200
"""Grey of the blank that is print."""
_LEAST_INK_MM2 = 0.4
"""Less is no character."""
_NARROWEST_MM, _BROADEST_MM, _LOWEST_MM = 3.0, 6.4, 3.0
"""Cells about as large as ours; the borders of broader ones a crop does not show."""
_UNEVEN_MM = 0.3
"""Cells of one row differ by less, in size and height."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of cells with what is around it, without the borders between its cells."""

    cells: tuple[Region, ...]
    region: Region
    paper: int
    """Grey of what is bare."""
    dark: NDArray[np.float32]
    """Height x width: how much darker each point is, in grey levels."""
    stroke: float
    """How dark the row's usual pen stroke is; 0 where nothing is written."""
    border: NDArray[np.float32]
    """How dark a border is, across: 2 * _LINE_PX + 1 levels."""

    def find_px(self, x_mm: float) -> int:
        """The column at which something lies."""
        return round((x_mm - self.region.x_mm) * PX_PER_MM)

    @property
    def inner(self) -> slice:
        """The lines of pixels between what is printed above and below the cells."""
        top = round(_ABOVE_MM * PX_PER_MM)
        height = round(self.cells[0].height_mm * PX_PER_MM)
        return slice(top + _LINE_PX + 1, top + height - _LINE_PX)

    @property
    def border_columns(self) -> NDArray[np.int64]:
        """Edges of cells x the columns that each darkens."""
        edges = {self.find_px(x) for cell in self.cells for x in (cell.x_mm, cell.right_mm)}
        return np.array(sorted(edges))[:, None] + np.arange(-_LINE_PX, _LINE_PX + 1)

    @property
    def strokes(self) -> NDArray[np.float32]:
        """Between the printed lines: 0 for paper up to 1 for a usual stroke; no grain."""
        shares = (self.dark[self.inner] / max(self.stroke, 1.0)).clip(0, 1)
        shares[shares < _HALF_STROKE] = 0
        return np.asarray(shares, np.float32)


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs to one cell, wherever it stands."""

    cell: int
    """Index of the cell in its row."""
    left_px: int
    right_px: int
    """Columns of the row's strip."""


def is_row(cells: Sequence[Region]) -> bool:
    """Whether cells stand side by side in one line and are about as large as those of our forms.

    Forms that others designed may have their cells anywhere.
    """
    first = cells[0]
    even = all(
        max(
            abs(cell.y_mm - first.y_mm),
            abs(cell.width_mm - first.width_mm),
            abs(cell.height_mm - first.height_mm),
        )
        < _UNEVEN_MM
        for cell in cells
    )
    onward = all(b.x_mm - a.right_mm > -_UNEVEN_MM for a, b in pairwise(cells))
    sized = _NARROWEST_MM <= first.width_mm <= _BROADEST_MM and first.height_mm >= _LOWEST_MM
    return even and onward and sized


def lift_row(inked: InkedPage, cells: Sequence[Region]) -> Strip:
    """Cut a row of cells out of a page and take the borders between them off it.

    Args:
        inked: the page.
        cells: side by side, all as high as the first.
    """
    region = _enclose(cells)
    grey = cut(inked.page.grey, region)
    paper = int(find_rank(count_levels(grey), _BARE_SHARE))
    dark = (paper - grey.astype(np.float32)).clip(0)
    written = dark[cut(inked.ink, region) > STROKE_LEVEL]
    stroke = find_middle_of(written) if written.size else 0.0
    none = np.zeros(2 * _LINE_PX + 1, np.float32)
    strip = Strip(tuple(cells), region, paper, dark, stroke, none)
    return _lift_borders(_drop_other_print(strip, cut(inked.reference.blank, region)))


def _enclose(cells: Sequence[Region]) -> Region:
    first, more = cells[0], _BEYOND * cells[0].width_mm
    width = cells[-1].right_mm - first.x_mm
    return Region(
        first.x_mm - more, first.y_mm - _ABOVE_MM, width + 2 * more, first.height_mm + 2 * _ABOVE_MM
    )


def _drop_other_print(strip: Strip, blank: Grey) -> Strip:
    """Without the print that is no line of the row: decimal points, and what is beside."""
    printed = cv2.erode(blank, np.ones((_LINE_PX, _LINE_PX), np.uint8)) < _PRINT
    printed[:, strip.border_columns] = False
    dark = strip.dark.copy()
    dark[strip.inner][printed[strip.inner]] = 0
    return replace(strip, dark=dark)


def _lift_borders(strip: Strip) -> Strip:
    """With nothing left of the borders but what a pen wrote over them."""
    columns = strip.border_columns
    lines = strip.dark[:, columns]
    mostly, each = np.quantile(lines[strip.inner], (_MOSTLY, _DARKEST), axis=0)
    # A pen may run along one border; it does not along most.
    line = np.minimum(each, _DARKER * np.median(each, axis=0))
    depth = strip.stroke - line
    # A stroke over a line is as dark as a stroke, not as both.
    gain = np.where(depth > 0, strip.stroke / np.maximum(depth, 1), 1.0).clip(1, _MOST_GAIN)
    lifted = ((lines - line) * gain).clip(0, strip.stroke)
    dark = strip.dark.copy()
    dark[:, columns] = np.where(lifted >= _HALF_STROKE * strip.stroke, lifted, 0)
    across = np.ones((1, 2 * _LINE_PX + 3), np.uint8)
    dark[:, columns] = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, across)[:, columns]
    border = np.asarray(np.median(mostly, axis=0), np.float32)
    return replace(strip, dark=dark, border=border)


def find_middle(strip: Strip, part: Part) -> int | None:
    """The column in the middle of what is written in a part; None where it is bare.

    What is written mostly beyond the ends of a row belongs to whatever is there.
    """
    written = strip.strokes[:, part.left_px : part.right_px] > 0
    if np.count_nonzero(written) < _LEAST_INK_MM2 * PX_PER_MM**2:
        return None
    columns = np.flatnonzero(written.any(axis=0))
    middle = part.left_px + int(columns[0] + columns[-1] + 1) // 2
    first, last = strip.cells[0], strip.cells[-1]
    return middle if strip.find_px(first.x_mm) <= middle < strip.find_px(last.right_mm) else None


def redraw_part(strip: Strip, part: Part, region: Region) -> Grey | None:
    """A part in the middle of its cell, as the scan shows the row; None where it is bare.

    Args:
        strip: the row.
        part: of it.
        region: what to show: the part's cell with what is around it.
    """
    middle = find_middle(strip, part)
    if middle is None:
        return None
    _, _, width, height = box_px(region)
    first = max(part.left_px, middle - width // 2)
    ink = strip.dark[:, first : min(part.right_px, middle + width // 2)]
    # Beyond the part only what is printed above and below goes on.
    empty = np.quantile(strip.dark, _GOES_ON, axis=1, keepdims=True)
    shown = np.repeat(empty, width, axis=1)
    at = width // 2 - (middle - first)
    shown[:, at : at + ink.shape[1]] = ink
    _draw_borders(shown, strip, strip.cells[part.cell], region)
    top = round((region.y_mm - strip.region.y_mm) * PX_PER_MM)
    lines = np.arange(top, top + height).clip(0, len(shown) - 1)
    return np.asarray((strip.paper - shown[lines]).clip(0, 255), np.uint8)


def _draw_borders(shown: NDArray[np.floating], strip: Strip, cell: Region, region: Region) -> None:
    """Put the borders of a cell back where they stand in a region."""
    high = slice(strip.inner.start - _LINE_PX, strip.inner.stop + _LINE_PX)
    for edge in (cell.x_mm, cell.right_mm):
        left = round((edge - region.x_mm) * PX_PER_MM) - _LINE_PX
        band = shown[high, left : left + len(strip.border)]
        np.maximum(band, strip.border, out=band)
