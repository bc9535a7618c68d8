"""What an entry may say of a question, written in one way so that two entries compare."""

from typing import NoReturn

from form_templates.model import MARK_KINDS, PRESENCE_KINDS, Cardinality, Format
from form_templates.specification import Question
from workflow.cases.settling import Value
from workflow.errors import NotAllowed
from workflow.store.models.decisions import Verdict

_NUMBERS = frozenset({Format.INTEGER, Format.DECIMAL, Format.MONEY})
_WITH_VALUE = frozenset({Verdict.VALUE, Verdict.UNSIGNED})


def list_verdicts(question: Question) -> tuple[Verdict, ...]:
    """What can be said of a question: a signature is not put right, nor signed for."""
    if question.kind in PRESENCE_KINDS:
        return (Verdict.VALUE, Verdict.EMPTY, Verdict.UNREADABLE)
    signed = bool(question.correction_rule.signers)
    return tuple(v for v in Verdict if signed or v is not Verdict.UNSIGNED)


def tidy_value(question: Question, verdict: Verdict, value: Value) -> Value:
    """The value in its one way of writing; raises NotAllowed for what cannot stand there."""
    if verdict not in list_verdicts(question):
        raise NotAllowed(f"{question.id}: {verdict}")
    if verdict not in _WITH_VALUE:
        return None
    if question.kind in PRESENCE_KINDS:
        return value if isinstance(value, bool) else _refuse(question)
    if question.kind in MARK_KINDS:
        return _tidy_marks(question, value)
    return _tidy_characters(question, value)


def _tidy_marks(question: Question, value: Value) -> Value:
    """One code, or all marked codes in the order of their print."""
    if question.cardinality is Cardinality.ONE:
        return value if value in question.codes else _refuse(question)
    marked = set(value) if isinstance(value, tuple | list) else set()
    if not marked or not marked <= set(question.codes):
        _refuse(question)
    return tuple(code for code in question.codes if code in marked)


def _tidy_characters(question: Question, value: Value) -> Value:
    """Written characters without the blanks around them, numbers without leading zeros."""
    text = value.strip() if isinstance(value, str) else ""
    most = sum(question.cells)
    if not text or (most and len(text) > most):
        _refuse(question)
    if question.format in _NUMBERS and text.isascii() and text.isdigit():
        least = question.decimals + 1
        return text.lstrip("0").rjust(least, "0")
    return text


def _refuse(question: Question) -> NoReturn:
    """What was entered is somebody's data: it must not stand in a log."""
    raise NotAllowed(f"{question.id}: what was entered cannot stand there")
