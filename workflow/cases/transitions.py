"""The only functions that change the state of a document."""

from validation.deadlines import due_on
from workflow.acts import Act
from workflow.cases.states import Action, find_transition
from workflow.errors import Conflict, NotAllowed
from workflow.jobs.leases import release
from workflow.store.documents import lock_document
from workflow.store.models.paper import PaperDocument
from workflow.store.work import find_lease


def change_state(act: Act, document: PaperDocument, action: Action, reason: str = "") -> None:
    """Take a document one step on; NotAllowed where the table has no such step."""
    step = find_transition(document.state, action, act.actor.role)
    before = document.state
    document.state = step.target
    document.state_since = act.now
    document.due = due_on(step.due, act.today) if step.due else None
    document.revision += 1
    act.record(
        "document:state",
        name_document(document),
        before={"state": before},
        after={"state": step.target.value, "reason": reason},
        law=step.find_law(document.form),
    )


def open_document(act: Act, document_id: int) -> PaperDocument:
    """A document of the actor's unit that nobody else changes before the act ends."""
    document = lock_document(act.session, document_id)
    if act.actor.unit_id is not None and act.actor.unit_id != document.unit_id:
        raise NotAllowed(f"{name_document(document)} belongs to another unit")
    return document


def open_as_seen(act: Act, document_id: int, revision: int) -> PaperDocument:
    """The same, as it stood on the actor's page; Conflict where it has changed since."""
    document = open_document(act, document_id)
    if document.revision != revision:
        raise Conflict(f"{name_document(document)} was seen as {revision}")
    return document


def break_hold(act: Act, document: PaperDocument) -> None:
    """Take the document from whoever works on it; what they do next is refused."""
    lease = find_lease(act.session, name_document(document))
    if lease is not None:
        release(act.session, lease.name, lease.token)


def name_document(document: PaperDocument) -> str:
    """The document as a subject of steps, leases and events."""
    return f"document:{document.id}"
