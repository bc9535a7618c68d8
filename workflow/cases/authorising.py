"""A person authorises a ready document: its values become the registry's."""

from workflow.acts import Act
from workflow.audit.events import lock_head
from workflow.cases.authorisation import enter_record
from workflow.cases.checking import check_version, is_still_ready
from workflow.cases.examining import examine
from workflow.cases.states import Action
from workflow.cases.transitions import change_state, open_as_seen, open_document
from workflow.store.decisions import find_record
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import DocumentState


def authorise(act: Act, document_id: int, revision: int) -> RegistryRecord | None:
    """Enter a ready document in the registry; once it stands there, give the same entry back.

    None where what is known beside the paper has changed since it was checked, so that it
    is ready no more: it is checked anew and goes back to people.

    Raises Conflict where the document has changed since the actor saw it.
    """
    document = open_document(act, document_id)
    standing = find_record(act.session, document_id)
    if standing is not None and document.state == DocumentState.AUTHORISED:
        return standing
    document = open_as_seen(act, document_id, revision)
    lock_head(act.session)
    examination = examine(act.session, document, act.today)
    if document.state == DocumentState.READY and not is_still_ready(document, examination):
        change_state(act, document, Action.REOPEN)
        check_version(act, document)
        return None
    change_state(act, document, Action.AUTHORISE)
    return enter_record(act, document, examination)
