"""Plausible answers for any question, from its kind and format alone."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from form_templates.model import (
    CELL_KINDS,
    MARK_KINDS,
    Cardinality,
    FieldSpec,
    Format,
    Kind,
    TemplatePage,
)
from form_templates.specification import Template
from ocr.readings import Value
from ocr.simulation.intents import Intent, Intents

_LEXICONS = Path(__file__).parents[1] / "lexicons"
_FIRST_LETTER, _LETTERS = 0x10D0, 33
"""Mkhedruli in Unicode."""
_ROUND_DIGITS, _ANGULAR_DIGITS = "03689", "247"


@cache
def list_words(lexicon: str) -> tuple[str, ...]:
    """The words of a lexicon that are written with letters alone."""
    text = (_LEXICONS / f"{lexicon}.txt").read_text("utf-8")
    return tuple(word for word in text.split("\n") if word.replace(" ", "").isalpha())


def draw_word(rng: np.random.Generator, lexicon: str, longest: int) -> str:
    """A word of a lexicon that fits into so many cells."""
    words = [word for word in list_words(lexicon) if len(word) <= longest]
    return words[int(rng.integers(len(words)))]


def draw_digits(rng: np.random.Generator, count: int) -> str:
    """So many digits."""
    return "".join(str(n) for n in rng.integers(0, 10, count))


def draw_count(rng: np.random.Generator, cells: int) -> str:
    """A number that is small more often than large, without leading noughts."""
    digits = int(rng.integers(1, cells + 1))
    return str(int(rng.integers(0, 10**digits)))


def write_amount(whole: int, hundredths: str, cells: int) -> str:
    """A number as its cells hold it: whole part to the right, decimals behind it."""
    return f"{whole:>{cells - len(hundredths)}}{hundredths}"


def write_date(day: date) -> str:
    """A day as its eight cells hold it."""
    return f"{day:%d%m%Y}"


def invent_answer(field: FieldSpec, rng: np.random.Generator) -> Value:
    """An answer that the field could carry."""
    if field.kind in MARK_KINDS:
        return _invent_codes(field, rng)
    if field.kind in CELL_KINDS or field.kind is Kind.TEXT:
        return invent_text(field, rng)
    return True


def _invent_codes(field: FieldSpec, rng: np.random.Generator) -> Value:
    codes = [option.code for option in field.options]
    if field.cardinality is Cardinality.ONE:
        return codes[int(rng.integers(len(codes)))]
    share = rng.uniform(0.1, 0.7)
    chosen = tuple(code for code in codes if rng.random() < share)
    return chosen or (codes[int(rng.integers(len(codes)))],)


def invent_text(field: FieldSpec, rng: np.random.Generator) -> str:
    """A written answer of the field's format, one character a cell."""
    if field.kind is Kind.TEXT:
        return draw_word(rng, "settlements", 18)
    if field.kind is Kind.LETTERS:
        return draw_word(rng, field.lexicon or "surnames", len(field.cells))
    return _TEXTS.get(field.format, _invent_plain)(field, rng)


def _invent_plain(field: FieldSpec, rng: np.random.Generator) -> str:
    return draw_digits(rng, len(field.cells))


def _invent_integer(field: FieldSpec, rng: np.random.Generator) -> str:
    """Mostly to the right of its cells; some people start at the left."""
    count, cells = draw_count(rng, len(field.cells)), len(field.cells)
    return count.rjust(cells) if rng.random() < 0.7 else count.ljust(cells)


def _invent_amount(field: FieldSpec, rng: np.random.Generator) -> str:
    whole = len(field.cells) - field.decimals
    parts = draw_digits(rng, field.decimals) if rng.random() < 0.6 else "0" * field.decimals
    return write_amount(int(draw_count(rng, whole)), parts, len(field.cells))


def _invent_date(field: FieldSpec, rng: np.random.Generator) -> str:
    return write_date(date(1935, 1, 1) + timedelta(days=int(rng.integers(0, 33000))))


def _invent_time(field: FieldSpec, rng: np.random.Generator) -> str:
    return f"{int(rng.integers(8, 20)):02d}{int(rng.integers(0, 60)):02d}"


def _invent_phone(field: FieldSpec, rng: np.random.Generator) -> str:
    return "5" + draw_digits(rng, len(field.cells) - 1)


_TEXTS: dict[Format, Callable[[FieldSpec, np.random.Generator], str]] = {
    Format.INTEGER: _invent_integer,
    Format.DECIMAL: _invent_amount,
    Format.MONEY: _invent_amount,
    Format.DATE: _invent_date,
    Format.TIME: _invent_time,
    Format.PHONE: _invent_phone,
}


def alter_text(text: str, count: int, rng: np.random.Generator) -> str:
    """The text with so many of its characters changed into others of their kind."""
    places = [i for i, character in enumerate(text) if not character.isspace()]
    altered = list(text)
    for place in rng.permutation(places)[:count]:
        altered[int(place)] = _another(text[int(place)], rng)
    return "".join(altered)


def clash_text(text: str, count: int, rng: np.random.Generator) -> str:
    """The text with so many characters changed into ones that show when written over.

    A 1 under a 4 or a 3 under an 8 cannot be seen, on no paper by nobody: round
    digits are changed into angular ones and the other way round.
    """
    changed = alter_text(text, count, rng)
    pairs = zip(text, changed, strict=True)
    return "".join(old if old == new else _clashing(old, new, rng) for old, new in pairs)


def _clashing(character: str, other: str, rng: np.random.Generator) -> str:
    if character not in "0123456789":
        return other
    choices = _ANGULAR_DIGITS if character in _ROUND_DIGITS else _ROUND_DIGITS
    return choices[int(rng.integers(len(choices)))]


def _another(character: str, rng: np.random.Generator) -> str:
    """Another digit for a digit, another letter for anything else."""
    if character in "0123456789":
        return str((int(character) + int(rng.integers(1, 10))) % 10)
    shift = int(rng.integers(1, _LETTERS))
    return chr(_FIRST_LETTER + (ord(character) - _FIRST_LETTER + shift) % _LETTERS)


def invent_answers(
    pages: Iterable[TemplatePage], rng: np.random.Generator, share: float = 1.0
) -> dict[str, Intent]:
    """An answer for that share of all fields: densely filled pages of any form."""
    return {
        field.id: Intent(invent_answer(field, rng))
        for page in pages
        for field in page.fields
        if rng.random() < share
    }


def complete_answers(
    template: Template, pages: Iterable[TemplatePage], rng: np.random.Generator, day: date
) -> dict[str, Intent]:
    """An answer to all that is required, dated so that nothing lies after the day: a good paper."""
    written = {question.id for _, question in template.questions() if question.write_at}
    answers = {
        field.id: Intent(_answer_by(template, field, rng, day))
        for page in pages
        for field in page.fields
        if field.required or field.question in written
    }
    return drop_unasked(template, answers)


def _answer_by(template: Template, field: FieldSpec, rng: np.random.Generator, day: date) -> Value:
    if field.format is not Format.DATE:
        return invent_answer(field, rng)
    is_of_paper = field.question == template.day_field
    return write_date(day if is_of_paper else day - timedelta(days=int(rng.integers(0, 20000))))


def drop_unasked(template: Template, intents: Intents) -> dict[str, Intent]:
    """The intents without the texts behind codes that are not among the answers."""
    kept = dict(intents)
    marked = ""
    for _, question in template.questions():
        if question.write_at is None:
            marked = question.id
        elif question.write_at not in _list_codes(intents.get(marked)):
            kept.pop(question.id, None)
    return kept


def _list_codes(intent: Intent | None) -> tuple[str, ...]:
    value = intent.value if intent else None
    return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
