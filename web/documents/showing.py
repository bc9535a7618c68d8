"""One document: what it is, where it stands, what it says, what may be done to it."""

from flask import render_template
from flask_login import current_user

from web.access import allow
from web.context import read_clock, read_rows
from web.documents.actions import find_law_behind, list_offers
from web.documents.comparing import compare_versions
from web.documents.entered import list_shown_entries
from web.documents.findings import FAULTS, group_by_mending, select_leading_to
from web.documents.listing import name_forms
from web.documents.looking import READERS, find_own_document, record_look
from web.documents.outlook import OUTLOOK
from web.documents.reading import gather_version
from web.page_parts import name_page_language
from web.review.words import READING_STATES
from workflow.acts import find_legal_day
from workflow.errors import NotFound
from workflow.store.decisions import find_record
from workflow.store.listing import DocumentFilter, ListedDocument, list_documents_before
from workflow.store.models.paper import DocumentState, PaperDocument, Version
from workflow.store.people import name_people
from workflow.store.session import Session
from workflow.store.work import list_steps

_RETURNS = frozenset({DocumentState.CONFIRM_RETURN, DocumentState.RETURNED})


@allow(*READERS)
def show_document(document_id: int) -> str:
    """The document as it stands now."""
    record_look(document_id, "document")
    language = name_page_language()
    with read_rows() as session:
        document = find_own_document(session, document_id)
        shown = gather_version(session, document, document.current, language)
        line = _find_line(session, document)
        return render_template(
            "documents/show.html",
            line=line,
            knows_family=shown.template is None or shown.template.case_field not in shown.hidden,
            document=document,
            shown=shown,
            entries=list_shown_entries(session, document, shown.template),
            names=name_people(session),
            reading_states=READING_STATES,
            record=find_record(session, document_id),
            steps=list_steps(session, [f"document:{document_id}"]),
            offers=list_offers(session, document, line.holder),
            outlook=OUTLOOK[DocumentState(document.state)],
            law=find_law_behind(document.state, document.form),
            titles=name_forms(language),
            today=find_legal_day(read_clock()),
        )


@allow(*READERS)
def show_version(document_id: int, number: int) -> str:
    """What a version changed, against the one before it."""
    record_look(document_id, f"version {number}")
    language = name_page_language()
    with read_rows() as session:
        document = find_own_document(session, document_id)
        newer = gather_version(session, document, _find_version(document, number), language)
        older = (
            gather_version(session, document, _find_version(document, number - 1), language)
            if number > 1
            else None
        )
        return render_template(
            "documents/version.html",
            document=document,
            newer=newer,
            older=older,
            changes=compare_versions(older, newer) if older else None,
            reading_states=READING_STATES,
            titles=name_forms(language),
        )


@allow(*READERS)
def show_return_note(document_id: int) -> str:
    """What the agent must mend, to print and to give along with the paper."""
    record_look(document_id, "return note")
    language = name_page_language()
    with read_rows() as session:
        document = find_own_document(session, document_id)
        if document.state not in _RETURNS:
            raise NotFound(f"return note of document {document_id}")
        shown = gather_version(session, document, document.current, language)
        faults = select_leading_to(shown.findings, FAULTS)
        return render_template(
            "documents/return_note.html",
            document=document,
            shown=shown,
            faults=faults,
            mending=group_by_mending(faults),
            confirmed=document.state == DocumentState.RETURNED,
            titles=name_forms(language),
            unit_name=current_user.unit_name,
            family_code=_find_line(session, document).family_code,
        )


def _find_line(session: Session, document: PaperDocument) -> ListedDocument:
    """The document as the list shows it: with its family, its batch and who holds it."""
    wanted = DocumentFilter(unit_id=document.unit_id, number=document.id)
    return list_documents_before(session, wanted, None, 1, read_clock())[0]


def _find_version(document: PaperDocument, number: int) -> Version:
    for version in document.versions:
        if version.number == number:
            return version
    raise NotFound(f"version {number} of document {document.id}")
