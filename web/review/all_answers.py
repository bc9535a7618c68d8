"""All answers of a document, so that a misread one that nothing doubts can be reached too."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from web.review.field_words import word_entry
from web.review.open_work import OpenWork
from web.review.questions import FieldName, find_asked, name_field
from workflow.cases.form_fields import find_field
from workflow.cases.settling import Value
from workflow.reading.rows import unwrap_value
from workflow.store.documents import list_readings
from workflow.store.models.decisions import Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and the way to its page."""

    name: FieldName
    words: str
    """What it says as things stand for this person; empty where that must not be known."""
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The answers of a section, or of one row of its table."""

    title: str
    answers: tuple[Answer, ...]


def list_answers(work: OpenWork, current: str | None, language: str) -> tuple[AnswerGroup, ...]:
    """Every field that was read, in the order of the form; none where only listed ones are open."""
    if not work.may_correct_any:
        return ()
    answers = _list_in_order(work, current, language)
    groups = groupby(answers, key=lambda answer: (answer.name.section, answer.name.row))
    return tuple(
        AnswerGroup(" · ".join(part for part in place if part), tuple(answers))
        for place, answers in groups
    )


def _list_in_order(work: OpenWork, current: str | None, language: str) -> Iterator[Answer]:
    said = _list_said(work)
    for field in sorted(said, key=lambda field: find_field(work.template, field).order):
        asked = find_asked(work.template, field)
        if asked is not None:
            yield Answer(
                name=name_field(work.template, field, language),
                words=""
                if field in work.hidden
                else word_entry(work.template, asked, *said[field], language),
                url=url_for("review.work", document_id=work.document.id, field=field),
                current=field == current,
            )


def _list_said(work: OpenWork) -> dict[str, tuple[Verdict, Value]]:
    """Field -> what this person, else people together, else the program says of it."""
    reads, settled = work.decided.reads, work.decided.settled
    pages = sorted({read.page_id for read in reads.values()})
    read_values = {row.id: unwrap_value(row.value) for row in list_readings(work.session, pages)}
    said: dict[str, tuple[Verdict, Value]] = {}
    for field, read in reads.items():
        own = work.list_own(field)
        entry = own[-1] if own else settled.get(field)
        value = read_values[read.reading_id]
        said[field] = (entry.verdict, entry.value) if entry else (Verdict.VALUE, value)
    return said
