"""The record of a document: what was read and settled, and nothing else.

An answer that is empty, unread or in doubt is absent; it is never zero and
never an empty text. What is known to be empty is kept apart, so that a rule can
tell "left blank" from "could not be read".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from form_templates.model import Format, TemplateKey
from form_templates.specification import Template
from ocr.readings import DocumentReading
from validation.places import Place, SortedFields, sort_fields
from validation.rows import Rows, RowUse, judge_uses
from validation.standing import Standing
from validation.typed_values import Typed, TypedValues, type_values

# Looked up once, because every field of every document is held against them.
_EMPTY, _SETTLED = Standing.EMPTY, Standing.SETTLED


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
    fields = sort_fields(document)
    typed, rows = type_values(template, document), judge_uses(template, fields)
    return collect_record(template, fields, typed, rows)


def list_personal_numbers(template: Template, record: Record) -> Iterator[str]:
    """Every personal number on a paper that is settled, as often as it stands there."""
    asking = {q.id for _, q in template.questions() if q.format is Format.PERSONAL_NUMBER}
    rows = (answers for table in record.rows.values() for answers in table.values())
    for answers in (record.answers, *rows):
        for question in asking:
            number = answers.values.get(question)
            if isinstance(number, str):
                yield number


def collect_record(
    template: Template, fields: SortedFields, typed: TypedValues, rows: Rows
) -> Record:
    """The record of a document whose values and rows are known already."""
    return Record(
        key=template.key,
        answers=_collect_answers("", (None, None), fields, typed),
        rows={
            group: {
                row: _collect_answers(f"{group}[{row}].", (group, row), fields, typed)
                for row, use in uses.items()
                if use is RowUse.USED
            }
            for group, uses in rows.items()
        },
        uses=rows,
    )


def _collect_answers(
    prefix: str, place: Place, fields: SortedFields, typed: TypedValues
) -> Answers:
    """What is settled in one place, and what is empty there."""
    values, empty, start = {}, [], len(prefix)
    for reading, standing in fields.places.get(place, ()):
        id_ = reading.spec.id
        if standing is _EMPTY:
            empty.append(id_[start:])
        elif standing is _SETTLED:
            value = typed.values.get(id_)
            if value is not None:
                values[id_[start:]] = value
    return Answers(prefix, values, frozenset(empty))
