"""The correction table, field by field: from what was read to what follows.

Order 01-14, annex 1, article 11(2)-(3). The reader has put marks and signatures
of a question together into a state and a reason; here each of them ends in its
finding. Nothing that is unread is called empty, and no unclear mark is a value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from form_templates.model import MARK_KINDS, PRESENCE_KINDS, Kind
from ocr.readings import FieldReading, FieldState, Reason
from validation.disposition import Disposition, Track
from validation.findings import Finding, Parameter
from validation.outcomes import report_outcome
from validation.places import SortedFields
from validation.rows import Rows, RowUse, find_use
from validation.standing import Standing, find_reason, is_blank

_CORRECTIONS = frozenset({Reason.SIGNED_CORRECTION, Reason.UNSIGNED_CORRECTION})
_EMPTY = frozenset({Reason.NONE, Reason.UNANSWERED})
# Looked up once, because most fields of most documents are held against them.
_USED, _SURELY_EMPTY = RowUse.USED, Standing.EMPTY
_BLANK, _NO_REASON = FieldState.EMPTY, Reason.NONE


@dataclass(frozen=True, slots=True)
class Owed:
    """What decides whether an empty field is a fault."""

    fields: SortedFields
    rows: Rows
    elsewhere: frozenset[str]
    """Questions whose emptiness a rule judges: they are asked of some only."""

    def asks_for(self, reading: FieldReading) -> bool:
        """Whether the paper owes an answer in this field."""
        spec = reading.spec
        if not spec.required or find_use(reading, self.rows) is not _USED:
            return False
        if spec.question in self.elsewhere:
            return False
        return spec.kind not in PRESENCE_KINDS or not self._is_idle(reading.page_ref)

    def _is_idle(self, page: int) -> bool:
        """Whether every answer on a page belongs to a row that is not in use.

        Article 11(5) asks for a signature on each relevant leaf; a continuation sheet
        that nobody needed is none (assumed).
        """
        uses = {
            find_use(reading, self.rows)
            for judged in self.fields.places.values()
            for reading, _ in judged
            if reading.page_ref == page and reading.spec.kind not in PRESENCE_KINDS
        }
        return uses == {RowUse.UNUSED}


def judge_fields(
    fields: SortedFields, track: Track, rows: Rows, elsewhere: frozenset[str]
) -> Iterator[Finding]:
    """What follows from every field that was scanned, in the order they were read."""
    owed = Owed(fields, rows, elsewhere)
    for reading, standing in fields.notable:
        blank = reading.state is _BLANK and standing is _SURELY_EMPTY
        if blank and reading.reason is _NO_REASON and not owed.asks_for(reading):
            continue
        outcomes = _name_outcomes(reading, standing, owed)
        if outcomes or reading.review:
            yield from _report_field(reading, outcomes, track)
    yield from _judge_unused_rows(fields, track, rows)


def _report_field(reading: FieldReading, outcomes: list[str], track: Track) -> Iterator[Finding]:
    """What follows from one field; where the reader doubts, somebody looks in any case."""
    looked_at = False
    for code in outcomes:
        finding = report_outcome(
            code, track, reading.id, reading.spec.law, _name_parameters(reading, code)
        )
        looked_at = looked_at or finding.consequence is not Disposition.ACCEPTED
        yield finding
    if reading.review and not looked_at:
        code = "doubtful_mark" if reading.spec.kind in MARK_KINDS else "doubtful_value"
        yield report_outcome(code, track, reading.id, reading.spec.law)


def _name_outcomes(reading: FieldReading, standing: Standing, owed: Owed) -> list[str]:
    """The rows of the table that a field falls under."""
    outcomes, reason = [], find_reason(reading)
    if reason in _CORRECTIONS and not reading.spec.signers():
        outcomes.append("correction_without_rule")
    elif reason not in _EMPTY:
        outcomes.append(reason.value)
    if standing is _SURELY_EMPTY and owed.asks_for(reading):
        outcomes.append(_name_absence(reading.spec.kind))
    return outcomes


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


def _judge_unused_rows(fields: SortedFields, track: Track, rows: Rows) -> Iterator[Finding]:
    """An answer in a row that speaks of nobody is a fault, once a row."""
    for (group, row), judged in fields.places.items():
        if group is None or row is None or rows[group][row] is not RowUse.UNUSED:
            continue
        for reading, _ in judged:
            if not (reading.value is None or reading.review or is_blank(reading.value)):
                yield report_outcome("answer_without_row", track, reading.id, reading.spec.law)
                break
