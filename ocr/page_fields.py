"""All fields of one registered page: evidence first, then what it comes to.

Every network runs once a page over all its crops; that is several times faster
than field by field.
"""

from collections.abc import Container, Iterable, Mapping, Sequence

import numpy as np

from form_templates.model import (
    MARK_KINDS,
    FieldSpec,
    Kind,
    Region,
    Signer,
    enclose,
)
from ocr.box_marks import BOX_KINDS, read_box_questions
from ocr.boxes import find_signatures, read_boxes
from ocr.cell_rows import RowReading, read_rows
from ocr.corrections import CellRow, Outcome, Presence
from ocr.evidence import CellEvidence, Evidence, MarkEvidence, explain_signatures
from ocr.frame import RegisteredPage, cut, inside_scan, quad_px
from ocr.ink import STROKE_LEVEL
from ocr.inked_page import InkedPage
from ocr.legibility import blame_picture, find_lost_fields
from ocr.marks import (
    MarkView,
    QuestionMarks,
    classify_marks,
    find_touched,
    prepare_view,
    read_question,
)
from ocr.prefilled import SURE_OF_PRINT, is_printed
from ocr.quality import drowns_ink, spoils_reading
from ocr.readings import FieldReading, FieldState, Quality, Reason
from ocr.strays import find_stray_ink, is_written_along
from ocr.thresholds import SHIPPED, AcceptLimits, ReadKind
from ocr.written import WrittenState

_COVERED = 0.12
"""Of an answer's cells: no shadow, blur or light patch leaves so much in strokes."""
_BESIDE = frozenset({Reason.INK_BESIDE, Reason.SIGNATURES_WITHOUT_CROSS})
_NOTHING = RowReading(CellRow(WrittenState.EMPTY), 1.0, doubtful=False)
"""Of a field that has no correction cells."""


def read_fields(
    inked: InkedPage, quality: Quality, limits: AcceptLimits = SHIPPED
) -> tuple[FieldReading, ...]:
    """Read every field of a page, in the form's order."""
    specs = inked.reference.page.fields
    strays = find_stray_ink(inked)
    view = prepare_view(inked.page.grey, inked.reference.ready.half)
    evidence: list[Evidence] = [
        *weigh_marks(inked, view, quality, strays, limits),
        *weigh_box_marks(inked, view, strays),
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
    lost = (find_lost_fields(view, specs) - _find_covered(inked, evidence)) | {
        spec.id for spec in specs if not inside_scan(inked.page, spec.region)
    }
    return blame_picture((readings[spec.id] for spec in specs), lost, quality)


def _find_covered(inked: InkedPage, evidence: Iterable[Evidence]) -> frozenset[str]:
    """Ids of the answers whose print the pen hides: they were surely crossed out or scribbled."""
    spoilt = [i.spec for i in evidence if isinstance(i, CellEvidence) and i.surely_spoilt]
    if not spoilt:
        return frozenset()
    strokes = np.asarray(inked.ink > STROKE_LEVEL, np.uint8)
    return frozenset(s.id for s in spoilt if cut(strokes, enclose(s.cells)).mean() >= _COVERED)


def weigh_marks(
    inked: InkedPage,
    view: MarkView,
    quality: Quality,
    strays: Container[str] = (),
    limits: AcceptLimits = SHIPPED,
) -> list[MarkEvidence]:
    """What was circled and crossed at the codes of all questions of a page."""
    questions = [s for s in inked.reference.page.fields if s.kind is Kind.CIRCLE]
    if not questions:
        return []
    regions = [o.region for q in questions for o in q.options]
    # Where grain drowns pale ink, only the network can tell that a code is blank.
    drowned = drowns_ink(quality)
    touched = np.ones(len(regions), np.bool_) if drowned else find_touched(inked, regions)
    chances = classify_marks(view, regions, touched)
    accept_above = limits.find(ReadKind.MARKS)
    evidence, start = [], 0
    for spec in questions:
        part = chances[start : start + len(spec.options)]
        seen = read_question(spec.options, part, accept_above)
        beside = spec.id in strays
        evidence.append(_note_marks(spec, seen, beside))
        start += len(spec.options)
    return evidence


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


def weigh_cells(
    inked: InkedPage,
    specs: Sequence[FieldSpec],
    strays: Container[str] = (),
    limits: AcceptLimits = SHIPPED,
) -> list[CellEvidence]:
    """What the written answers of one kind are, with what stands in their correction cells."""
    answers = read_rows(inked, [(s, s.cells) for s in specs], limits)
    corrected = [s for s in specs if s.correction_cells]
    rows = read_rows(inked, [(s, s.correction_cells) for s in corrected], limits)
    anew = dict(zip((s.id for s in corrected), rows, strict=True))
    evidence = []
    for spec, answer in zip(specs, answers, strict=True):
        second = anew.get(spec.id, _NOTHING)
        beside = spec.id in strays or _is_rewritten_nearby(inked, spec, answer, second)
        evidence.append(_weigh(inked.page, spec, answer, second, beside))
    return evidence


def _is_rewritten_nearby(
    inked: InkedPage, spec: FieldSpec, answer: RowReading, anew: RowReading
) -> bool:
    """Whether an answer was crossed out and something stands close to it, not in its cells."""
    struck = answer.row.written is WrittenState.STRUCK
    return struck and anew.row.written is WrittenState.EMPTY and is_written_along(inked, spec)


def _weigh(
    page: RegisteredPage,
    spec: FieldSpec,
    answer: RowReading,
    anew: RowReading,
    ink_beside: bool,
) -> CellEvidence:
    too_pale = anew.doubtful and anew.row.written is WrittenState.EMPTY
    ours = _is_our_print(page, spec.cells, answer)
    suggested = spec.kind is Kind.LETTERS and not (
        _is_certain(page, spec.cells, answer) and _is_certain(page, spec.correction_cells, anew)
    )
    return CellEvidence(
        spec=spec,
        answer=answer.row,
        anew=anew.row,
        ink_beside=ink_beside or too_pale,
        confidence=(SURE_OF_PRINT if ours else answer.confidence) * anew.confidence,
        doubtful=(answer.doubtful and not ours) or anew.doubtful,
        surely_spoilt=answer.row.written.is_spoilt and not answer.doubtful,
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
