"""Which rows of a table are in use: only those owe an answer."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from form_templates.model import CELL_KINDS, Kind
from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from validation.places import Judged, SortedFields, sort_fields
from validation.schemas import list_groups
from validation.standing import Standing, find_reason
from validation.template_cache import once_a_template

_WRITTEN = CELL_KINDS | {Kind.TEXT}
_EMPTY = Standing.EMPTY
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
    """The use of every row that was scanned."""
    return judge_uses(template, sort_fields(document))


def judge_uses(template: Template, fields: SortedFields) -> Rows:
    """The use of every row whose fields are sorted already.

    A table may go on over several sections (block B, then block C); what is
    handwritten in the first of them says who the row is about.
    """
    naming = _list_naming(template)
    rows: dict[str, dict[int, Sequence[Judged]]] = {group: {} for group in naming}
    for (group, row), judged in fields.places.items():
        if group is not None and row is not None:
            rows[group][row] = judged
    return {group: _judge_table(found, naming[group]) for group, found in rows.items()}


def find_use(reading: FieldReading, rows: Rows) -> RowUse:
    """The use of the row that a field stands in; outside tables everything is in use."""
    group, row = reading.spec.group, reading.spec.row
    if group is None or row is None:
        return RowUse.USED
    return rows[group][row]


@once_a_template
def _list_naming(template: Template) -> Mapping[str, frozenset[str]]:
    """Table -> the questions whose handwriting says who a row is about."""
    firsts = {
        group: next(s for s in template.sections if s.group == group)
        for group in list_groups(template)
    }
    return {
        group: frozenset(q.id for q in first.questions if q.kind in _WRITTEN)
        for group, first in firsts.items()
    }


def _judge_table(rows: Mapping[int, Sequence[Judged]], naming: frozenset[str]) -> dict[int, RowUse]:
    """The use of each row; blank ones below the end of a list are nobody's.

    Sections of a table are printed with more rows or fewer, so a row may be there whose
    name no sheet has a place for.
    """
    uses, ended = {}, False
    for row, judged in sorted(rows.items()):
        named = _find_named(judged, naming)
        use = _judge_row(named)
        if ended and not named and all(standing is _EMPTY for _, standing in judged):
            use = RowUse.UNUSED
        uses[row], ended = use, use is RowUse.UNUSED
    return uses


def _find_named(row: Sequence[Judged], naming: frozenset[str]) -> list[Judged]:
    """The fields of a row that say who it is about; they are printed first."""
    named: list[Judged] = []
    for judged in row:
        if judged[0].spec.question in naming:
            named.append(judged)
            if len(named) == len(naming):
                break
    return named


def _judge_row(naming: Sequence[Judged]) -> RowUse:
    """One sure answer, or ink in two places, is somebody; one doubt alone is not."""
    traces = [reading for reading, standing in naming if standing is not _EMPTY]
    if naming and not traces:
        return RowUse.UNUSED
    inked = [reading for reading in traces if find_reason(reading) is not Reason.IMAGE]
    if any(_is_sure_ink(reading) for reading in inked) or len(inked) > 1:
        return RowUse.USED
    return RowUse.UNKNOWN


def _is_sure_ink(reading: FieldReading) -> bool:
    return reading.state is not FieldState.EMPTY and find_reason(reading) not in _DOUBTS
