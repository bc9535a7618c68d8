"""All fields of one registered page: evidence first, then what it comes to.

Every network runs once a page over all its crops; that is several times faster
than field by field.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import numpy as np

from form_templates.model import (
    MARK_KINDS,
    FieldSpec,
    Kind,
    Region,
    Signer,
)
from ocr.box_marks import BOX_KINDS, read_box_questions
from ocr.boxes import read_boxes, read_signature_places
from ocr.cell_rows import RowReading, read_rows
from ocr.cells import load_network
from ocr.corrections import CellRow, Outcome, Presence
from ocr.evidence import CellEvidence, Evidence, MarkEvidence, explain_signatures
from ocr.frame import RegisteredPage, inside_scan, quad_px
from ocr.inked_page import InkedPage
from ocr.legibility import find_lost_fields
from ocr.marks import MarkView, classify_marks, prepare_view, read_question
from ocr.prefilled import is_printed
from ocr.quality import spoils_reading
from ocr.readings import FieldReading, FieldState, Quality, Reason
from ocr.strays import find_stray_ink
from ocr.written import WrittenState

_REACH_MM = 1.0
"""Marks go beyond the region of their code by so much."""
_SURE_OF_PRINT = 0.999
"""Of cells that the network reads as what our own print there would be."""
_NOTHING = RowReading(CellRow(WrittenState.EMPTY), 1.0, doubtful=False)
"""Of a field that has no correction cells."""


def read_fields(inked: InkedPage, quality: Quality) -> tuple[FieldReading, ...]:
    """Read every field of a page, in the form's order."""
    specs = inked.reference.page.fields
    strays = find_stray_ink(inked)
    view = prepare_view(inked.page.grey, inked.reference.blank)
    evidence: list[Evidence] = [
        *weigh_marks(inked, view, strays),
        *weigh_box_marks(inked, view, strays),
        *weigh_cells(inked, [s for s in specs if s.kind is Kind.DIGITS], strays),
        *weigh_cells(inked, [s for s in specs if s.kind is Kind.LETTERS], strays),
    ]
    places = {r for s in specs for r in (s.correction_signatures or {}).values()}
    bearing = explain_signatures(evidence, read_signature_places(inked, places))
    readings = {
        item.spec.id: _conclude(item, bearing[item.spec.id], inked.page, quality)
        for item in evidence
    }
    readings |= read_boxes(inked, quality)
    lost = find_lost_fields(view, specs) | {
        spec.id for spec in specs if not inside_scan(inked.page, spec.region)
    }
    return tuple(
        _give_up(readings[spec.id]) if spec.id in lost else readings[spec.id] for spec in specs
    )


def _give_up(reading: FieldReading) -> FieldReading:
    """A field that the picture does not show: only another picture can help."""
    return replace(
        reading,
        state=FieldState.UNREADABLE,
        reason=Reason.IMAGE,
        value=None,
        correction=None,
        review=True,
    )


def weigh_marks(
    inked: InkedPage, view: MarkView, strays: Container[str] = ()
) -> list[MarkEvidence]:
    """What was circled and crossed at the codes of all questions of a page."""
    questions = [s for s in inked.reference.page.fields if s.kind is Kind.CIRCLE]
    if not questions:
        return []
    regions = [o.region for q in questions for o in q.options]
    touched = np.array([inked.has_ink(region.grown(_REACH_MM)) for region in regions])
    chances = classify_marks(view, regions, touched)
    accept_above = load_network("marks").accept_above
    evidence, start = [], 0
    for spec in questions:
        part = chances[start : start + len(spec.options)]
        seen = read_question(spec.options, part, accept_above)
        beside = spec.id in strays
        evidence.append(MarkEvidence(spec, seen.marks, beside, seen.confidence, seen.doubtful))
        start += len(spec.options)
    return evidence


def weigh_box_marks(
    inked: InkedPage, view: MarkView, strays: Container[str] = ()
) -> list[MarkEvidence]:
    """What the marks in all boxes and rings of a page are."""
    questions = [s for s in inked.reference.page.fields if s.kind in BOX_KINDS]
    return [
        MarkEvidence(spec, seen.marks, spec.id in strays, seen.confidence, seen.doubtful)
        for spec, seen in zip(questions, read_box_questions(inked, view, questions), strict=True)
    ]


def weigh_cells(
    inked: InkedPage, specs: Sequence[FieldSpec], strays: Container[str] = ()
) -> list[CellEvidence]:
    """What the written answers of one kind are, with what stands in their correction cells."""
    answers = read_rows(inked, [(s, s.cells) for s in specs])
    corrected = [s for s in specs if s.correction_cells]
    rows = read_rows(inked, [(s, s.correction_cells) for s in corrected])
    anew = dict(zip((s.id for s in corrected), rows, strict=True))
    evidence = []
    for spec, answer in zip(specs, answers, strict=True):
        second = anew.get(spec.id, _NOTHING)
        evidence.append(_weigh(inked.page, spec, answer, second, spec.id in strays))
    return evidence


def _weigh(
    page: RegisteredPage,
    spec: FieldSpec,
    answer: RowReading,
    anew: RowReading,
    ink_beside: bool,
) -> CellEvidence:
    ours = _is_our_print(page, spec.cells, answer)
    suggested = spec.kind is Kind.LETTERS and not (
        _is_certain(page, spec.cells, answer) and _is_certain(page, spec.correction_cells, anew)
    )
    return CellEvidence(
        spec=spec,
        answer=answer.row,
        anew=anew.row,
        ink_beside=ink_beside,
        confidence=(_SURE_OF_PRINT if ours else answer.confidence) * anew.confidence,
        doubtful=(answer.doubtful and not ours) or anew.doubtful,
        suggested=suggested,
        candidates=answer.candidates if anew is _NOTHING else anew.candidates,
    )


def _is_certain(page: RegisteredPage, cells: Sequence[Region], seen: RowReading) -> bool:
    """Letters are certain where nothing is written, or where our own print stands there."""
    return seen.row.written is WrittenState.EMPTY or _is_our_print(page, cells, seen)


def _is_our_print(page: RegisteredPage, cells: Sequence[Region], seen: RowReading) -> bool:
    """Whether the cells hold what was read, in the print of our own forms."""
    return seen.row.text is not None and is_printed(page, cells, seen.row.text)


def _conclude(
    evidence: Evidence,
    signatures: Mapping[Signer, Presence],
    page: RegisteredPage,
    quality: Quality,
) -> FieldReading:
    """Turn the evidence of one field into its reading."""
    outcome = _temper(evidence, evidence.decide(signatures), quality)
    return FieldReading(
        spec=evidence.spec,
        state=outcome.state,
        reason=outcome.reason,
        value=outcome.value,
        confidence=round(evidence.confidence, 4),
        review=outcome.doubtful or _is_suggestion(evidence),
        region_px=quad_px(page, evidence.spec.region),
        marks=evidence.marks if isinstance(evidence, MarkEvidence) else (),
        correction=outcome.correction,
        candidates=evidence.candidates if isinstance(evidence, CellEvidence) else (),
    )


def _temper(evidence: Evidence, outcome: Outcome, quality: Quality) -> Outcome:
    """Where the reader is not sure, its doubt comes before what it thinks it saw.

    On a bad scan the image is to blame, and only a better one can help.
    """
    reason = outcome.reason
    if evidence.doubtful and not _goes_back(evidence, outcome):
        reason = Reason.DOUBTFUL_MARK if evidence.spec.kind in MARK_KINDS else Reason.DOUBTFUL_VALUE
        if spoils_reading(quality) and not _is_suggestion(evidence):
            return Outcome(FieldState.UNREADABLE, Reason.IMAGE)
    elif _is_suggestion(evidence) and reason is Reason.NONE:
        reason = Reason.SUGGESTION
    return Outcome(outcome.state, reason, outcome.value, outcome.correction)


def _goes_back(evidence: Evidence, outcome: Outcome) -> bool:
    """An answer crossed and written anew without the signatures goes back whatever it says."""
    written = isinstance(evidence, CellEvidence) and not evidence.suggested
    return written and outcome.reason is Reason.UNSIGNED_CORRECTION


def _is_suggestion(evidence: Evidence) -> bool:
    return isinstance(evidence, CellEvidence) and evidence.suggested
