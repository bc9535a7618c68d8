"""Rows of cells on a page: cut, classified in one run, decoded row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec, Format, Kind, Region
from ocr.cells import (
    BLANK,
    DIGIT_CLASSES,
    LETTER_CLASSES,
    classify_digits,
    classify_letters,
    frame_around,
)
from ocr.corrections import CellRow
from ocr.covered_borders import lack_borders
from ocr.digits import decode_digits, raise_for_length
from ocr.frame import RegisteredPage, crop
from ocr.hidden_strokes import hide_strokes
from ocr.inked_page import InkedPage
from ocr.letters import decode_letters
from ocr.lexicon import load_lexicon
from ocr.row_borders import cut_borders
from ocr.separators import holds_separator
from ocr.straddling import Chances, look_across_borders
from ocr.thresholds import SHIPPED, AcceptLimits, ReadKind
from ocr.written import WrittenState

_SURELY_SPOILT = 0.75
"""Less is needed than for a value: where an answer was struck, the value stands in the
correction cells and is judged by itself; what else follows a person confirms."""
_SURELY_MOVED = 0.9
"""Confidence of a row that is said to stand across its cells, where it looked changed."""
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
    hides_more: bool = False
    """Something that none of its cells shows: a stroke along a border, paint over one, a comma."""
    looked_changed: bool = False
    """It looked crossed out or changed before its characters were moved back into their cells."""


BARE = RowReading(CellRow(WrittenState.EMPTY), 1.0, doubtful=False)
"""Of cells that no pen was in."""


def cut_cells(page: RegisteredPage, cells: Sequence[Region]) -> NDArray[np.uint8]:
    """One crop a cell, all of one size whatever the height of the printed box."""
    return np.stack([crop(page, _frame_cell(cell)) for cell in cells])


def _frame_cell(cell: Region) -> Region:
    return frame_around(cell.x_mm + cell.width_mm / 2, cell.y_mm + cell.height_mm / 2)


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
    decode: Callable[[Chances, FieldSpec, AcceptLimits], RowReading]
    decode = _letters if letters else _digits
    ends = np.cumsum([len(row) for _, row in rows])[:-1]
    split = np.split(chances, ends)
    inside = np.split(touched, ends)
    seen = [
        decode(part, spec, limits) if written.any() else BARE
        for part, written, (spec, _) in zip(split, inside, rows, strict=True)
    ]
    unsure = {i: (rows[i][1], split[i]) for i, one in enumerate(seen) if _may_straddle(one)}
    for i, anew in look_across_borders(inked, unsure, _frame_cell, classify).items():
        seen[i] = weigh_looks(seen[i], decode(anew, rows[i][0], limits))
    hidden = _find_hidden(inked, rows, inside, seen)
    return [
        _doubt_ink(one, int(dark.sum()), number in hidden)
        for number, (one, dark) in enumerate(zip(seen, np.split(inked_cells, ends), strict=True))
    ]


def _find_hidden(
    inked: InkedPage,
    rows: Sequence[tuple[FieldSpec, Sequence[Region]]],
    touched: Sequence[NDArray[np.bool_]],
    seen: Sequence[RowReading],
) -> frozenset[int]:
    """The rows at which there is something that their cells do not show.

    Commas are searched for only where one makes another number.
    """
    cells = [row for _, row in rows]
    hidden: set[int] = set()
    for borders in cut_borders(inked.page.grey, cells):
        hidden |= {*hide_strokes(borders, cells, touched), *lack_borders(borders)}
    return frozenset(hidden) | {
        number
        for number, (spec, row) in enumerate(rows)
        if number not in hidden
        and spec.is_amount
        and seen[number].row.written is WrittenState.READ
        and holds_separator(inked.page, row, touched[number])
    }


def _may_straddle(seen: RowReading) -> bool:
    """Whether characters on the borders of their cells may be why a row is not read surely."""
    return seen.doubtful or seen.row.written is WrittenState.OVERWRITTEN


def weigh_looks(first: RowReading, across: RowReading) -> RowReading:
    """What a row says, seen cell by cell and with its characters moved back into their cells.

    The second look alone spares nobody one: to which cell a character on a border belongs is a
    guess, and how often it is wrong was measured on simulated paper only. What looked changed
    at first may be so: two characters in a cell look like one that reaches over.
    """
    if across.row.written is not WrittenState.READ or across.row == first.row:
        return first
    text = first.row.text
    if across.confidence < (_SURELY_MOVED if text is None else first.confidence):
        return first
    others = across.candidates if text is None else ((text, first.confidence), *across.candidates)
    return replace(
        across,
        doubtful=True,
        candidates=tuple(dict(others).items()),
        looked_changed=first.row.written.is_spoilt,
    )


def _doubt_ink(seen: RowReading, inked_cells: int, has_hidden: bool) -> RowReading:
    """What no cell shows may be a part of what is read.

    So may ink in several cells of a row that says nothing: of a pen too pale to be read. Nothing
    could change a row that was crossed out: of 93 simulated scribbles that cover their borders
    each looks so, of 616 painted rows none, but 18 look written over.
    """
    if seen.row.written is WrittenState.STRUCK:
        return seen
    empty = seen.row.written is WrittenState.EMPTY
    doubtful = seen.doubtful or has_hidden or (empty and inked_cells >= _SEVERAL)
    return replace(seen, doubtful=doubtful, hides_more=has_hidden)


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
    if state.is_spoilt:
        unsure = confidence < _SURELY_SPOILT
    row = CellRow(state, text if state is WrittenState.READ else None)
    return RowReading(row, confidence, unsure, candidates)
