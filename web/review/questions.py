"""The question behind a field's id, and what it is called on the screen."""

import re
from dataclasses import dataclass

from form_templates.checking import FOOT_SIGNATURE
from form_templates.model import Kind
from form_templates.specification import Question, Section, Template

_ID = re.compile(r"(?:(?P<group>\w+)\[(?P<row>\d+)\]\.)?(?P<question>\w+)(?:\.p(?P<page>\d+)s\d+)?")
_PRINTED_CODE = re.compile(r"[A-Z]\d*(_\w+)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field as the form asks for it."""

    section: Section
    question: Question
    row: int | None
    """Row of its table, from 1."""
    page: int | None = None
    """Page of the form, where the layout adds the field to each leaf."""


@dataclass(frozen=True, slots=True)
class FieldName:
    """What a field is called, from the large to the small."""

    section: str
    row: str
    """`Family member 3`; empty where there is one answer only."""
    label: str
    code: str
    """The code printed beside it; empty where the form prints none."""


def find_asked(template: Template, field: str) -> Asked | None:
    """The question that a field answers; None for an id that the form has not."""
    parts = _ID.fullmatch(field)
    if parts is None:
        return None
    if parts["page"]:
        return _find_foot_signature(template, parts["question"], int(parts["page"]))
    row = int(parts["row"]) if parts["row"] else None
    for section, question in template.questions():
        if question.id == parts["question"] and section.group == parts["group"]:
            return Asked(section, question, row)
    return None


def _find_foot_signature(template: Template, question: str, page: int) -> Asked | None:
    """The signature that the layout adds to each leaf of some sections."""
    section = next((s for s in template.sections if s.foot_signature), None)
    if section is None or question != FOOT_SIGNATURE:
        return None
    law = template.foot_signature_law
    return Asked(section, Question(question, Kind.SIGNATURE, law), None, page)


def name_field(template: Template, field: str, language: str) -> FieldName:
    """The wording of a field in a language; an id that the form has not names itself."""
    asked = find_asked(template, field)
    if asked is None:
        return FieldName("", "", field, "")
    question, section = asked.question.id, asked.section
    return FieldName(
        section=template.label(f"section.{section.id}", language),
        row=_name_row(template, asked, language),
        label=template.label(f"field.{question}", language),
        code=question if _PRINTED_CODE.fullmatch(question) else "",
    )


def _name_row(template: Template, asked: Asked, language: str) -> str:
    if asked.row is not None:
        return f"{template.label(f'word.row_{asked.section.group}', language)} {asked.row}"
    return f"{template.label('word.page', language)} {asked.page}" if asked.page else ""
