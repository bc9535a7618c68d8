"""The record of a document: what was read and settled, and nothing else.

An answer that is empty, unread or in doubt is absent; it is never zero and
never an empty text. What is known to be empty is kept apart, so that a rule can
tell "left blank" from "could not be read".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from form_templates.model import TemplateKey
from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading
from validation.rows import Rows, RowUse, find_rows
from validation.standing import is_settled, is_surely_empty
from validation.typed_values import Typed, TypedValues, type_values


@dataclass(frozen=True, slots=True)
class Answers:
    """The settled answers of a paper outside its tables, or of one row of a table."""

    prefix: str
    """What stands before a question in the id of a field: `members[3].`."""
    values: Mapping[str, Typed]
    """Question -> its value."""
    empty: frozenset[str]
    """Questions that were seen and not answered."""

    def field(self, question: str) -> str:
        """The id of the field that answers a question here."""
        return self.prefix + question


@dataclass(frozen=True, slots=True)
class Record:
    """One document as values."""

    key: TemplateKey
    answers: Answers
    rows: Mapping[str, Mapping[int, Answers]]
    """Table -> row -> its answers; rows in use only."""
    uses: Rows
    """Table -> row -> whether it is in use; rows that were scanned only."""


def build_record(template: Template, document: DocumentReading) -> Record:
    """The settled values of a document, by question and by row in use."""
    typed, rows = type_values(template, document), find_rows(template, document)
    return collect_record(template, document, typed, rows)


def collect_record(
    template: Template, document: DocumentReading, typed: TypedValues, rows: Rows
) -> Record:
    """The record of a document whose values and rows are known already."""
    by_row: dict[tuple[str | None, int | None], list[FieldReading]] = {}
    for reading in document.fields.values():
        by_row.setdefault((reading.spec.group, reading.spec.row), []).append(reading)
    return Record(
        key=template.key,
        answers=_collect_answers("", by_row.get((None, None), ()), typed),
        rows={
            group: {
                row: _collect_answers(f"{group}[{row}].", by_row[group, row], typed)
                for row, use in uses.items()
                if use is RowUse.USED
            }
            for group, uses in rows.items()
        },
        uses=rows,
    )


def _collect_answers(prefix: str, readings: Iterable[FieldReading], typed: TypedValues) -> Answers:
    values, empty = {}, set()
    for reading in readings:
        question = reading.id.removeprefix(prefix)
        if is_surely_empty(reading):
            empty.add(question)
        elif is_settled(reading) and reading.id in typed.values:
            values[question] = typed.values[reading.id]
    return Answers(prefix, values, frozenset(empty))
