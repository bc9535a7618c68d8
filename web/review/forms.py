"""What the forms of the review station send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from form_templates.model import TemplateKey
from validation.disposition import Track
from validation.outcomes import report_outcome
from validation.wording import write_message
from web.numbers import read_key
from web.review.answers import UnusableAnswer, Value, find_oddity, take_answer
from web.review.drafts import Draft
from web.review.questions import Asked
from web.review.slips import find_slip
from web.review.words import ANSWER_FAULTS, SEND_ANYWAY, SLIPS
from workflow.cases.settling import FIRST, SECOND, Entry
from workflow.errors import NotFound
from workflow.store.models.decisions import Verdict

_WITH_VALUE = frozenset({Verdict.VALUE, Verdict.UNSIGNED})
NAMES_OF_ENTRIES = {FIRST: "first", SECOND: "second"}
"""Whose entry -> the name of the button, and the key, that takes it over."""


@dataclass(frozen=True, slots=True)
class SentEntry:
    """The form of one field as it came."""

    token: int
    seen: int
    verdict: Verdict
    typed: str
    marked: tuple[str, ...]
    sure: str
    """The odd answer that the page had asked about."""
    take: str
    """Name of the other person's entry to take over; empty for an answer of one's own."""

    def draft(self, error: str = "", sure: str = "") -> Draft:
        """The same on the screen again."""
        return Draft(self.verdict, self.typed, self.marked, error, sure)


class RefusedEntry(Exception):
    """The answer is shown again with what is wrong or odd about it; nothing was saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.error)
        self.draft = draft


def read_entry(form: MultiDict[str, str]) -> SentEntry:
    """The form of a field; a candidate's own button means the value on it."""
    candidate = form.get("candidate", "")
    return SentEntry(
        token=read_number(form, "token"),
        seen=read_number(form, "seen"),
        verdict=_read_verdict(form.get("verdict", "")),
        typed=candidate or form.get("typed", ""),
        marked=tuple(form.getlist("code")),
        sure=form.get("sure", ""),
        take=form.get("take", ""),
    )


def read_number(form: MultiDict[str, str], name: str) -> int:
    """A whole number of a hidden field; -1, which fits nothing, where it is none."""
    return form.get(name, -1, type=read_key)


def _read_verdict(text: str) -> Verdict:
    return Verdict(text) if text in set(Verdict) else Verdict.VALUE


def decide_entry(
    key: TemplateKey,
    asked: Asked,
    sent: SentEntry,
    others: Sequence[Entry],
    today: date,
    language: str,
) -> tuple[Verdict, Value | None]:
    """What a person says of a field.

    Raises RefusedEntry where the answer cannot stand there, or is so odd that a slip
    of the hand is likelier: sent a second time it is taken.
    """
    if sent.take:
        return _take_over(sent.take, others)
    if sent.verdict not in _WITH_VALUE:
        return sent.verdict, None
    try:
        value = take_answer(asked.question, sent.typed, sent.marked)
    except UnusableAnswer as fault:
        raise RefusedEntry(sent.draft(str(ANSWER_FAULTS[fault.code]))) from fault
    if sent.sure != sent.typed:
        odd = _word_oddity(key, asked, value, sent.typed, today, language)
        if odd:
            raise RefusedEntry(sent.draft(f"{odd} {SEND_ANYWAY}", sure=sent.typed))
    return sent.verdict, value


def _take_over(name: str, others: Sequence[Entry]) -> tuple[Verdict, Value | None]:
    """What the first or the second person said."""
    for entry in others:
        if NAMES_OF_ENTRIES.get(entry.number) == name:
            return entry.verdict, entry.value
    raise NotFound(name)


def _word_oddity(
    key: TemplateKey, asked: Asked, value: Value, typed: str, today: date, language: str
) -> str:
    """What is odd about an answer, by the finding it will lead to or else as a likely slip."""
    oddity = find_oddity(key, asked, value)
    if oddity is not None:
        finding = report_outcome(oddity, Track.AGENT, parameters={"characters": typed})
        return write_message(finding, language)
    slip = find_slip(asked.question, value, today) if isinstance(value, str) else None
    return str(SLIPS[slip]) if slip else ""
