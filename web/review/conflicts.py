"""What somebody is told whose form came too late: nothing changed, and nothing typed is lost."""

from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue

from web.access import current_actor
from web.context import read_clock, read_rows
from web.documents.looking import find_own_document
from web.fault_wording import word_fault
from web.page_parts import name_page_language
from web.review.field_words import word_value
from web.review.forms import SentEntry
from web.review.questions import FieldName, find_asked, name_field
from web.review.screens import find_holder_name, name_form
from web.review.words import VERDICTS
from workflow.acts import Actor
from workflow.cases.decided import load_decided, load_template
from workflow.cases.reviewing import may_take
from workflow.cases.states import list_work
from workflow.errors import LeaseLost, WorkflowFault
from workflow.jobs.leases import find_holder
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session


def explain_conflict(
    fault: WorkflowFault, document_id: int, field: str = "", sent: SentEntry | None = None
) -> ResponseReturnValue:
    """The page of a form that was refused: what was typed, who has the document, what to do."""
    actor, now = current_actor(), read_clock()
    with read_rows() as session:
        document = find_own_document(session, document_id)
        holder = find_holder(session, f"document:{document_id}", now)
        page = render_template(
            "review/late.html",
            words=word_fault(_find_code(fault, document, actor)),
            document=document,
            title=name_form(document),
            field=field,
            name=_name_field(document, field),
            sent=sent,
            verdict=VERDICTS[sent.verdict] if sent else "",
            holder=find_holder_name(session, document_id, now),
            is_own=holder == actor.name,
            waits=may_take(session, actor, document),
            standing=_word_own(session, document, field),
        )
    return page, HTTPStatus.CONFLICT


def _find_code(fault: WorkflowFault, document: PaperDocument, actor: Actor) -> str:
    """A hold also ends where somebody decided about the whole document meanwhile."""
    gone = isinstance(fault, LeaseLost) and document.state not in list_work(actor.role)
    return "moved_on" if gone else fault.code


def _name_field(document: PaperDocument, field: str) -> FieldName | None:
    template = load_template(document)
    return name_field(template, field, name_page_language()) if template and field else None


def _word_own(session: Session, document: PaperDocument, field: str) -> str:
    """What this person's newest entry says, where another window has saved one."""
    template = load_template(document)
    asked = find_asked(template, field) if template and field else None
    if template is None or asked is None:
        return ""
    entries = load_decided(session, document.current, template).entries.get(field, ())
    own = [entry for entry in entries if entry.user_id == current_actor().user_id]
    if not own:
        return ""
    if own[-1].value is None:
        return str(VERDICTS[own[-1].verdict])
    return word_value(template, asked, own[-1].value, name_page_language())
