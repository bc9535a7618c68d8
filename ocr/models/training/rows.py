"""The print of a row of cells: borders, separators, what stands around them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.models.training.ageing import CANVAS_PX_PER_MM

_MARGIN_MM = 3.0
_GROUP_GAP_MM = 2.4
_FACES = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_DUPLEX)
_FIRST_LETTER, _LAST_LETTER = 33, 126


@dataclass(frozen=True, slots=True)
class Row:
    """Where the cells of a strip lie, in mm of the strip."""

    cells: tuple[Region, ...]
    border_mm: float
    border_tone: float
    """Share of the light that a printed border takes."""
    neighbours_mm: tuple[float, ...]
    """Offsets of rows of cells above or below."""

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the canvas in px."""
        last = self.cells[-1]
        size = (last.bottom_mm + _MARGIN_MM, last.right_mm + _MARGIN_MM)
        return round(size[0] * CANVAS_PX_PER_MM), round(size[1] * CANVAS_PX_PER_MM)

    def middle(self, cell: int) -> tuple[float, float]:
        """The middle of a cell in mm."""
        box = self.cells[cell]
        return box.x_mm + box.width_mm / 2, box.y_mm + box.height_mm / 2


def choose_row(rng: np.random.Generator, count: int | None = None) -> Row:
    """Lay out a row of cells, four to eight unless told otherwise, sometimes in groups."""
    width, height = 5.2, float(rng.choice([7.0, 6.6], p=[0.7, 0.3]))
    if rng.random() < 0.3:
        width, height = float(rng.uniform(4.8, 5.6)), float(rng.uniform(6.4, 7.6))
    grouped = rng.random() < 0.4
    x, cells = _MARGIN_MM, []
    for _ in range(count or int(rng.integers(4, 9))):
        cells.append(Region(x, _MARGIN_MM, width, height))
        x += width + (_GROUP_GAP_MM if grouped and rng.random() < 0.3 else 0.0)
    offsets = []
    if rng.random() < 0.5:
        offsets.append(float(rng.choice([-1, 1])) * (height + float(rng.uniform(1.3, 2.2))))
    return Row(
        cells=tuple(cells),
        border_mm=float(rng.uniform(0.17, 0.34)),
        border_tone=float(rng.uniform(0.3, 0.75)),
        neighbours_mm=tuple(offsets),
    )


def _draw_box(tone: NDArray[np.uint8], box: Region, offset_mm: float, row: Row) -> None:
    corners = np.array(
        [(box.x_mm, box.y_mm + offset_mm), (box.right_mm, box.bottom_mm + offset_mm)]
    )
    low, high = np.rint((corners * CANVAS_PX_PER_MM - 0.5) * 16).astype(int).tolist()
    thickness = max(1, round(row.border_mm * CANVAS_PX_PER_MM))
    cv2.rectangle(tone, low, high, 255 * row.border_tone, thickness, cv2.LINE_AA, 4)


def print_row(row: Row, rng: np.random.Generator) -> NDArray[np.float32]:
    """Print the cells; 1 is bare paper, 0 black."""
    tone = np.zeros(row.shape, np.uint8)
    for offset_mm in (0.0, *row.neighbours_mm):
        for box in row.cells:
            _draw_box(tone, box, offset_mm, row)
    for before, after in zip(row.cells, row.cells[1:], strict=False):
        if after.x_mm - before.right_mm > 1:
            mark = str(rng.choice([".", ",", "-", ":", "/"]))
            _print_text(tone, mark, (before.right_mm + 0.6, before.bottom_mm - 1.5), 0.5, rng)
    if rng.random() < 0.5:
        _print_label(tone, row, rng)
    return 1 - tone.astype(np.float32) / np.float32(255)


def _print_label(tone: NDArray[np.uint8], row: Row, rng: np.random.Generator) -> None:
    """Print a line of words close above or below, or just before the first cell."""
    letters = rng.integers(_FIRST_LETTER, _LAST_LETTER, int(rng.integers(3, 30)))
    text = "".join(chr(code) for code in letters)
    first = row.cells[0]
    clearance = rng.uniform(0.2, 1.2)
    places = (
        (first.x_mm + rng.uniform(-2, 9), first.y_mm - clearance),
        (first.x_mm + rng.uniform(-2, 9), first.bottom_mm + clearance + 2.2),
        (first.x_mm - clearance - 2.0 * len(text), first.bottom_mm - rng.uniform(1, 5)),
    )
    _print_text(tone, text, places[int(rng.integers(3))], rng.uniform(0.6, 1.0), rng)


def _print_text(
    tone: NDArray[np.uint8],
    text: str,
    place_mm: tuple[float, float],
    size: float,
    rng: np.random.Generator,
) -> None:
    spot = (round(place_mm[0] * CANVAS_PX_PER_MM), round(place_mm[1] * CANVAS_PX_PER_MM))
    face = _FACES[int(rng.integers(len(_FACES)))]
    cv2.putText(tone, text, spot, face, size, float(rng.uniform(127, 255)), 2, cv2.LINE_AA)
