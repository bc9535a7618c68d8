"""The correction table, field by field: from what was read to what follows.

Order 01-14, annex 1, article 11(2)-(3). The reader has put marks and signatures
of a question together into a state and a reason; here each of them ends in its
finding. Nothing that is unread is called empty, and no unclear mark is a value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from form_templates.model import CELL_KINDS, MARK_KINDS, PRESENCE_KINDS, Kind
from ocr.readings import DocumentReading, FieldReading, Reason
from validation.disposition import Disposition, Track
from validation.findings import Finding, Parameter
from validation.outcomes import report_outcome
from validation.rows import Rows, RowUse, find_use
from validation.standing import find_reason, is_blank, is_surely_empty

_CORRECTIONS = frozenset({Reason.SIGNED_CORRECTION, Reason.UNSIGNED_CORRECTION})
_EMPTY = frozenset({Reason.NONE, Reason.UNANSWERED})


@dataclass(frozen=True, slots=True)
class Owed:
    """What decides whether an empty field is a fault."""

    rows: Rows
    elsewhere: frozenset[str]
    """Questions whose emptiness a rule judges: they are asked of some only."""
    idle_pages: frozenset[int]
    """Pages that hold nothing but rows not in use; nobody signs there."""

    def asks_for(self, reading: FieldReading) -> bool:
        """Whether the paper owes an answer in this field."""
        spec = reading.spec
        if spec.kind in PRESENCE_KINDS and reading.page_ref in self.idle_pages:
            return False
        asked = spec.required and spec.question not in self.elsewhere
        return asked and find_use(reading, self.rows) is RowUse.USED


def judge_fields(
    document: DocumentReading, track: Track, rows: Rows, elsewhere: frozenset[str]
) -> Iterator[Finding]:
    """What follows from every field that was scanned, in the order they were read."""
    owed = Owed(rows, elsewhere, _find_idle_pages(document, rows))
    for reading in document.fields.values():
        yield from judge_field(reading, track, owed)
    yield from _judge_unused_rows(document, track, rows)


def judge_field(reading: FieldReading, track: Track, owed: Owed) -> Iterator[Finding]:
    """What follows from one field; where the reader doubts, somebody looks in any case."""
    looked_at = False
    for code in _name_outcomes(reading, owed):
        finding = report_outcome(
            code, track, reading.id, reading.spec.law, _name_parameters(reading, code)
        )
        looked_at = looked_at or finding.consequence is not Disposition.ACCEPTED
        yield finding
    if reading.review and not looked_at:
        code = "doubtful_mark" if reading.spec.kind in MARK_KINDS else "doubtful_value"
        yield report_outcome(code, track, reading.id, reading.spec.law)


def _name_outcomes(reading: FieldReading, owed: Owed) -> Iterator[str]:
    """The rows of the table that a field falls under."""
    reason = find_reason(reading)
    if reason in _CORRECTIONS and not reading.spec.signers():
        yield "correction_without_rule"
    elif reason not in _EMPTY:
        yield reason.value
    if is_surely_empty(reading) and owed.asks_for(reading):
        yield _name_absence(reading.spec.kind)


def _name_absence(kind: Kind) -> str:
    if kind in PRESENCE_KINDS:
        return "missing_stamp" if kind is Kind.STAMP else "missing_signature"
    return "unanswered"


def _name_parameters(reading: FieldReading, code: str) -> Mapping[str, Parameter]:
    """What the wording of an outcome names beside the field."""
    if code == "unsigned_correction":
        signed = reading.correction.signatures if reading.correction else {}
        missing = [who for who in reading.spec.signers() if not signed.get(who)]
        return {"missing": tuple(who.value for who in missing)}
    return {}


def _judge_unused_rows(document: DocumentReading, track: Track, rows: Rows) -> Iterator[Finding]:
    """An answer in a row that speaks of nobody is a fault, once a row."""
    told = set()
    for reading in document.fields.values():
        place = (reading.spec.group, reading.spec.row)
        if place in told or find_use(reading, rows) is not RowUse.UNUSED:
            continue
        if not is_blank(reading.value) and not reading.review:
            told.add(place)
            yield report_outcome("answer_without_row", track, reading.id, reading.spec.law)


def _find_idle_pages(document: DocumentReading, rows: Rows) -> frozenset[int]:
    """Pages on which every answer belongs to a row that is not in use.

    Article 11(5) asks for a signature on each relevant leaf; a continuation sheet
    that nobody needed is none (assumed).
    """
    pages: dict[int, bool] = {}
    for reading in document.fields.values():
        if reading.spec.kind in CELL_KINDS | MARK_KINDS | {Kind.TEXT}:
            idle = find_use(reading, rows) is RowUse.UNUSED
            pages[reading.page_ref] = pages.get(reading.page_ref, True) and idle
    return frozenset(page for page, idle in pages.items() if idle)
