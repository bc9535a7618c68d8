"""Characters close to a row of cells, which may belong to it: written above, below or beside.

Who crosses an answer out, forgot a digit or thought better of one writes it there.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import BODY
from form_templates.model import FieldSpec, Region, enclose
from ocr.frame import PX_PER_MM, cut
from ocr.ink import go_on_below_print
from ocr.inked_page import InkedPage

WITHIN = Region(BODY.x_mm + 3.0, BODY.y_mm, BODY.width_mm - 6.0, BODY.height_mm)
"""Where ink may be somebody's; punch holes lie farther out."""
NEAR_SIGNATURE_MM = 1.0
"""Signatures reach so far beyond their places."""
FRAME_MM = 0.6
"""Of a cell: its printed border."""
APART_MM = 1.0
"""From its cells: ends of the lines that cross an answer out are nearer."""
_ALONG_MM = 12.0
"""What is written above an answer, and no character, is larger."""
_TORN_PX = 5
"""A character over print is torn where its ink is no darker."""
_LOWEST_CLOSE_MM = 0.85
"""What is left of a small character on a printed line; nothing crossed out is near."""
_CLOSE_MM, _CLOSE_GAP_MM = 5.0, 3.7
"""A character so near to its cells, or what their caption leaves of it, begins within so much."""
_LOWEST_MM, _LEAST_CHARACTER_MM2 = 1.4, 0.4
"""Such ends are shorter."""
_LEAST_OUTSIDE = 0.3
"""Of a character: so much of it is seen, whatever print hides."""
_LEAST_CHARACTERS, _FEW_CELLS = 2, 3


def is_written_along(inked: InkedPage, spec: FieldSpec, level: int) -> bool:
    """Whether something is written just above, below or beside the cells of a field.

    So near that it might be part of what crosses them out; it is told from that by
    pieces of the size of characters that stand by themselves. One is enough where the
    answer has few cells and its ink keeps clear of them: it may be the whole number.
    """
    around = enclose(spec.cells).grown(_ALONG_MM)
    strokes = np.asarray(cut(inked.ink, around) > level, np.bool_)
    found = [
        piece
        for piece in _find_characters(strokes, around)
        if _may_be_written_along(inked, spec, _find_middle(piece))
    ]
    whole = len(spec.cells) <= _FEW_CELLS and any(_stands_apart(p, spec.cells) for p in found)
    return whole or len(found) >= _LEAST_CHARACTERS


def has_character_close(inked: InkedPage, spec: FieldSpec, level: int) -> bool:
    """Whether a character stands by itself so close to the cells of a field that it may be theirs.

    Who forgot a digit, or thought better of one, writes it above without crossing anything out.
    """
    cells = enclose(spec.cells)
    around = cells.grown(_CLOSE_MM)
    strokes = np.asarray(cut(inked.ink, around) > level, np.bool_)
    # Not at the cells: their borders lie between what stands in them and what is close.
    frame = round((_CLOSE_MM - FRAME_MM) * PX_PER_MM)
    inside = strokes[frame:-frame, frame:-frame]
    outside_px = np.count_nonzero(strokes) - np.count_nonzero(inside)
    if outside_px < _LEAST_OUTSIDE * _LEAST_CHARACTER_MM2 * PX_PER_MM**2:  # as at most rows
        return False
    whole = go_on_below_print(strokes, cut(inked.reference.blank, around), PX_PER_MM)
    whole[frame:-frame, frame:-frame] = inside
    return any(
        0 < piece.gap_to(cells) <= _CLOSE_GAP_MM
        and _may_be_written_along(inked, spec, _find_middle(piece))
        for piece in _find_characters(whole, around, _LOWEST_CLOSE_MM)
    )


def _find_characters(
    strokes: NDArray[np.bool_], around: Region, lowest_mm: float = _LOWEST_MM
) -> Iterator[Region]:
    """The pieces of ink in a place that are as large as characters."""
    kernel = np.ones((_TORN_PX,) * 2, np.uint8)
    joined = cv2.morphologyEx(strokes.view(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, wide, tall, area in (boxes[1:] / PX_PER_MM).tolist():
        if tall >= lowest_mm and area / PX_PER_MM >= _LEAST_CHARACTER_MM2:
            yield Region(around.x_mm + x, around.y_mm + y, wide, tall)


def _may_be_written_along(inked: InkedPage, spec: FieldSpec, middle: Region) -> bool:
    """Whether ink with this middle is near an answer and in no place of others."""
    inside = WITHIN.x_mm <= middle.x_mm <= WITHIN.right_mm
    apart = inside and _stands_apart(middle, spec.cells)
    taken = _list_other_places(inked, spec) if apart else ()
    return apart and all(middle.gap_to(place) > NEAR_SIGNATURE_MM for place in taken)


def _stands_apart(piece: Region, cells: Sequence[Region]) -> bool:
    return min(piece.gap_to(cell) for cell in cells) >= APART_MM


def _find_middle(piece: Region) -> Region:
    """A point, nearly: regions have a size."""
    return Region(piece.x_mm + piece.width_mm / 2, piece.y_mm + piece.height_mm / 2, 0.1, 0.1)


def _list_other_places(inked: InkedPage, spec: FieldSpec) -> list[Region]:
    """Where the ink of all other answers and of signatures belongs."""
    page = inked.reference.page
    others = [place for other in page.fields if other.id != spec.id for place in other.places]
    signed = [p for other in page.fields for p in (other.correction_signatures or {}).values()]
    return [*others, *spec.correction_cells, *signed]
