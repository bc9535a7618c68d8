"""Template -> marshmallow schema: what each answer of a form must be."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import RAISE, Schema
from marshmallow.fields import Field, List, Nested

from form_templates.model import MARK_KINDS, PRESENCE_KINDS, Cardinality, Format
from form_templates.specification import Question, Template
from validation.fields import (
    Answer,
    CircledCode,
    CircledCodes,
    DateField,
    DecimalNumber,
    FamilyCode,
    Lari,
    PersonalNumber,
    Phone,
    PlainText,
    Presence,
    TimeField,
    WholeNumber,
)
from validation.parameters import value_on
from validation.template_cache import once_a_template

Column = tuple[str | None, str]
"""Table and question; None for a question outside tables."""


def build_schema(template: Template) -> Schema:
    """The schema of one edition; each table is a list with an object a row.

    No field is required here: what is missing on paper is a finding, and a
    record holds only what was read.
    """
    length = value_on("identity/personal_number", template.key.edition)
    digits = int(length.number) if length and length.number is not None else None
    single = [q for section, q in template.questions() if section.group is None]
    fields = _build_fields(single, digits)
    for group in list_groups(template):
        columns = [q for section, q in template.questions() if section.group == group]
        fields[group] = List(Nested(_compose(_build_fields(columns, digits))))
    return _compose(fields)


@once_a_template
def list_fields(template: Template) -> Mapping[Column, Answer[Any]]:
    """The fields of the schema by table and question, to be asked one by one."""
    fields: dict[Column, Answer[Any]] = {}
    for name, field in build_schema(template).fields.items():
        if isinstance(field, List) and isinstance(field.inner, Nested):
            columns = field.inner.schema.fields.items()
            fields |= {(name, id_): column for id_, column in columns if isinstance(column, Answer)}
        elif isinstance(field, Answer):
            fields[None, name] = field
    return fields


@once_a_template
def list_questions(template: Template) -> tuple[str, ...]:
    """The questions of a form, in print order."""
    return tuple(question.id for _, question in template.questions())


@once_a_template
def list_groups(template: Template) -> tuple[str, ...]:
    """The tables of a form, in print order."""
    return tuple(dict.fromkeys(s.group for s in template.sections if s.group is not None))


def _compose(fields: dict[str, Field[Any]]) -> Schema:
    """A schema of the fields that refuses any other."""
    return Schema.from_dict(dict(fields))(unknown=RAISE)


def _build_fields(questions: Iterable[Question], digits: int | None) -> dict[str, Field[Any]]:
    return {question.id: _build_field(question, digits) for question in questions}


def _build_field(question: Question, digits: int | None) -> Field[Any]:
    """The field that understands the answers of one question."""
    if question.kind in MARK_KINDS:
        many = question.cardinality is Cardinality.MANY
        return CircledCodes(question.codes) if many else CircledCode(question.codes)
    if question.kind in PRESENCE_KINDS:
        return Presence()
    return _build_written(question, digits)


def _build_written(question: Question, digits: int | None) -> Field[Any]:
    """The field that understands handwritten characters of one format."""
    fields: Mapping[Format, Field[Any]] = {
        Format.INTEGER: WholeNumber(),
        Format.DECIMAL: DecimalNumber(question.decimals),
        Format.MONEY: Lari(question.decimals),
        Format.DATE: DateField(),
        Format.TIME: TimeField(),
        Format.PERSONAL_NUMBER: PersonalNumber(digits),
        Format.PHONE: Phone(),
        Format.CODE: FamilyCode(),
        Format.PLAIN: PlainText(),
    }
    return fields[question.format]
