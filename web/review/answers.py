"""What a person types or marks, turned into what the paper says; and back.

Written answers are kept as the characters in the cells of the paper: a date as
DDMMYYYY, an amount with all its decimals. On the screen they carry the dots and
points that people are used to.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from marshmallow import ValidationError
from marshmallow.fields import Field, List, Nested

from form_templates import catalog
from form_templates.model import (
    CELL_KINDS,
    MARK_KINDS,
    PRESENCE_KINDS,
    Cardinality,
    Format,
    Kind,
    TemplateKey,
)
from form_templates.specification import Question
from validation.schemas import build_schema
from web.review.questions import Asked

Value = str | tuple[str, ...] | bool

_GROUPED = frozenset({Format.DATE, Format.TIME})
_DIGIT = re.compile(r"[0-9]")
_SEPARATORS = re.compile(r"[\s.,:/-]+")
PRESENT, ABSENT = "present", "absent"


class UnusableAnswer(ValueError):
    """What was typed cannot stand in the field; nothing was saved."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def show_answer(question: Question, value: Any) -> str:
    """A written value as people write it; text that does not fit stays as it is."""
    raw = value if isinstance(value, str) else ""
    if question.decimals:
        whole, fraction = raw[: -question.decimals].strip(), raw[-question.decimals :].strip()
        return f"{whole}.{fraction}" if fraction else whole
    if question.format in _GROUPED and len(raw) == sum(question.cells) and " " not in raw:
        return ("." if question.format is Format.DATE else ":").join(_cut(raw, question.cells))
    return raw.strip()


def _cut(raw: str, lengths: Sequence[int]) -> list[str]:
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    return [raw[start : start + length] for start, length in zip(starts, lengths, strict=True)]


def take_answer(question: Question, typed: str, marked: Sequence[str]) -> Value:
    """The value that a person gives a field; raises UnusableAnswer with what is wrong."""
    if question.kind in PRESENCE_KINDS:
        return _take_presence(marked)
    if question.kind in MARK_KINDS:
        return _take_marks(question, marked)
    if not typed.strip():
        raise UnusableAnswer("nothing_typed")
    take = _take_digits if question.kind is Kind.DIGITS else _take_words
    return take(question, typed)


def _take_presence(marked: Sequence[str]) -> bool:
    if len(marked) != 1 or marked[0] not in (PRESENT, ABSENT):
        raise UnusableAnswer("nothing_chosen")
    return marked[0] == PRESENT


def _take_marks(question: Question, marked: Sequence[str]) -> Value:
    if not marked or not set(question.codes).issuperset(marked):
        raise UnusableAnswer("nothing_chosen")
    if question.cardinality is Cardinality.MANY:
        return tuple(code for code in question.codes if code in marked)
    if len(marked) != 1:
        raise UnusableAnswer("one_only")
    return marked[0]


def _take_words(question: Question, typed: str) -> str:
    words, most = " ".join(typed.split()), sum(question.cells)
    if most and len(words) > most:
        raise UnusableAnswer("too_long")
    return words


def _take_digits(question: Question, typed: str) -> str:
    digits = _join_decimals(question, typed) if question.decimals else _join(question, typed)
    if not (digits.isascii() and digits.isdigit() and _DIGIT.search(typed)):
        raise UnusableAnswer("digits_only")
    if len(digits) > sum(question.cells):
        raise UnusableAnswer("too_long")
    return digits


def _join_decimals(question: Question, typed: str) -> str:
    """Whole and decimals side by side; an amount without a point is whole."""
    whole, _, fraction = "".join(typed.split()).replace(",", ".").partition(".")
    if len(fraction) > question.decimals:
        raise UnusableAnswer("too_long")
    return (whole or "0") + fraction.ljust(question.decimals, "0")


def _join(question: Question, typed: str) -> str:
    """The digits alone; `1.2.1960` fills the cells of a date with its zeros."""
    parts = _SEPARATORS.split(typed.strip())
    if question.format in _GROUPED and len(parts) == len(question.cells):
        parts = [part.zfill(length) for part, length in zip(parts, question.cells, strict=True)]
    return "".join(parts)


def find_oddity(key: TemplateKey, asked: Asked, value: Value) -> str | None:
    """Code of the finding that a written value will lead to, if it will.

    The paper may say such a thing, so it can be entered; but a slip of the hand is
    likelier, so it is asked about once.
    """
    if asked.question.kind not in CELL_KINDS or not isinstance(value, str):
        return None
    field = _list_schema(key).get((asked.section.group, asked.question.id))
    try:
        if field is not None:
            field.deserialize(value)
    except ValidationError as refusal:
        return str(refusal.messages[0])
    return None


@lru_cache(maxsize=16)
def _list_schema(key: TemplateKey) -> dict[tuple[str | None, str], Field[Any]]:
    """Table and question -> what understands its answers."""
    fields: dict[tuple[str | None, str], Field[Any]] = {}
    for name, field in build_schema(catalog.load(key.form, key.edition)).fields.items():
        if isinstance(field, List) and isinstance(field.inner, Nested):
            fields |= {(name, column): f for column, f in field.inner.schema.fields.items()}
        else:
            fields[None, name] = field
    return fields
