"""Rows of cells on a page: cut, classified in one run, decoded row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from form_templates.blocks import CELL_HEIGHT_MM, CELL_WIDTH_MM
from form_templates.model import FieldSpec, Format, Kind, Region
from ocr.cells import (
    BLANK,
    DIGIT_CLASSES,
    LETTER_CLASSES,
    MARGIN_MM,
    classify_digits,
    classify_letters,
)
from ocr.corrections import CellRow
from ocr.digits import decode_digits, raise_for_length
from ocr.frame import RegisteredPage, crop
from ocr.inked_page import InkedPage
from ocr.letters import decode_letters
from ocr.lexicon import load_lexicon
from ocr.thresholds import SHIPPED, AcceptLimits, ReadKind
from ocr.written import WrittenState

Chances = NDArray[np.float32]

_SPOILT = (WrittenState.STRUCK, WrittenState.OVERWRITTEN)
_SURELY_SPOILT = 0.75
"""Less is needed than for a value: where an answer was struck, the value stands in the
correction cells and is judged by itself; what else follows a person confirms."""
_FRAME_MM = 0.5
"""Of a cell: its printed border."""
_LEAST_INK_MM2 = 0.4
"""Of 24,000 simulated characters of level 2, the palest beside the darkest, none left less;
3 % of its empty cells hold more."""
_SEVERAL = 2
"""Cells: dirt seldom lies in so many of one answer."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row of cells says, digits and letters alike."""

    row: CellRow
    confidence: float
    doubtful: bool
    candidates: tuple[tuple[str, float], ...] = ()


def cut_cells(page: RegisteredPage, cells: Sequence[Region]) -> NDArray[np.uint8]:
    """One crop a cell, all of one size whatever the height of the printed box."""
    width, height = CELL_WIDTH_MM + 2 * MARGIN_MM, CELL_HEIGHT_MM + 2 * MARGIN_MM
    crops = [
        crop(
            page,
            Region(
                cell.x_mm + (cell.width_mm - width) / 2,
                cell.y_mm + (cell.height_mm - height) / 2,
                width,
                height,
            ),
        )
        for cell in cells
    ]
    return np.stack(crops)


def read_rows(
    inked: InkedPage,
    rows: Sequence[tuple[FieldSpec, Sequence[Region]]],
    limits: AcceptLimits = SHIPPED,
) -> list[RowReading]:
    """Read rows of cells of one kind (digits or letters), in one run of the network."""
    if not rows:
        return []
    letters = rows[0][0].kind is Kind.LETTERS
    cells = [cell for _, row in rows for cell in row]
    inner = [cell.grown(-_FRAME_MM) for cell in cells]
    touched = np.array([inked.has_faint_ink(cell, _LEAST_INK_MM2) for cell in inner])
    inked_cells = np.array([inked.has_ink(cell) for cell in inner])
    classify = classify_letters if letters else classify_digits
    chances = _classify(inked.page, cells, touched, classify)
    ends = np.cumsum([len(row) for _, row in rows])[:-1]
    decode: Callable[[Chances, FieldSpec, AcceptLimits], RowReading]
    decode = _letters if letters else _digits
    return [
        _doubt_ink(decode(part, spec, limits), int(inside.sum()))
        for part, inside, (spec, _) in zip(
            np.split(chances, ends), np.split(inked_cells, ends), rows, strict=True
        )
    ]


def _doubt_ink(seen: RowReading, inked_cells: int) -> RowReading:
    """Ink in several cells of a row that says nothing may be a pen too pale to be read."""
    empty = seen.row.written is WrittenState.EMPTY
    return replace(seen, doubtful=True) if empty and inked_cells >= _SEVERAL else seen


def _classify(
    page: RegisteredPage,
    cells: Sequence[Region],
    touched: NDArray[np.bool_],
    classify: Callable[[NDArray[np.uint8]], Chances],
) -> Chances:
    """Probabilities of all cells; the network sees only those that a pen was in."""
    classes = LETTER_CLASSES if classify is classify_letters else DIGIT_CLASSES
    chances = np.zeros((len(cells), len(classes)), np.float32)
    chances[~touched, classes.index(BLANK)] = 1.0
    if touched.any():
        seen = [cell for cell, inside in zip(cells, touched, strict=True) if inside]
        chances[touched] = classify(cut_cells(page, seen))
    return chances


def _digits(chances: Chances, spec: FieldSpec, limits: AcceptLimits) -> RowReading:
    accept_above = raise_for_length(limits.find(ReadKind.DIGITS), len(chances))
    known = limits.known if spec.format is Format.PERSONAL_NUMBER else None
    seen = decode_digits(chances, spec, accept_above, known)
    return _conclude(seen.state, seen.characters, seen.confidence, seen.review, seen.candidates)


def _letters(chances: Chances, spec: FieldSpec, limits: AcceptLimits) -> RowReading:
    accept_above = limits.find(ReadKind.LETTERS)
    seen = decode_letters(chances, load_lexicon(spec.lexicon) if spec.lexicon else None)
    unsure = seen.confidence < accept_above
    return _conclude(seen.state, seen.text, seen.confidence, unsure, seen.candidates)


def _conclude(
    state: WrittenState,
    text: str,
    confidence: float,
    unsure: bool,
    candidates: tuple[tuple[str, float], ...],
) -> RowReading:
    if state in _SPOILT:
        unsure = confidence < _SURELY_SPOILT
    row = CellRow(state, text if state is WrittenState.READ else None)
    return RowReading(row, confidence, unsure, candidates)
