"""What a field says, in words: its value, its codes, what was corrected, what else it may be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _

from form_templates.model import MARK_KINDS, PRESENCE_KINDS
from form_templates.specification import Question, Template
from ocr.readings import FieldReading, Value
from validation.registered_names import RegisteredValue
from web.documents.value_words import write_presence
from web.review.answers import ABSENT, PRESENT, show_answer
from web.review.questions import Asked
from web.review.words import SIGNATURES, VERDICTS
from workflow.store.models.decisions import Verdict

_MOST_CANDIDATES = 9
"""One key each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A printed code, or whether something is there."""

    code: str
    words: str
    printed: bool
    """Whether the code itself stands on the paper."""
    checked: bool


@dataclass(frozen=True, slots=True)
class ShownRegistered:
    """What the civil register has for a field, as people write it."""

    words: str
    register: str
    personal_number: str
    """Whose entry it is."""
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """A correction as the program saw it."""

    before: str
    after: str
    signatures: tuple[LazyString, ...]


def word_value(template: Template, asked: Asked, value: Value, language: str) -> str:
    """A value as people read it: the wording behind codes, the dots in a date."""
    question = asked.question
    if isinstance(value, bool):
        return write_presence(value)
    if value is None or value == ():
        return str(_("nothing"))
    if isinstance(value, str) and question.kind not in MARK_KINDS:
        return show_answer(question, value) or str(_("nothing"))
    codes = (value,) if isinstance(value, str) else value
    return "; ".join(_word_code(template, question, code, language) for code in codes)


def word_entry(
    template: Template, asked: Asked, verdict: Verdict, value: Value, language: str
) -> str:
    """What somebody says of a field: its value, or why it has none that counts."""
    if verdict is not Verdict.VALUE and value is None:
        return str(VERDICTS[verdict])
    words = word_value(template, asked, value, language)
    return words if verdict is Verdict.VALUE else f"{words} ({VERDICTS[verdict]})"


def _word_code(template: Template, question: Question, code: str, language: str) -> str:
    if code not in question.codes:
        return code
    return f"{code}: {template.label(f'option.{question.id}.{code}', language)}"


def list_choices(
    template: Template, asked: Asked, marked: Sequence[str], language: str
) -> tuple[Choice, ...]:
    """The codes to choose from; none for a written answer."""
    question = asked.question
    if question.kind in PRESENCE_KINDS:
        both = ((PRESENT, write_presence(True)), (ABSENT, write_presence(False)))
        return tuple(Choice(code, words, False, code in marked) for code, words in both)
    return tuple(
        Choice(code, template.label(f"option.{question.id}.{code}", language), True, code in marked)
        for code in question.codes
    )


def list_candidates(
    question: Question, reading: FieldReading, shown: Collection[str]
) -> tuple[str, ...]:
    """Other readings of a written answer than those shown already, likeliest first."""
    if question.kind in MARK_KINDS | PRESENCE_KINDS:
        return ()
    texts = (show_answer(question, text) for text, _chance in reading.candidates)
    others = dict.fromkeys(text for text in texts if text and text not in shown)
    return tuple(others)[:_MOST_CANDIDATES]


def show_registered(
    question: Question, found: RegisteredValue | None, typed: str
) -> ShownRegistered | None:
    """What a register has for the field; nothing where it stands in the box already."""
    words = show_answer(question, found.value) if found else ""
    if found is None or words == typed:
        return None
    answer = found.answer
    return ShownRegistered(
        words, answer.register.value, answer.personal_number, answer.as_of, answer.source
    )


def show_correction(
    template: Template, asked: Asked, reading: FieldReading, language: str
) -> ShownCorrection | None:
    """What was put right on the paper, and who signed there."""
    correction = reading.correction
    if correction is None:
        return None
    before, after = (
        word_value(template, asked, value, language)
        for value in (correction.before, correction.after)
    )
    signed = tuple(SIGNATURES[who, there] for who, there in correction.signatures.items())
    return ShownCorrection(before, after, signed)
