"""What stands in the form of a field before a person says something else."""

from dataclasses import dataclass

from form_templates.model import MARK_KINDS, PRESENCE_KINDS
from form_templates.specification import Question
from ocr.readings import FieldReading, FieldState, Value
from web.review.answers import ABSENT, PRESENT, show_answer
from workflow.cases.settling import Entry
from workflow.store.models.decisions import Verdict

_PROPOSED = {
    FieldState.READ: Verdict.VALUE,
    FieldState.CORRECTED: Verdict.VALUE,
    FieldState.EMPTY: Verdict.EMPTY,
    FieldState.UNANSWERED: Verdict.EMPTY,
    FieldState.UNSIGNED: Verdict.UNSIGNED,
}
"""What the program proposes to say; of anything else it proposes nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A verdict and an answer that are not saved, or are shown to be changed."""

    verdict: Verdict | None = None
    """What Enter says; None: the value."""
    typed: str = ""
    marked: tuple[str, ...] = ()
    error: str = ""
    sure: str = ""
    """An odd answer that was asked about: sent again, it is saved."""


NOTHING = Draft()


def draft_entry(question: Question, entry: Entry) -> Draft:
    """What a person entered before."""
    return _write_draft(question, entry.verdict, entry.value)


def draft_reading(question: Question, reading: FieldReading) -> Draft:
    """What the program proposes; never a value where it is not sure what a mark means."""
    verdict = _PROPOSED.get(reading.state)
    if verdict is None:
        return NOTHING
    value = reading.value
    if value is None and reading.correction is not None:
        value = reading.correction.after
    if question.kind in PRESENCE_KINDS:
        verdict = Verdict.VALUE
    return _write_draft(question, verdict, value)


def _write_draft(question: Question, verdict: Verdict, value: Value) -> Draft:
    if isinstance(value, bool):
        return Draft(verdict, marked=(PRESENT if value else ABSENT,))
    if question.kind in MARK_KINDS:
        return Draft(verdict, marked=(value,) if isinstance(value, str) else value or ())
    return Draft(verdict, typed=show_answer(question, value))
