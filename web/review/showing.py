"""What the station shows: what waits, the question, where a document went, what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from validation.disposition import Disposition
from web.access import allow, current_actor
from web.context import begin_act, read_clock, read_rows
from web.documents.listing import name_forms
from web.documents.looking import find_own_document
from web.documents.outlook import OUTLOOK
from web.documents.reading import gather_version
from web.numbers import read_key
from web.page_parts import name_page_language
from web.review.open_work import open_work
from web.review.screens import (
    REVIEWERS,
    Question,
    find_hold,
    record_look,
    show_elsewhere,
    show_question,
)
from workflow.acts import Actor
from workflow.cases.states import list_work
from workflow.errors import NotFound
from workflow.store.decisions import find_held_document
from workflow.store.documents import find_document, list_documents
from workflow.store.listing import DocumentFilter, count_wanted_by_state
from workflow.store.models.paper import DocumentState
from workflow.store.session import Session

_READY_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many documents of one form wait in one state."""

    state: str
    form: str
    count: int


@allow(*REVIEWERS)
def start() -> str:
    """What waits for this person, and the way to the next document."""
    actor, titles = current_actor(), name_forms(name_page_language())
    with read_rows() as session:
        held = find_held_document(session, actor.name, read_clock())
        return render_template(
            "review/start.html",
            held=find_document(session, held) if held else None,
            waiting=list(_count_waiting(session, actor, titles)),
            ready=list_documents(session, actor.unit_id, [DocumentState.READY], limit=_READY_SHOWN),
            titles=titles,
            after=request.args.get("after", 0, type=read_key),
            is_empty_handed="none" in request.args,
        )


def _count_waiting(session: Session, actor: Actor, titles: Mapping[str, str]) -> Iterator[Waiting]:
    """By state in the order of work, then by form."""
    counts = {
        form: count_wanted_by_state(session, DocumentFilter(unit_id=actor.unit_id, form=form))
        for form in titles
    }
    for state in list_work(actor.role):
        for form, by_state in counts.items():
            if by_state.get(state):
                yield Waiting(state.value, form, by_state[state])


@allow(*REVIEWERS)
def work(document_id: int) -> ResponseReturnValue:
    """The document on the person's desk; whoever does not hold it is told who does."""
    names = ("field", "warning", "about", "saved")
    wanted = Question(*(request.args.get(name, "") for name in names))
    with begin_act() as act:
        document = find_own_document(act.session, document_id)
        hold = find_hold(act, document)
        if hold is None:
            screen = show_elsewhere(act, document)
        else:
            record_look(act, document)
            screen = show_question(act, open_work(act, document), hold, wanted)
    if document.state == DocumentState.READY:
        return redirect(url_for("review.summarise", document_id=document_id))
    return screen.render()


@allow(*REVIEWERS)
def show_finished(document_id: int) -> str:
    """Where a document went, why, and the way to the next one."""
    language = name_page_language()
    with begin_act() as act:
        document = find_own_document(act.session, document_id)
        record_look(act, document)
        shown = gather_version(act.session, document, document.current, language)
    open_ones = [f for f in shown.findings if f.consequence != Disposition.ACCEPTED]
    return render_template(
        "review/finished.html",
        document=document,
        title=name_forms(language).get(document.form or "", ""),
        outlook=OUTLOOK[DocumentState(document.state)],
        findings=open_ones,
    )


@allow(*REVIEWERS)
def summarise(document_id: int) -> ResponseReturnValue:
    """All values of a document that is ready, before they enter the registry."""
    with begin_act() as act:
        document = find_own_document(act.session, document_id)
        if document.state != DocumentState.READY:
            return redirect(url_for("review.show_finished", document_id=document_id))
        record_look(act, document)
        shown = gather_version(act.session, document, document.current, name_page_language())
    if shown.template is None:
        raise NotFound(f"document {document_id} belongs to no form")
    return render_template(
        "review/summary.html",
        document=document,
        title=shown.template.label("title", name_page_language()),
        shown=shown,
    )
