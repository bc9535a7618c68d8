"""Strips of cells as a registered page shows them, with what is in each cell.

A strip is drawn and aged as a whole: the same hand, neighbours that reach over,
long strikes, one scan. It needs numpy, OpenCV and Pillow only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.cells import MARGIN_MM
from ocr.models.training.ageing import CANVAS_PX_PER_MM, PAGE_PX_PER_MM, WEAR, Wear, age_strip
from ocr.models.training.ink import (
    Hand,
    Ink,
    Place,
    choose_hand,
    let_flow,
    strike_cell,
    strike_span,
    wobble,
)
from ocr.models.training.rows import Row, choose_row, print_row
from ocr.models.training.writers import StrokeWriter, Writer

CELL_MM = (5.2, 7.0)
"""What a crop shows besides its margin, whatever the size of the printed cell."""
SPREAD_MM = 0.35
"""Of characters around the middle of their cells, as a standard deviation."""
UNSURE = -1
"""A cell that a person would not decide either; left out of training."""

_Pixel = TypeVar("_Pixel", np.uint8, np.float32)

_STRUCK_MM, _UNTOUCHED_MM = 2.6, 0.6
"""Length of a strike inside a cell that makes it struck, and that does not."""
LEAST_SEEN = 0.035
"""Least difference of light between paper and ink that an eye still follows."""
_COVERED = 0.25
"""Least share of each of two characters that must show for a cell to look overwritten."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The crops of one field's cells and the class of each."""

    crops: NDArray[np.uint8]
    """N x height x width, 8 px per mm, with MARGIN_MM around the cell."""
    labels: NDArray[np.int64]
    """Index into the alphabet, then blank, struck, overwritten; or UNSURE."""


class Sheet:
    """A strip while it is written on."""

    def __init__(self, row: Row, writer: Writer, hand: Hand, rng: np.random.Generator) -> None:
        self.row, self.writer, self.hand, self.rng = row, writer, hand, rng
        self.blank = len(writer.alphabet)
        self.struck, self.overwritten = self.blank + 1, self.blank + 2
        self.ink: Ink = np.zeros(row.shape, np.float32)
        self.strike: Ink = np.zeros(row.shape, np.float32)
        """What came later, over other ink: it is laid on as translucent as ink is."""
        self.crossing: Ink = np.zeros(row.shape, np.float32)
        self.labels = np.full(len(row.cells), self.blank, np.int64)
        self.baseline_mm = rng.normal(0, 0.3)

    def place(self, cell: int, spread_mm: float = SPREAD_MM) -> Place:
        """Where the hand puts the next character that is meant for a cell."""
        x, y = self.row.middle(cell)
        rng, hand = self.rng, self.hand
        if self.writer.printed:
            return Place(x, y + self.baseline_mm, hand.height_mm)
        height = hand.height_mm * float(np.clip(rng.normal(1, 0.08), 0.75, 1.25))
        at = (x + rng.normal(0, spread_mm), y + self.baseline_mm + rng.normal(0, spread_mm))
        return Place(*at, height, hand.width_share * float(np.clip(rng.normal(1, 0.06), 0.8, 1.2)))

    def write(self, cell: int, label: int, spread_mm: float = SPREAD_MM) -> None:
        """Write one character."""
        self.labels[cell] = label
        self.writer.write(self.ink, label, self.place(cell, spread_mm), self.hand, self.rng)

    def _other(self, label: int) -> int:
        return int((label + self.rng.integers(1, self.blank)) % self.blank)

    def overwrite(self, cell: int, label: int, writer: Writer) -> None:
        """Write one character over another."""
        layers = [np.zeros(self.row.shape, np.float32) for _ in range(2)]
        place = self.place(cell)
        self.writer.write(layers[0], label, place, self.hand, self.rng)
        pen = float(np.clip(self.hand.pen_mm * self.rng.uniform(0.9, 1.8), 0.25, 1.2))
        second = replace(self.hand, pen_mm=pen)
        shifted = replace(place, x_mm=place.x_mm + self.rng.normal(0, 0.35))
        writer.write(layers[1], self._other(label), shifted, second, self.rng)
        first, over = (layer > 0.4 for layer in layers)
        grown = [cv2.dilate(m.astype(np.uint8), np.ones((5, 5), np.uint8)) for m in (first, over)]
        shown = [
            float((mask & (cover == 0)).sum()) / max(1, int(mask.sum()))
            for mask, cover in ((first, grown[1]), (over, grown[0]))
        ]
        self.labels[cell] = self.overwritten if min(shown) > _COVERED else UNSURE
        np.maximum(self.ink, layers[0], out=self.ink)
        np.maximum(self.strike, layers[1], out=self.strike)

    def squeeze(self, cell: int, label: int) -> None:
        """Write two characters into one cell."""
        place = self.place(cell, 0.2)
        half = self.row.cells[cell].width_mm * self.rng.uniform(0.2, 0.27)
        for side, character in ((-1, label), (1, int(self.rng.integers(self.blank)))):
            narrow = place.width_share * float(self.rng.uniform(0.5, 0.75))
            spot = replace(place, x_mm=place.x_mm + side * half, width_share=narrow)
            spot = replace(spot, height_mm=place.height_mm * float(self.rng.uniform(0.75, 1.0)))
            self.writer.write(self.ink, character, spot, self.hand, self.rng)
        self.labels[cell] = self.overwritten

    def strike_one(self, cell: int) -> None:
        """Cross one cell out."""
        box = self.row.cells[cell]
        size = (box.width_mm, min(box.height_mm, self.hand.height_mm * 1.3))
        strike_cell(self.crossing, self.row.middle(cell), size, self.hand.pen_mm, self.rng)

    def strike_run(self, first: int, last: int) -> None:
        """Cross a run of cells out with one gesture."""
        left, right = self.row.cells[first], self.row.cells[last]
        edges = (left.x_mm, right.x_mm + right.width_mm, left.y_mm, left.y_mm + left.height_mm)
        strike_span(self.crossing, *edges, self.hand.pen_mm, self.rng)

    def settle_strikes(self) -> None:
        """Label the cells by how much of a strike lies in them."""
        scale = CANVAS_PX_PER_MM
        pen_px = max(1, round(self.hand.pen_mm * scale))
        for i, box in enumerate(self.row.cells):
            rows = slice(round(box.y_mm * scale), round((box.y_mm + box.height_mm) * scale))
            columns = slice(round(box.x_mm * scale), round((box.x_mm + box.width_mm) * scale))
            length_mm = float(self.crossing[rows, columns].sum()) / pen_px / scale
            if length_mm > _STRUCK_MM:
                self.labels[i] = self.struck
            elif length_mm > _UNTOUCHED_MM:
                self.labels[i] = UNSURE
        np.maximum(self.strike, self.crossing, out=self.strike)

    def mix_inks(self) -> Ink:
        """Let both layers dry on the paper: lines shine through those above them."""
        rng, hand = self.rng, self.hand
        first = let_flow(wobble(self.ink, hand.wobble_mm, rng), hand.darkness, rng)
        if not self.strike.any():
            return first
        darkness = hand.darkness if rng.random() < 0.7 else float(rng.uniform(0.4, 1))
        later = let_flow(wobble(self.strike, hand.wobble_mm, rng), darkness, rng)
        return np.asarray(1 - (1 - first) * (1 - later), np.float32)

    def drop_vanished(self, ink: Ink, crops: NDArray[np.uint8]) -> None:
        """Forget cells whose ink the scan has lost: nobody could say what was there."""
        scale = PAGE_PX_PER_MM / CANVAS_PX_PER_MM
        page = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for i, drawn in enumerate(cut_cells(page, self.row)):
            if self.labels[i] != self.blank and measure_contrast(drawn, crops[i]) < LEAST_SEEN:
                self.labels[i] = UNSURE


def measure_contrast(ink: Ink, crop: NDArray[np.uint8]) -> float:
    """How much darker the drawn ink is than the rest, wherever registration moved it."""
    reach = 4
    edge = round(MARGIN_MM * PAGE_PX_PER_MM) + 2 * reach
    mask = np.ascontiguousarray(ink[edge:-edge, edge:-edge])
    around = slice(edge - reach, reach - edge)
    dark = 1 - crop[around, around].astype(np.float32) / 255
    weight = mask - mask.mean()
    scale = float((mask / max(float(mask.max()), 1e-6) * weight).sum())
    if scale <= 1e-6:
        return 0.0
    return float(cv2.matchTemplate(dark, weight, cv2.TM_CCORR).max()) / scale


def _fill_sheet(sheet: Sheet) -> None:
    """Write a number as people do, and sometimes spoil it."""
    rng, count = sheet.rng, len(sheet.row.cells)
    written = int(rng.choice([0, count, int(rng.integers(1, count + 1))], p=[0.05, 0.45, 0.5]))
    first = int(rng.choice([0, count - written, int(rng.integers(0, count - written + 1))]))
    cells = list(range(first, first + written))
    spoil = rng.random()
    pen: Writer = StrokeWriter()
    by_hand = sheet.writer.printed and sheet.writer.alphabet == pen.alphabet
    corrector = pen if by_hand else sheet.writer
    for cell in cells:
        label = int(rng.integers(sheet.blank))
        fate = rng.random() if spoil < 0.38 else 1.0
        if fate < 0.26:
            sheet.overwrite(cell, label, corrector)
        elif fate < 0.42:
            sheet.squeeze(cell, label)
        else:
            sheet.write(cell, label)
            if fate < 0.58:
                sheet.strike_one(cell)
    if 0.38 <= spoil < 0.48:
        _strike_field(sheet, cells)


def _strike_field(sheet: Sheet, cells: list[int]) -> None:
    """Cross out what is written, or the whole field, or a part of it."""
    rng, count = sheet.rng, len(sheet.row.cells)
    if not cells or rng.random() < 0.3:
        cells = list(range(count))
    elif rng.random() < 0.25:
        cells = cells[int(rng.integers(len(cells))) :]
    sheet.strike_run(cells[0], cells[-1])


def write_neighbours(sheet: Sheet) -> None:
    """Write in the rows above and below, so that their ink reaches into the crops."""
    rng = sheet.rng
    for offset_mm in sheet.row.neighbours_mm:
        for cell in range(len(sheet.row.cells)):
            if rng.random() < 0.6:
                place = sheet.place(cell)
                away = replace(place, y_mm=place.y_mm + offset_mm)
                label = int(rng.integers(sheet.blank))
                sheet.writer.write(sheet.ink, label, away, sheet.hand, rng)


def suit_hand(writer: Writer, rng: np.random.Generator) -> Hand:
    """A person with a pen, or a printer."""
    hand = choose_hand(rng)
    if writer.printed:
        height = float(rng.uniform(2.3, 4.8))
        return replace(hand, height_mm=height, darkness=float(rng.uniform(0.7, 1)), wobble_mm=0.0)
    return hand


def make_strip(writer: Writer, wear: Wear, rng: np.random.Generator) -> Strip:
    """Print a row of cells, have it filled, scan it and cut the cells out."""
    row = choose_row(rng)
    sheet = Sheet(row, writer, suit_hand(writer, rng), rng)
    _fill_sheet(sheet)
    if row.neighbours_mm:
        write_neighbours(sheet)
    sheet.settle_strikes()
    ink = sheet.mix_inks()
    crops = cut_cells(age_strip((1 - ink) * print_row(row, rng), wear, rng), row)
    sheet.drop_vanished(ink, crops)
    return Strip(crops, sheet.labels)


def write_row(
    writer: Writer, text: str, cells: int, wear: Wear, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Have a text written from the first cell on; returns the crops of all cells."""
    row = replace(choose_row(rng, cells), neighbours_mm=())
    sheet = Sheet(row, writer, suit_hand(writer, rng), rng)
    for cell, sign in enumerate(text):
        if not sign.isspace():
            sheet.write(cell, writer.alphabet.index(sign))
    return cut_cells(age_strip((1 - sheet.mix_inks()) * print_row(row, rng), wear, rng), row)


def cut_cells(page: NDArray[_Pixel], row: Row) -> NDArray[_Pixel]:
    """Cut each cell with its margin out of an aged strip; all crops have one size."""
    return cut_around(page, [row.middle(cell) for cell in range(len(row.cells))])


def cut_around(page: NDArray[_Pixel], middles_mm: Sequence[tuple[float, float]]) -> NDArray[_Pixel]:
    """Cut what surrounds some points of an aged strip, as much as around a cell's middle."""
    width, height = (round((side + 2 * MARGIN_MM) * PAGE_PX_PER_MM) for side in CELL_MM)
    crops = []
    for middle in middles_mm:
        x, y = (round(at * PAGE_PX_PER_MM) for at in middle)
        left, top = x - width // 2, y - height // 2
        crops.append(page[top : top + height, left : left + width])
    return np.stack(crops)


def choose_wear(rng: np.random.Generator, shares: Sequence[float] = (0.2, 0.4, 0.3, 0.1)) -> Wear:
    """Pick how badly a strip is scanned; shares are those of the levels 0 to 3."""
    return WEAR[int(rng.choice(len(WEAR), p=shares))]
