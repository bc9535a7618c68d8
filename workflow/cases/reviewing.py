"""Hands documents to the people who decide what is doubtful, one person at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge

from workflow.acts import Act, Actor
from workflow.cases.checking import check_version, find_decision
from workflow.cases.doubts import list_doubts, list_tasks, may_work
from workflow.cases.states import Action, list_work
from workflow.cases.transitions import change_state, name_document, open_document
from workflow.errors import (
    Conflict,
    HeldByOther,
    LeaseLost,
    NotAllowed,
    NotTheSecond,
    NotTheUmpire,
)
from workflow.jobs import leases
from workflow.store.decisions import (
    find_held_document,
    has_entered,
    has_other_coordinator,
    list_free_documents,
)
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.session import Session

_CANDIDATES = 5
"""Documents looked up at a time: nearly always one of the first is for who asks."""
_UPHOLD = {
    DocumentState.AUTHORISED: Action.UPHOLD_RECORD,
    DocumentState.REJECTED: Action.UPHOLD_REJECTION,
    DocumentState.NEW_DECLARATION: Action.UPHOLD_NEW_DECLARATION,
}


@dataclass(frozen=True, slots=True)
class Hold:
    """One person's hold on a document; it runs out by itself."""

    document_id: int
    token: int
    expires_at: datetime


def take_next(act: Act, seconds: float, form: str | None = None, after_id: int = 0) -> Hold | None:
    """Hand out the oldest document that waits for this person; None where none does.

    Whoever holds one already gets it again. `after_id` passes over those up to an id.
    """
    for document_id in _list_candidates(act, form, after_id):
        document = open_document(act, document_id)
        if may_take(act.session, act.actor, document):
            hold = _take(act, document, seconds)
            if hold is not None:
                return hold
    return None


def take_document(act: Act, document_id: int, seconds: float) -> Hold:
    """Take a certain document.

    Raises HeldByOther where somebody else has it, and NotAllowed with the reason where
    it does not wait for this person.
    """
    document = open_document(act, document_id)
    refusal = _find_refusal(act.session, act.actor, document)
    if refusal is not None:
        raise refusal
    hold = _take(act, document, seconds)
    if hold is None:
        raise HeldByOther(name_document(document))
    return hold


def may_take(session: Session, actor: Actor, document: PaperDocument) -> bool:
    """Whether the document waits for this person, whoever has it now."""
    return _find_refusal(session, actor, document) is None


def renew(act: Act, hold: Hold, seconds: float) -> Hold:
    """Keep the document for the full time from now; raises LeaseLost."""
    _check_hold(act, hold)
    leases.renew(act.session, _name_lease(hold), hold.token, act.now, seconds)
    return Hold(hold.document_id, hold.token, act.now + timedelta(seconds=seconds))


def release(act: Act, hold: Hold) -> None:
    """Give the document back as it is; entries stay. Who has lost it has nothing to give."""
    if _is_holder(act, hold):
        leases.release(act.session, _name_lease(hold), hold.token)


def open_held(act: Act, hold: Hold) -> PaperDocument:
    """The document that the actor holds; raises LeaseLost where somebody else has it now."""
    document = open_document(act, hold.document_id)
    _check_hold(act, hold)
    return document


def finish(act: Act, hold: Hold) -> DocumentState:
    """Say that all is decided that this person can decide, and take the document on.

    Raises Conflict where something still waits for this person. The hold ends, unless
    what was entered leaves something new for the same person.
    """
    document = open_held(act, hold)
    doubts = list_doubts(act.session, document)
    tasks = list_tasks(doubts, document.state, act.actor.user_id)
    if tasks:
        raise Conflict(f"{len(tasks)} open in {name_document(document)}")
    decision = find_decision(act.session, document)
    if decision is not None:
        change_state(act, document, _UPHOLD[decision])
    else:
        check_version(act, document)
    if not _goes_on(act, document):
        release(act, hold)
    return DocumentState(document.state)


def record_viewing(act: Act, document: PaperDocument, page: str = "review") -> None:
    """Tell the trail that somebody has looked at a family's data."""
    act.record("document:read", name_document(document), after={"page": page})


def _list_candidates(act: Act, form: str | None, after_id: int) -> Iterator[int]:
    """What the actor holds; then free documents for the actor's role, the oldest first."""
    if act.actor.user_id is None or act.actor.unit_id is None:
        raise NotAllowed("only people of a unit review")
    held = find_held_document(act.session, act.actor.name, act.now)
    if held is not None and held > after_id:
        yield held
    yield from merge(
        *(_list_free(act, state, form, after_id) for state in list_work(act.actor.role))
    )


def _list_free(act: Act, state: DocumentState, form: str | None, after_id: int) -> Iterator[int]:
    """All free documents in a state, the oldest first: any number of them may be for others."""
    unit_id, user_id = act.actor.unit_id, act.actor.user_id
    assert unit_id is not None and user_id is not None
    while found := list_free_documents(
        act.session, unit_id, state, user_id, act.now, form, after_id, _CANDIDATES
    ):
        yield from found
        after_id = found[-1]


def _find_refusal(session: Session, actor: Actor, document: PaperDocument) -> NotAllowed | None:
    """Why the document does not wait for this person; None where it does."""
    name, user_id = name_document(document), actor.user_id
    if document.state not in list_work(actor.role) or user_id is None:
        return NotAllowed(f"{name} is {document.state}")
    if document.state == DocumentState.SETTLE and _is_partial(session, document, user_id):
        return NotTheUmpire(name)
    if not may_work(list_doubts(session, document), document.state, user_id):
        return NotTheSecond(name)
    return None


def _is_partial(session: Session, document: PaperDocument, user_id: int) -> bool:
    """Whether the coordinator is one of the two who disagree, and another one could settle."""
    entered = has_entered(session, document, user_id)
    return entered and has_other_coordinator(session, document, user_id)


def _take(act: Act, document: PaperDocument, seconds: float) -> Hold | None:
    token = leases.acquire(act.session, name_document(document), act.actor.name, act.now, seconds)
    if token is None:
        return None
    return Hold(document.id, token, act.now + timedelta(seconds=seconds))


def _goes_on(act: Act, document: PaperDocument) -> bool:
    """Whether the check left new doubts for whoever has the document anyway."""
    doubts = list_doubts(act.session, document)
    tasks = list_tasks(doubts, document.state, act.actor.user_id)
    return bool(tasks) and may_take(act.session, act.actor, document)


def _check_hold(act: Act, hold: Hold) -> None:
    leases.check(act.session, _name_lease(hold), hold.token, act.now)
    if not _is_holder(act, hold):
        raise LeaseLost(_name_lease(hold))


def _is_holder(act: Act, hold: Hold) -> bool:
    """Whether the actor has it; a token alone could be anybody's."""
    return leases.find_holder(act.session, _name_lease(hold), act.now) == act.actor.name


def _name_lease(hold: Hold) -> str:
    return f"document:{hold.document_id}"
