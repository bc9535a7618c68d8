"""One document's history, from the scan to the decision, with pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request

from web.access import allow
from web.context import begin_act, read_rows
from web.documents.entered import find_viewer
from web.documents.listing import name_forms
from web.documents.looking import find_own_document
from web.documents.reading import gather_version
from web.page_parts import name_page_language
from web.supervision.chain import find_chain_state
from web.supervision.telling import Teller, tell_events
from workflow.cases.entries import list_entries
from workflow.store.decisions import list_read_fields, list_values
from workflow.store.models.paper import PaperDocument
from workflow.store.models.people import RoleName
from workflow.store.models.trail import AuditEvent
from workflow.store.people import name_people
from workflow.store.session import Session
from workflow.store.trail import VIEWS, list_document_events, list_files_of_document

MOST = 2000
"""Events of one document that are shown; nobody reads more."""
_ENTERED = "declaration:field:enter"


@allow(RoleName.SUPERVISOR, RoleName.COORDINATOR)
def show_trail(document_id: int) -> str:
    """All that happened to a document; that somebody reads it is an event as well."""
    _record_reading(document_id)
    shows_looks = "looks" in request.args
    with read_rows() as session:
        document = find_own_document(session, document_id)
        events = list_document_events(session, document, () if shows_looks else VIEWS, MOST)
        return render_template(
            "documents/trail.html",
            shows_looks=shows_looks,
            is_cut=len(events) == MOST,
            **_gather(session, document, events),
        )


def _record_reading(document_id: int) -> None:
    subject = f"document:{document_id}"
    with begin_act() as act:
        find_own_document(act.session, document_id)
        act.record("trail:read", subject, after={"subject": subject})


def _gather(
    session: Session, document: PaperDocument, events: Sequence[AuditEvent]
) -> Mapping[str, Any]:
    language = name_page_language()
    shown = gather_version(session, document, document.current, language)
    titles = name_forms(language)
    teller = Teller(name_people(session), titles, language, shown.template)
    return {
        "document": document,
        "shown": shown,
        "titles": titles,
        "files": list_files_of_document(session, document.id),
        "events": tell_events(teller, _leave_out_hidden(session, document, events)),
        "crops": {r.field: r.reading_id for r in list_read_fields(session, document.current)},
        "chain": find_chain_state(session),
    }


def _leave_out_hidden(
    session: Session, document: PaperDocument, events: Sequence[AuditEvent]
) -> list[AuditEvent]:
    """The events without entries that would lead a person who may be the second one."""
    visible = {(e.field, e.entered_at) for e in list_entries(session, document, find_viewer())}
    entered = {(row.field, row.entered_at) for row in list_values(session, document.current)}
    hidden = entered - visible
    return [
        event
        for event in events
        if event.action != _ENTERED or ((event.after or {}).get("field"), event.at) not in hidden
    ]
