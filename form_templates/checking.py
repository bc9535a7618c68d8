"""What must hold inside one template before it may be printed or read."""

import re
from collections.abc import Iterator
from pathlib import Path

from form_templates.answers import check_answer
from form_templates.errors import (
    DuplicateId,
    MisfitAnswer,
    MisfitTable,
    MissingKey,
    NumberTooLarge,
    TemplateFault,
    UnknownKey,
    WrongValue,
)
from form_templates.marks import PageCode
from form_templates.model import CELL_KINDS, Format, Kind
from form_templates.specification import CardStyle, Question, Role, Section, Template

FOOT_SIGNATURE = "foot_signature"
"""Id that the layout gives to the signature at the foot of a leaf."""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_COUNTS_OF = {
    Role.ATTACHMENT_COVER: ("sheet_count",),
    Role.BATCH_COVER: ("total_documents", "total_sheets"),
}
"""Questions of a sheet that orders a pile, one of which says how much of it is meant."""


def find_faults(template: Template, file: Path) -> Iterator[TemplateFault]:
    """Everything in which a template contradicts itself."""
    yield from _check_number(template, file)
    yield from _check_ids(template, file)
    for section in template.sections:
        yield from _check_table(section, template, file)
        yield from _check_written_options(section, file)
    for section, question in template.questions():
        yield from check_answer(question, file, f"{section.id}.{question.base or question.id}")
        yield from _check_place(section, question, template, file)
    yield from _check_rows(template, file)
    yield from _check_case_field(template, file)
    yield from _check_day_field(template, file)
    yield from _check_foot(template, file)
    yield from _check_role(template, file)


def _check_number(template: Template, file: Path) -> Iterator[TemplateFault]:
    """The page code itself says which numbers it can carry; others print none on theirs."""
    if template.placed:
        return
    try:
        PageCode(edition=template.number, page=1, sheet=1, serial=0)
    except ValueError:
        yield NumberTooLarge(file, "number", str(template.number))


def _check_place(
    section: Section, question: Question, template: Template, file: Path
) -> Iterator[TemplateFault]:
    """All questions of a placed form have places on its pages, those of others have none."""
    key = f"{section.id}.{question.base or question.id}.page"
    if question.place is None:
        if template.placed:
            yield MissingKey(file, key)
    elif not 1 <= question.place.page <= len(template.pages):
        yield WrongValue(file, key, f"{question.place.page} of {len(template.pages)} pages")


def _check_ids(template: Template, file: Path) -> Iterator[TemplateFault]:
    """One name, one thing: notes and labels are found by the id alone."""
    seen = {FOOT_SIGNATURE, *(s.group for s in template.sections if s.group)}
    for key, found in _ids(template):
        if not _ID.fullmatch(found):
            yield WrongValue(file, key, f"{found!r}; wanted: Latin letters, digits and _")
        if found in seen:
            yield DuplicateId(file, key, found)
        seen.add(found)


def _ids(template: Template) -> Iterator[tuple[str, str]]:
    for section in template.sections:
        yield f"{section.id}.id", section.id
        for question in section.questions:
            yield f"{section.id}.{question.id}.id", question.id


def _check_table(section: Section, template: Template, file: Path) -> Iterator[TemplateFault]:
    """A table has rows on its page and on its continuation sheets; nothing else has."""
    if not section.questions and not section.paragraphs:
        yield MisfitTable(file, f"{section.id}.questions", "neither questions nor paragraphs")
    counts = (section.rows, section.continuation_rows)
    if section.group is None:
        if any(counts):
            yield MisfitTable(file, f"{section.id}.rows", "rows without a group")
        return
    if template.placed:
        yield MisfitTable(file, f"{section.id}.group", "a placed form names each question")
    if section.card is CardStyle.LINES and any(q.kind not in CELL_KINDS for q in section.questions):
        yield MisfitTable(file, f"{section.id}.card", "only digits and letters stand in lines")
    if not all(counts):
        yield MisfitTable(file, f"{section.id}.rows", "rows and continuation_rows must be above 0")
    if section.group not in template.default_rows:
        yield MisfitTable(file, f"default_rows.{section.group}", "missing")


def _check_rows(template: Template, file: Path) -> Iterator[TemplateFault]:
    groups = {section.group for section in template.sections}
    for name, count in template.default_rows.items():
        if name not in groups:
            yield UnknownKey(file, f"default_rows.{name}")
        elif count < 1:
            yield MisfitTable(file, f"default_rows.{name}", "must be above 0")


def _check_case_field(template: Template, file: Path) -> Iterator[TemplateFault]:
    """The family code stands once on a form, outside every table."""
    single = {q.id for s, q in template.questions() if s.group is None and q.kind in CELL_KINDS}
    if template.case_field is not None and template.case_field not in single:
        wanted = "a question in digits or letters outside every table"
        yield WrongValue(file, "case_field", f"{template.case_field!r}; wanted: {wanted}")


def _check_day_field(template: Template, file: Path) -> Iterator[TemplateFault]:
    """The day of the paper stands once on a form, in the cells of a date."""
    dates = {q.id for s, q in template.questions() if s.group is None and q.format is Format.DATE}
    if template.day_field is not None and template.day_field not in dates:
        wanted = "a question of format date outside every table"
        yield WrongValue(file, "day_field", f"{template.day_field!r}; wanted: {wanted}")


def _check_foot(template: Template, file: Path) -> Iterator[TemplateFault]:
    """A signature is asked for by an article, and the article by a signature."""
    asked = any(section.foot_signature for section in template.sections)
    if asked and not template.foot_signature_law:
        yield MissingKey(file, "foot_signature_law")
    if template.foot_signature_law and not asked:
        yield WrongValue(file, "foot_signature_law", "no section has a foot_signature")


def _check_written_options(section: Section, file: Path) -> Iterator[TemplateFault]:
    """Words are written behind a code of the marked question that they belong to."""
    codes: tuple[str, ...] = ()
    for question in section.questions:
        key = f"{section.id}.{question.id}.write_at"
        if question.write_at is None:
            codes = question.codes
            continue
        if question.kind is not Kind.TEXT:
            yield MisfitAnswer(file, key, "only text is written behind a code")
        if question.required:
            yield MisfitAnswer(file, key, "written where its code is marked: `required = false`")
        if question.write_at not in codes:
            wanted = f"a code of the question before it: {', '.join(codes) or 'it has none'}"
            yield WrongValue(file, key, f"{question.write_at!r}; wanted: {wanted}")


def _check_role(template: Template, file: Path) -> Iterator[TemplateFault]:
    """A sheet that orders a pile asks what the reader of the pile goes by."""
    role = template.role
    asked = [f"{section.id}.{question.id}" for section, question in template.questions()]
    if role is Role.SEPARATOR and asked:
        detail = f"a {role} asks nothing: take out {asked[0]}, or choose another role"
        yield WrongValue(file, "role", detail)
    wanted = _COUNTS_OF.get(role, ())
    if wanted and not any(
        _counts(question, section, wanted) for section, question in template.questions()
    ):
        names = " or ".join(f"`{name}`" for name in wanted)
        yield WrongValue(file, "role", f"{role} needs the question {names}, in digits, in no table")
    if role is Role.ATTACHMENT_COVER and template.case_field is None:
        yield MissingKey(file, "case_field", "what follows the cover belongs to a family")


def _counts(question: Question, section: Section, wanted: tuple[str, ...]) -> bool:
    return question.id in wanted and question.kind is Kind.DIGITS and section.group is None
