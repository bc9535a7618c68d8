"""The list of documents: which are wanted, and a screen of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from form_templates import catalog
from web.access import allow
from web.context import read_clock, read_rows
from web.documents.looking import READERS
from web.numbers import read_key
from web.page_parts import name_page_language
from workflow.acts import find_legal_day
from workflow.store.listing import DocumentFilter, count_wanted_by_state, list_documents_before
from workflow.store.models.paper import DocumentState
from workflow.store.people import name_people

LINES = 50
"""Lines of one screen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for, as typed, so that the form shows it again."""

    state: str
    form: str
    family: str
    number: str
    words: str
    overdue: str

    def list_faults(self) -> dict[str, str]:
        """Field -> what is wrong with what was typed."""
        try:
            read_key(self.number or "0")
        except ValueError:
            return {"number": _("Give the number of the document in digits")}
        return {}


@allow(*READERS)
def list_documents() -> str:
    """Documents of the person's unit, newest first; looking at the list claims nothing."""
    question = _read_question(request.args)
    faults, now = question.list_faults(), read_clock()
    wanted = _find_wanted(question, faults)
    before = request.args.get("before", type=read_key)
    with read_rows() as session:
        counts = count_wanted_by_state(session, wanted)
        lines = list_documents_before(session, wanted, before, LINES + 1, now)
        names = name_people(session)
    return render_template(
        "documents/list.html",
        question=question,
        faults=faults,
        counts={state: counts[state] for state in DocumentState if counts.get(state)},
        lines=lines[:LINES],
        names=names,
        next_before=lines[LINES - 1].document.id if len(lines) > LINES else None,
        first=before is None,
        titles=name_forms(name_page_language()),
        today=find_legal_day(now),
    )


def name_forms(language: str) -> dict[str, str]:
    """Form -> title of its newest edition."""
    return {
        key.form: catalog.load(key.form).label("title", language)
        for key in catalog.list_templates()
    }


def _read_question(args: Mapping[str, str]) -> Question:
    def take(name: str) -> str:
        return args.get(name, "").strip()

    names = ("state", "form", "family", "number", "words", "overdue")
    return Question(*map(take, names))


def _find_wanted(question: Question, faults: Mapping[str, str]) -> DocumentFilter:
    today = find_legal_day(read_clock())
    return DocumentFilter(
        unit_id=current_user.unit_id,
        state=question.state or None,
        form=question.form or None,
        family_code=question.family or None,
        number=read_key(question.number) if question.number and not faults else None,
        words=tuple(question.words.split()),
        overdue_on=today if question.overdue else None,
    )
