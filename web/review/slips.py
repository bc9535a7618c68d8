"""Answers that a paper may bear, though a slip of the hand is likelier; pure."""

from datetime import date

from form_templates.model import Format, Kind
from form_templates.specification import Question
from validation.fields import DateField

_NAMES = frozenset({"surnames", "first_names"})
"""Word lists of the questions that ask for a person's name."""
_BETWEEN = frozenset(" -")
_FILLED = frozenset({Format.CODE, Format.PERSONAL_NUMBER, Format.PHONE})


def find_slip(question: Question, value: str, today: date) -> str | None:
    """What to ask about once, by its code; no rule of the law need speak of it."""
    if question.format in _FILLED and len(set(value)) == 1 < len(value):
        return "one_digit"
    if _fills_cells(question) and len(value) < sum(question.cells):
        return "too_short"
    if question.format is Format.DATE and DateField().parse(value) > today:
        return "not_yet"
    if question.lexicon in _NAMES and not _is_name(value):
        return "not_letters"
    return None


def _fills_cells(question: Question) -> bool:
    """Whether fewer characters than cells are too few; a number that counts papers grows."""
    is_code = question.format is Format.CODE and question.critical
    return question.kind is Kind.DIGITS and (is_code or question.format is Format.PHONE)


def _is_name(text: str) -> bool:
    return all(character.isalpha() or character in _BETWEEN for character in text)
