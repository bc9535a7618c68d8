"""Carries values from one edition of a form into another, and says what cannot be carried.

An id stands for the same question in every edition. Two things are the ministry's to
number anew, and so count as the same only while their printed wording is: a question
whose id is its printed code, and a code that is marked. What is not certainly the same
is lost with a reason, never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from form_templates.model import CELL_KINDS, MARK_KINDS, PRESENCE_KINDS, Cardinality, Kind
from form_templates.specification import Question, Section, Template

Value = str | int | bool | list[str]
"""A typed answer as records keep it: texts, whole numbers, codes, lists of codes."""

PRINTED_LANGUAGE = "ka"
"""What a wording means is decided by the language that families read."""
_WRITTEN_KINDS = CELL_KINDS | {Kind.TEXT}
_FIELD_ID = re.compile(r"(?:(?P<group>\w+)\[\d+\]\.)?(?P<question>\w+)")


class Loss(StrEnum):
    """Why an answer of one edition says nothing in another."""

    NO_QUESTION = "no_question"
    """The other edition does not ask this."""
    OTHER_QUESTION = "other_question"
    """The other edition prints another question under the same code."""
    OTHER_KIND = "other_kind"
    """It is answered in a way that this answer does not fit."""
    OTHER_FORMAT = "other_format"
    """It is written in another format, or with fewer decimals."""
    NO_CODE = "no_code"
    """The marked code is not printed there."""
    OTHER_CODE = "other_code"
    """The marked code is printed there and says something else."""
    NOT_ONE_ANSWER = "not_one_answer"
    """None or several codes are marked, and the other edition takes exactly one."""
    ON_ITS_PAPER = "on_its_paper"
    """A signature or a stamp stands on its own paper alone."""


@dataclass(frozen=True, slots=True)
class MappedValues:
    """A record in the terms of another edition."""

    values: Mapping[str, Value]
    lost: Mapping[str, Loss]
    """Field -> why its answer could not be carried."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where one edition asks it."""

    template: Template
    section: Section
    question: Question

    def label(self, key: str, language: str = PRINTED_LANGUAGE) -> str:
        """The edition's wording of a key."""
        return self.template.label(key, language)


def map_values(values: Mapping[str, Value], old: Template, new: Template) -> MappedValues:
    """Say in the terms of `new` what a record says in those of `old`.

    Whether a written answer fits its cells is for whoever prints it.
    """
    before, after = index_questions(old), index_questions(new)
    kept: dict[str, Value] = {}
    lost: dict[str, Loss] = {}
    for field, value in values.items():
        name = name_column(field)
        loss = find_loss(before.get(name), after.get(name)) or _find_lost_code(
            value, before[name], after[name]
        )
        if loss:
            lost[field] = loss
        else:
            kept[field] = _shape(value, after[name].question)
    return MappedValues(kept, lost)


def index_questions(template: Template) -> dict[str, Asked]:
    """Every question by its id; a table's column as `members.C2`, whatever its row."""
    return {
        join_column(section.group, question.id): Asked(template, section, question)
        for section, question in template.questions()
    }


def join_column(group: str | None, question: str) -> str:
    """A question's id among all others: `A10`, or `members.C2` for a column of a table."""
    return f"{group}.{question}" if group else question


def name_column(field: str) -> str:
    """A field's id without its row: `members[3].C2` is an answer in `members.C2`."""
    parts = _FIELD_ID.fullmatch(field)
    return join_column(parts["group"], parts["question"]) if parts else field


def find_loss(old: Asked | None, new: Asked | None) -> Loss | None:
    """Why no answer to a question can be carried, whatever it says; None where it can."""
    if old is None or new is None:
        return Loss.NO_QUESTION
    if old.question.kind in PRESENCE_KINDS:
        return Loss.ON_ITS_PAPER
    if is_printed_code(old.question) and not means_the_same(old, new, f"field.{old.question.id}"):
        return Loss.OTHER_QUESTION
    if not _takes_the_kind(old.question.kind, new.question.kind):
        return Loss.OTHER_KIND
    if old.question.format is not new.question.format:
        return Loss.OTHER_FORMAT
    return Loss.OTHER_FORMAT if new.question.decimals < old.question.decimals else None


def is_printed_code(question: Question) -> bool:
    """Whether the id is printed as the code of the question, and so the ministry's."""
    return question.id[:1].isupper()


def means_the_same(old: Asked, new: Asked, key: str) -> bool:
    """Whether two editions print the same wording, but for spacing, case and the last sign."""
    return strip_wording(old.label(key)) == strip_wording(new.label(key))


def _find_lost_code(value: Value, old: Asked, new: Asked) -> Loss | None:
    """Why the marked codes cannot be carried; None where they can, or none is marked."""
    if old.question.kind not in MARK_KINDS:
        return None
    marked = _list_codes(value)
    if set(marked) - set(new.question.codes):
        return Loss.NO_CODE
    keys = (f"option.{old.question.id}.{code}" for code in marked)
    if not all(means_the_same(old, new, key) for key in keys):
        return Loss.OTHER_CODE
    one = new.question.cardinality is Cardinality.ONE
    return Loss.NOT_ONE_ANSWER if one and len(marked) != 1 else None


def _takes_the_kind(old: Kind, new: Kind) -> bool:
    """Marks go with marks, writing with writing; only digits are surely digits."""
    if old in MARK_KINDS:
        return new in MARK_KINDS
    return new in _WRITTEN_KINDS and (new is not Kind.DIGITS or old is Kind.DIGITS)


def _shape(value: Value, question: Question) -> Value:
    """A marked answer as the other edition's cardinality keeps it."""
    if question.kind not in MARK_KINDS:
        return value
    marked = _list_codes(value)
    return marked if question.cardinality is Cardinality.MANY else marked[0]


def _list_codes(value: Value) -> list[str]:
    return list(value) if isinstance(value, list) else [str(value)]


def strip_wording(wording: str) -> str:
    """A wording without what may change and mean nothing; a sign like + or < means something."""
    return " ".join(wording.casefold().split()).rstrip(".,:; ")
