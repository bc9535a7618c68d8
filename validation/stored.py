"""A record as the registry keeps it, as values again: dates from text, decimals from text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from form_templates.model import Cardinality, Format
from form_templates.specification import Question, Template
from validation.family import Family, derive_family
from validation.family_limits import read_limits
from validation.parameters import Law
from validation.record import Answers, Record
from validation.rows import RowUse
from validation.rules.member import BORN, open_member
from validation.rules.paper import MEMBERS
from validation.rules.parts import Part
from validation.schemas import list_groups
from validation.template_cache import once_a_template
from validation.typed_values import Json, Typed
from validation.vocabulary import load_vocabulary_of

_Restore = Callable[[Any], Typed]


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the answers of one table, or of all outside tables, become values again."""

    restore: Mapping[str, _Restore]
    """Question -> what makes its value."""
    optional: frozenset[str]
    """Questions that may be left blank."""


def restore_record(template: Template, values: Mapping[str, Json]) -> Record:
    """The record whose values these are; rows without a value are not there.

    Whoever authorised them had settled every field, so what may be left blank and has
    no value was left blank. What is owed and absent stays unread.
    """
    columns = _list_columns(template)
    single: dict[str, Json] = {}
    rows: dict[str, dict[int, dict[str, Json]]] = {group: {} for group in list_groups(template)}
    for field, value in values.items():
        group, inside, rest = field.partition("[")
        if not inside:
            single[field] = value
        elif group in rows:
            row, _, question = rest.partition("].")
            rows[group].setdefault(int(row), {})[question] = value
    return Record(
        key=template.key,
        answers=_restore_answers("", columns[None], single),
        rows={
            group: {
                row: _restore_answers(f"{group}[{row}].", columns[group], said)
                for row, said in sorted(found.items())
            }
            for group, found in rows.items()
        },
        uses={group: dict.fromkeys(sorted(found), RowUse.USED) for group, found in rows.items()},
    )


def read_family(template: Template, values: Mapping[str, Json], law: Law, day: date) -> Family:
    """The facts of a family in the registry, as of any day: ages by the birth dates."""
    record, vocabulary = restore_record(template, values), load_vocabulary_of(template)
    members = [
        open_member(_trust_birth_date(answers), vocabulary, row, day, day)
        for row, answers in record.rows.get(MEMBERS, {}).items()
    ]
    return derive_family(Part(record.answers, vocabulary), members, 0, read_limits(law, day), day)


def _trust_birth_date(answers: Answers) -> Answers:
    """The answers without the written age, which is that of another day."""
    if BORN not in answers.values:
        return answers
    kept = {question: value for question, value in answers.values.items() if question != "age"}
    return Answers(answers.prefix, kept, answers.empty)


def _restore_answers(prefix: str, columns: _Columns, said: Mapping[str, Json]) -> Answers:
    restore = columns.restore
    values = {id_: restore[id_](value) for id_, value in said.items() if id_ in restore}
    return Answers(prefix, values, columns.optional - values.keys())


@once_a_template
def _list_columns(template: Template) -> Mapping[str | None, _Columns]:
    """Table -> its questions; None for those outside tables."""
    asked: dict[str | None, list[Question]] = {None: []}
    for section, question in template.questions():
        asked.setdefault(section.group, []).append(question)
    return {
        group: _Columns(
            {question.id: _choose_restorer(question) for question in questions},
            frozenset(question.id for question in questions if not question.required),
        )
        for group, questions in asked.items()
    }


def _choose_restorer(question: Question) -> _Restore:
    """What makes a value of the type that a question asks for."""
    if question.cardinality is Cardinality.MANY:
        return tuple
    return _RESTORERS.get(question.format, _keep)


def _keep(value: Typed) -> Typed:
    return value


_RESTORERS: Mapping[Format, _Restore] = {
    Format.DATE: date.fromisoformat,
    Format.TIME: time.fromisoformat,
    Format.DECIMAL: Decimal,
    Format.MONEY: Decimal,
}
