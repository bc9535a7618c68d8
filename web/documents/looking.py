"""Whose papers a person may see, and the record that somebody looked."""

from datetime import timedelta

from web.access import check_unit, current_actor
from web.context import begin_act, read_clock, read_rows
from workflow.store.documents import find_document
from workflow.store.models.paper import PaperDocument
from workflow.store.models.people import RoleName
from workflow.store.session import Session
from workflow.store.trail import was_recorded_since

READERS = (RoleName.ARCHIVIST, RoleName.OPERATOR, RoleName.COORDINATOR, RoleName.SUPERVISOR)
"""Who may see the papers of their unit."""
LOOK = timedelta(minutes=30)
"""Pictures opened within this time belong to the look that is recorded already."""


def find_own_document(session: Session, document_id: int) -> PaperDocument:
    """A document of the person's unit; raises NotFound for any other as for none."""
    document = find_document(session, document_id)
    check_unit(document.unit_id)
    return document


def record_look(document_id: int, page: str) -> None:
    """Records that the person sees a page of a document, before anything of it is shown.

    Raises NotFound where the document is none of the person's unit.
    """
    with begin_act() as act:
        find_own_document(act.session, document_id)
        act.record("document:read", f"document:{document_id}", after={"page": page})


def record_picture(subject: str) -> None:
    """Records a look at a picture, once for all pictures of one look."""
    with read_rows() as session:
        if _is_recorded(session, subject):
            return
    with begin_act() as act:
        if not _is_recorded(act.session, subject):  # pictures are asked for side by side
            act.record("document:read", subject, after={"page": "picture"})


def _is_recorded(session: Session, subject: str) -> bool:
    since = read_clock() - LOOK
    return was_recorded_since(session, "document:read", subject, current_actor().name, since)
