"""Which rows of a table are in use: only those owe an answer."""

from collections.abc import Mapping
from enum import StrEnum

from form_templates.model import CELL_KINDS, Kind
from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from validation.schemas import list_groups
from validation.standing import find_reason, is_surely_empty

_WRITTEN = CELL_KINDS | {Kind.TEXT}
_DOUBTS = frozenset({Reason.DOUBTFUL_VALUE, Reason.DOUBTFUL_MARK, Reason.INK_BESIDE})


class RowUse(StrEnum):
    """Whether a row of a table speaks of somebody."""

    USED = "used"
    UNUSED = "unused"
    UNKNOWN = "unknown"
    """Not scanned, not readable, or a single doubtful trace that may be a stain."""


Rows = Mapping[str, Mapping[int, RowUse]]
"""Table -> row -> its use."""


def find_rows(template: Template, document: DocumentReading) -> Rows:
    """The use of every row that was scanned.

    A table may go on over several sections (block B, then block C); what is
    handwritten in the first of them says who the row is about.
    """
    return {group: _find_uses(template, document, group) for group in list_groups(template)}


def find_use(reading: FieldReading, rows: Rows) -> RowUse:
    """The use of the row that a field stands in; outside tables everything is in use."""
    group, row = reading.spec.group, reading.spec.row
    if group is None or row is None:
        return RowUse.USED
    return rows[group][row]


def _find_uses(template: Template, document: DocumentReading, group: str) -> dict[int, RowUse]:
    first = next(section for section in template.sections if section.group == group)
    naming = {question.id for question in first.questions if question.kind in _WRITTEN}
    seen: dict[int, list[FieldReading]] = {}
    for reading in document.fields.values():
        if reading.spec.group == group and reading.spec.row is not None:
            row = seen.setdefault(reading.spec.row, [])
            if reading.spec.question in naming:
                row.append(reading)
    return {row: _judge_row(readings) for row, readings in sorted(seen.items())}


def _judge_row(naming: list[FieldReading]) -> RowUse:
    """One sure answer, or ink in two places, is somebody; one doubt alone is not."""
    traces = [reading for reading in naming if not is_surely_empty(reading)]
    if naming and not traces:
        return RowUse.UNUSED
    inked = [reading for reading in traces if find_reason(reading) is not Reason.IMAGE]
    if any(_is_sure_ink(reading) for reading in inked) or len(inked) > 1:
        return RowUse.USED
    return RowUse.UNKNOWN


def _is_sure_ink(reading: FieldReading) -> bool:
    return reading.state is not FieldState.EMPTY and find_reason(reading) not in _DOUBTS
