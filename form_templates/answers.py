"""What must hold of one question: its answer, its cells and codes, and keys that have an effect."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from form_templates.errors import (
    DuplicateCode,
    MisfitAnswer,
    MissingCells,
    MissingCodes,
    MissingLaw,
    TemplateFault,
    WrongValue,
)
from form_templates.model import CELL_KINDS, MARK_KINDS, Cardinality, Format, Kind
from form_templates.specification import Question

LEXICONS = frozenset({"first_names", "surnames", "settlements", "streets"})
_CODE = re.compile(r"[A-Za-z0-9]{1,3}")
_CELLS_OF = {Format.DATE: (2, 2, 4), Format.TIME: (2, 2), Format.PERSONAL_NUMBER: (11,)}
_ANY_LETTERS = frozenset({Format.PLAIN, Format.CODE})
_WITH_DECIMALS = frozenset({Format.DECIMAL, Format.MONEY})
_SIZED = "only boxes to write, sign or stamp in have it, where no region gives it: take it out"


def check_answer(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    """Everything in which a question contradicts itself; its key is that of section and id."""
    if not question.law:
        yield MissingLaw(file, f"{key}.law")
    if question.kind in MARK_KINDS:
        yield from _check_marks(question, file, key)
    elif question.codes or question.cardinality is Cardinality.MANY:
        yield MisfitAnswer(file, key, "codes and many answers belong to marked questions")
    if question.kind in CELL_KINDS:
        yield from chain(_check_cells(question, file, key), _check_decimals(question, file, key))
    elif question.cells or question.decimals or question.format is not Format.PLAIN:
        yield MisfitAnswer(file, key, "cells, decimals and format belong to digits and letters")
    yield from _check_lexicon(question, file, f"{key}.lexicon")
    yield from _check_columns(question, file, f"{key}.columns")
    yield from _check_box(question, file, key)


def _check_marks(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    if not question.codes:
        yield MissingCodes(file, f"{key}.codes")
    for code in dict.fromkeys(question.codes):
        if not _CODE.fullmatch(code):
            yield WrongValue(file, f"{key}.codes", f"{code!r}; wanted: up to 3 letters or digits")
        if question.codes.count(code) > 1:
            yield DuplicateCode(file, f"{key}.codes", code)


def _check_cells(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    if not question.cells:
        yield MissingCells(file, f"{key}.cells")
        return
    wanted = _CELLS_OF.get(question.format)
    if wanted is not None and question.cells != wanted:
        yield MisfitAnswer(file, f"{key}.cells", f"{question.format} is written in {list(wanted)}")
    if question.kind is Kind.LETTERS and question.format not in _ANY_LETTERS:
        yield MisfitAnswer(file, f"{key}.format", "letters are plain or a code")


def _check_decimals(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    """Paper shows a comma between two groups; the value has it in the same place, or nowhere."""
    behind = question.cells[1:]
    if question.format not in _WITH_DECIMALS:
        if question.decimals:
            yield MisfitAnswer(file, f"{key}.decimals", "only decimal and money have decimals")
    elif len(behind) > 1:
        wanted = f"{question.format} is written in one group, or in two with a comma between them"
        yield MisfitAnswer(file, f"{key}.cells", wanted)
    elif question.decimals != sum(behind):
        said = f"say `decimals = {sum(behind)}`" if behind else "take it out, or add a second group"
        yield MisfitAnswer(file, f"{key}.decimals", f"cells behind the comma: {said}")


def _check_lexicon(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    if question.lexicon is None:
        return
    if question.lexicon not in LEXICONS:
        wanted = " | ".join(sorted(LEXICONS))
        yield WrongValue(file, key, f"{question.lexicon!r}; wanted: {wanted}")
    elif question.kind is not Kind.LETTERS:
        yield MisfitAnswer(file, key, "only letters are matched with a word list")


def _check_columns(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    """Codes are printed in columns, at least one in each; nothing else is."""
    if question.kind not in MARK_KINDS:
        if question.columns != 1:
            yield MisfitAnswer(file, key, "only codes stand in columns: take the key out")
    elif question.codes and not 1 <= question.columns <= len(question.codes):
        wanted = f"1 to {len(question.codes)}, the count of its codes"
        yield WrongValue(file, key, f"{question.columns}; wanted: {wanted}")


def _check_box(question: Question, file: Path, key: str) -> Iterator[TemplateFault]:
    """A size is said of a box; lines are said of text alone."""
    boxed = question.kind not in MARK_KINDS | CELL_KINDS
    sizes = {"width_mm": question.width_mm, "height_mm": question.height_mm}
    for name, length in sizes.items():
        if length is not None and not (boxed and question.place is None):
            yield MisfitAnswer(file, f"{key}.{name}", _SIZED)
    if question.lines != 1 and question.kind is not Kind.TEXT:
        yield MisfitAnswer(file, f"{key}.lines", "only text has lines: take the key out")
    elif question.lines < 1:
        yield WrongValue(file, f"{key}.lines", "lines count from 1")
