"""Answers written in cells: both rows of each, and the ink around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from form_templates.model import FieldSpec, Kind, Region
from ocr.cell_rows import BARE, RowReading, read_rows
from ocr.close_characters import has_character_close, is_written_along
from ocr.evidence import CellEvidence
from ocr.frame import RegisteredPage
from ocr.inked_page import InkedPage
from ocr.prefilled import SURE_OF_PRINT, is_printed
from ocr.strays import StrayInk
from ocr.thresholds import SHIPPED, AcceptLimits
from ocr.written import WrittenState

_NO_STRAYS = StrayInk()
_ADJOINING_MM = 2.0
"""Between two rows of cells; what is written above the one then stands in the other."""


def weigh_cells(
    inked: InkedPage,
    specs: Sequence[FieldSpec],
    strays: StrayInk = _NO_STRAYS,
    limits: AcceptLimits = SHIPPED,
) -> list[CellEvidence]:
    """What the written answers of one kind are, with what stands in their correction cells."""
    answers = read_rows(inked, [(s, s.cells) for s in specs], limits)
    corrected = [s for s in specs if s.correction_cells]
    rows = read_rows(inked, [(s, s.correction_cells) for s in corrected], limits)
    anew = dict(zip((s.id for s in corrected), rows, strict=True))
    seen = [
        _Rows(s, answer, anew.get(s.id, BARE)) for s, answer in zip(specs, answers, strict=True)
    ]
    changed = [rows.spec for rows in seen if rows.is_changed_elsewhere]
    return [
        _weigh(inked.page, rows, _has_ink_beside(inked, rows, strays, changed)) for rows in seen
    ]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the two rows of cells of an answer say."""

    spec: FieldSpec
    answer: RowReading
    anew: RowReading

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether the answer was crossed out or changed, and not written anew in its cells."""
        unanswered = self.anew.row.written is WrittenState.EMPTY
        return unanswered and (self.answer.row.written.is_spoilt or self.answer.looked_changed)


def _has_ink_beside(
    inked: InkedPage, rows: _Rows, strays: StrayInk, changed: Sequence[FieldSpec]
) -> bool:
    """Whether something beside an answer may belong to it, or stands in its cells by mistake.

    What was crossed out may stand anew close to it, even in the cells above or below. Of two
    characters where a cell has room for one, either may be the answer.
    """
    spec = rows.spec
    if spec.id in strays.beside or rows.answer.looked_changed:
        return True
    if rows.is_changed_elsewhere:
        struck = rows.answer.row.written is WrittenState.STRUCK
        return struck and (spec.id in strays.around or is_written_along(inked, spec, strays.level))
    if rows.answer.row.written is WrittenState.EMPTY:
        return False
    if any(_adjoin(spec.region, other.region) for other in changed):
        return True
    # However sure the row is read: our own print below settles a doubt of it. What letters say
    # is confirmed by a person anyway.
    return spec.kind is Kind.DIGITS and has_character_close(inked, spec, strays.level)


def _adjoin(one: Region, other: Region) -> bool:
    """Whether one row of cells lies just above or below another."""
    beside = one.x_mm >= other.right_mm or other.x_mm >= one.right_mm
    return not beside and one.gap_to(other) <= _ADJOINING_MM


def _weigh(page: RegisteredPage, rows: _Rows, ink_beside: bool) -> CellEvidence:
    spec, answer, anew = rows.spec, rows.answer, rows.anew
    nothing_anew = anew.row.written is WrittenState.EMPTY
    too_pale = anew.doubtful and nothing_anew
    ours = _is_our_print(page, spec.cells, answer)
    # Letters are certain where nothing is written, or where our own print stands there.
    suggested = spec.kind is Kind.LETTERS and not (
        (ours or answer.row.written is WrittenState.EMPTY)
        and (nothing_anew or _is_our_print(page, spec.correction_cells, anew))
    )
    return CellEvidence(
        spec=spec,
        answer=answer.row,
        anew=anew.row,
        ink_beside=ink_beside or too_pale,
        confidence=(SURE_OF_PRINT if ours else answer.confidence) * anew.confidence,
        doubtful=(answer.doubtful and not ours) or answer.hides_more or anew.doubtful,
        surely_spoilt=answer.row.written.is_spoilt and not answer.doubtful,
        suggested=suggested,
        candidates=answer.candidates if nothing_anew else anew.candidates,
    )


def _is_our_print(page: RegisteredPage, cells: Sequence[Region], seen: RowReading) -> bool:
    """Whether the cells hold what was read, in the print of our own forms."""
    return seen.row.text is not None and is_printed(page, cells, seen.row.text)
