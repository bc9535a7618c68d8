"""What a form says of a field by its id: its question, its place in the order of work."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from form_templates import catalog
from form_templates.checking import FOOT_SIGNATURE
from form_templates.model import Kind, TemplateKey
from form_templates.specification import Question, Template
from workflow.errors import NotFound

_ID = re.compile(r"(?:(?P<group>\w+)\[(?P<row>\d+)\]\.)?(?P<question>\w+)(?P<leaf>\.p\d+s\d+)?")
Order = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as the form asks for it."""

    question: Question
    order: Order
    """Section, row of its table, question: sorted as one fills the form."""


def find_field(template: Template, field: str) -> FormField:
    """The question of a field and its place; raises NotFound for an id the form has not."""
    parts = _ID.fullmatch(field)
    if parts is None:
        raise NotFound(field)
    if parts["leaf"]:
        question = Question(FOOT_SIGNATURE, Kind.SIGNATURE, template.foot_signature_law)
        return FormField(question, (len(template.sections), 0, 0))
    index = _index_questions(template.key)
    place = index.get((parts["group"], parts["question"]))
    if place is None:
        raise NotFound(field)
    section, number, question = place
    return FormField(question, (section, int(parts["row"] or 0), number))


@lru_cache(maxsize=64)
def _index_questions(
    key: TemplateKey,
) -> Mapping[tuple[str | None, str], tuple[int, int, Question]]:
    """Table and question -> number of the section, number in it, the question."""
    return {
        (section.group, question.id): (place, number, question)
        for place, section in enumerate(catalog.load(key.form, key.edition).sections)
        for number, question in enumerate(section.questions)
    }
