"""All fields of one registered page: evidence first, then what it comes to.

Every network runs once a page over all its crops; that is several times faster
than field by field.
"""

from collections.abc import Container, Iterable, Mapping
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
from ocr.boxes import find_signatures, read_boxes
from ocr.cell_answers import weigh_cells
from ocr.corrections import Outcome, Presence
from ocr.evidence import CellEvidence, Evidence, MarkEvidence, explain_signatures
from ocr.frame import RegisteredPage, cut, inside_scan, quad_px
from ocr.ink import STROKE_LEVEL
from ocr.inked_page import InkedPage
from ocr.legibility import blame_picture, find_lost_fields, stands_alone
from ocr.marks import (
    MarkView,
    QuestionMarks,
    classify_marks,
    find_touched,
    prepare_view,
    read_question,
)
from ocr.quality import drowns_ink, spoils_reading
from ocr.readings import FieldReading, FieldState, Quality, Reason
from ocr.strays import find_stray_ink
from ocr.thresholds import SHIPPED, AcceptLimits, ReadKind
from ocr.unexplained_ink import has_unexplained_ink

_COVERED, _FILLED = 0.12, 0.4
"""Of an answer's cells: no shadow, blur or light patch leaves so much in strokes. A code below
less of them is seen."""
_BESIDE = frozenset({Reason.INK_BESIDE, Reason.SIGNATURES_WITHOUT_CROSS})


def read_fields(
    inked: InkedPage, quality: Quality, limits: AcceptLimits = SHIPPED
) -> tuple[FieldReading, ...]:
    """Read every field of a page, in the form's order."""
    specs = inked.reference.page.fields
    view = prepare_view(inked.page.grey, inked.reference.ready.half)
    answers = read_marks(inked, view, quality, limits)
    strays = find_stray_ink(inked, {spec.id: seen for spec, seen in answers})
    evidence: list[Evidence] = [
        *(_note_marks(spec, seen, spec.id in strays.beside) for spec, seen in answers),
        *weigh_box_marks(inked, view, strays.beside),
        *weigh_cells(inked, [s for s in specs if s.kind is Kind.DIGITS], strays, limits),
        *weigh_cells(inked, [s for s in specs if s.kind is Kind.LETTERS], strays, limits),
    ]
    signatures = find_signatures(inked, limits)
    signed = {place: seen.state for place, seen in signatures.items()}
    bearing = explain_signatures(evidence, signed)
    readings = {
        item.spec.id: _conclude(item, bearing[item.spec.id], inked.page, quality)
        for item in evidence
    }
    readings |= read_boxes(inked, quality, limits, signatures)
    lost = find_lost_fields(view, specs, _find_written_over(inked, view, evidence)) | {
        spec.id for spec in specs if not inside_scan(inked.page, spec.region)
    }
    return blame_picture((readings[spec.id] for spec in specs), lost, quality)


def _find_written_over(
    inked: InkedPage, view: MarkView, evidence: Iterable[Evidence]
) -> frozenset[Region]:
    """The codes and rows of cells whose print the pen hides: surely crossed out or scribbled."""
    spoilt = {
        place: _COVERED if isinstance(item, CellEvidence) else _FILLED
        for item in evidence
        for place in item.spoilt_places
    }
    if not spoilt:
        return frozenset()
    strokes = np.asarray(inked.ink > STROKE_LEVEL, np.uint8)
    return frozenset(
        place
        for place, least in spoilt.items()
        if cut(strokes, place).mean() >= least and stands_alone(view, place)
    )


def read_marks(
    inked: InkedPage, view: MarkView, quality: Quality, limits: AcceptLimits = SHIPPED
) -> list[tuple[FieldSpec, QuestionMarks]]:
    """What was circled and crossed at the codes of all questions of a page."""
    questions = [s for s in inked.reference.page.fields if s.kind is Kind.CIRCLE]
    if not questions:
        return []
    regions = [o.region for q in questions for o in q.options]
    # Where grain drowns pale ink, only the network can tell that a code is blank.
    drowned = drowns_ink(quality)
    touched = np.ones(len(regions), np.bool_) if drowned else find_touched(inked, view, regions)
    chances = classify_marks(view, regions, touched)
    accept_above = limits.find(ReadKind.MARKS)
    answers, start = [], 0
    for spec in questions:
        part = chances[start : start + len(spec.options)]
        seen = read_question(spec.options, part, accept_above)
        if not seen.doubtful and has_unexplained_ink(inked, spec, seen):
            seen = replace(seen, doubtful=True)
        answers.append((spec, seen))
        start += len(spec.options)
    return answers


def weigh_box_marks(
    inked: InkedPage, view: MarkView, strays: Container[str] = ()
) -> list[MarkEvidence]:
    """What the marks in all boxes and rings of a page are."""
    questions = [s for s in inked.reference.page.fields if s.kind in BOX_KINDS]
    return [
        _note_marks(spec, seen, spec.id in strays)
        for spec, seen in zip(questions, read_box_questions(inked, view, questions), strict=True)
    ]


def _note_marks(spec: FieldSpec, seen: QuestionMarks, beside: bool) -> MarkEvidence:
    return MarkEvidence(
        spec, seen.marks, beside, seen.confidence, seen.doubtful, surely_crossed=seen.changed
    )


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
        confidence=round(evidence.confidence, 6),
        review=outcome.doubtful or _is_suggestion(evidence),
        region_px=quad_px(page, evidence.spec.region),
        marks=evidence.marks if isinstance(evidence, MarkEvidence) else (),
        correction=outcome.correction,
        candidates=evidence.candidates if isinstance(evidence, CellEvidence) else (),
    )


def _temper(evidence: Evidence, outcome: Outcome, quality: Quality) -> Outcome:
    """Where the reader is not sure, its doubt comes before what it thinks it saw.

    What stands beside the answer stays the reason: no surer reading of it would do away
    with that. On a bad scan the image is to blame, and only a better one can help.
    """
    reason = outcome.reason
    if evidence.doubtful and not _goes_back(evidence, outcome):
        if reason not in _BESIDE:
            is_mark = evidence.spec.kind in MARK_KINDS
            reason = Reason.DOUBTFUL_MARK if is_mark else Reason.DOUBTFUL_VALUE
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
