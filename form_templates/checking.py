"""What must hold inside one template before it may be printed or read."""

import re
from collections.abc import Iterator
from pathlib import Path

from form_templates.errors import (
    DuplicateCode,
    DuplicateId,
    MisfitAnswer,
    MisfitTable,
    MissingCells,
    MissingCodes,
    MissingKey,
    NumberTooLarge,
    UnknownKey,
    WrongValue,
)
from form_templates.marks import PageCode
from form_templates.model import CELL_KINDS, MARK_KINDS, Cardinality, Format, Kind
from form_templates.specification import Question, Section, Template

LEXICONS = frozenset({"first_names", "surnames", "settlements", "streets"})
FOOT_SIGNATURE = "foot_signature"
"""Id that the layout gives to the signature at the foot of a leaf."""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CODE = re.compile(r"[A-Za-z0-9]{1,3}")
_CELLS_OF = {Format.DATE: (2, 2, 4), Format.TIME: (2, 2), Format.PERSONAL_NUMBER: (11,)}
_WITH_DECIMALS = frozenset({Format.DECIMAL, Format.MONEY})


def check_template(template: Template, file: Path) -> None:
    """Fail on the first thing that contradicts itself."""
    _check_number(template.number, file)
    _check_ids(template, file)
    for section in template.sections:
        _check_table(section, template, file)
    for section, question in template.questions():
        _check_question(question, file, f"{section.id}.{question.id}")
    _check_rows(template, file)
    _check_case_field(template, file)
    _check_day_field(template, file)
    _check_foot(template, file)


def _check_number(number: int, file: Path) -> None:
    """The page code itself says which numbers it can carry."""
    try:
        PageCode(edition=number, page=1, sheet=1, serial=0)
    except ValueError as error:
        raise NumberTooLarge(file, "number", str(number)) from error


def _check_ids(template: Template, file: Path) -> None:
    """One name, one thing: notes and labels are found by the id alone."""
    seen = {FOOT_SIGNATURE, *(s.group for s in template.sections if s.group)}
    for key, found in _ids(template):
        if not _ID.fullmatch(found):
            raise WrongValue(file, key, f"{found!r}; wanted: Latin letters, digits and _")
        if found in seen:
            raise DuplicateId(file, key, found)
        seen.add(found)


def _ids(template: Template) -> Iterator[tuple[str, str]]:
    for section in template.sections:
        yield f"{section.id}.id", section.id
        for question in section.questions:
            yield f"{section.id}.{question.id}.id", question.id


def _check_table(section: Section, template: Template, file: Path) -> None:
    """A table has rows on its page and on its continuation sheets; nothing else has."""
    if not section.questions and not section.paragraphs:
        raise MisfitTable(file, f"{section.id}.questions", "neither questions nor paragraphs")
    counts = (section.rows, section.continuation_rows)
    if section.group is None and any(counts):
        raise MisfitTable(file, f"{section.id}.rows", "rows without a group")
    if section.group is not None and not all(counts):
        raise MisfitTable(file, f"{section.id}.rows", "rows and continuation_rows must be above 0")
    if section.group is not None and section.group not in template.default_rows:
        raise MisfitTable(file, f"default_rows.{section.group}", "missing")


def _check_rows(template: Template, file: Path) -> None:
    groups = {section.group for section in template.sections}
    for name, count in template.default_rows.items():
        if name not in groups:
            raise UnknownKey(file, f"default_rows.{name}")
        if count < 1:
            raise MisfitTable(file, f"default_rows.{name}", "must be above 0")


def _check_case_field(template: Template, file: Path) -> None:
    """The family code stands once on a form, outside every table."""
    single = {q.id for s, q in template.questions() if s.group is None and q.kind in CELL_KINDS}
    if template.case_field is not None and template.case_field not in single:
        raise WrongValue(file, "case_field", template.case_field)


def _check_day_field(template: Template, file: Path) -> None:
    """The day of the paper stands once on a form, in the cells of a date."""
    dates = {q.id for s, q in template.questions() if s.group is None and q.format is Format.DATE}
    if template.day_field is not None and template.day_field not in dates:
        raise WrongValue(file, "day_field", template.day_field)


def _check_foot(template: Template, file: Path) -> None:
    """A signature is asked for by an article, and the article by a signature."""
    asked = any(section.foot_signature for section in template.sections)
    if asked and not template.foot_signature_law:
        raise MissingKey(file, "foot_signature_law")
    if template.foot_signature_law and not asked:
        raise WrongValue(file, "foot_signature_law", "no section has a foot_signature")


def _check_question(question: Question, file: Path, key: str) -> None:
    if question.kind in MARK_KINDS:
        _check_marks(question, file, key)
    elif question.codes or question.cardinality is Cardinality.MANY:
        raise MisfitAnswer(file, key, "codes and many answers belong to marked questions")
    if question.kind in CELL_KINDS:
        _check_cells(question, file, key)
    elif question.cells or question.decimals or question.format is not Format.PLAIN:
        raise MisfitAnswer(file, key, "cells, decimals and format belong to digits and letters")
    if question.lexicon is not None and question.lexicon not in LEXICONS:
        raise WrongValue(file, f"{key}.lexicon", " | ".join(sorted(LEXICONS)))
    if question.lexicon is not None and question.kind is not Kind.LETTERS:
        raise MisfitAnswer(file, f"{key}.lexicon", "only letters are matched with a word list")
    if question.columns < 1 or question.lines < 1:
        raise WrongValue(file, key, "columns and lines count from 1")


def _check_marks(question: Question, file: Path, key: str) -> None:
    if not question.codes:
        raise MissingCodes(file, f"{key}.codes")
    for code in question.codes:
        if not _CODE.fullmatch(code):
            raise WrongValue(file, f"{key}.codes", f"{code!r}; wanted: up to 3 letters or digits")
        if question.codes.count(code) > 1:
            raise DuplicateCode(file, f"{key}.codes", code)


def _check_cells(question: Question, file: Path, key: str) -> None:
    if not question.cells:
        raise MissingCells(file, f"{key}.cells")
    wanted = _CELLS_OF.get(question.format)
    if wanted is not None and question.cells != wanted:
        raise MisfitAnswer(file, f"{key}.cells", f"{question.format} is written in {list(wanted)}")
    if question.decimals and question.format not in _WITH_DECIMALS:
        raise MisfitAnswer(file, f"{key}.decimals", "only decimal and money have decimals")
    if question.decimals and question.cells[1:] != (question.decimals,):
        raise MisfitAnswer(file, f"{key}.decimals", "the second group of cells is the decimals")
    if question.format not in (Format.PLAIN, Format.CODE) and question.kind is Kind.LETTERS:
        raise MisfitAnswer(file, f"{key}.format", "letters are plain or a code")
