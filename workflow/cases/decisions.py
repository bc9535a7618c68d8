"""What people decide about a whole document; each of them saw it in one revision."""

from collections.abc import Callable

from validation.disposition import Disposition
from workflow.acts import Act
from workflow.cases.checking import check_version, find_decision
from workflow.cases.judging import is_contradictable
from workflow.cases.states import Action
from workflow.cases.transitions import break_hold, change_state, open_as_seen
from workflow.errors import NotAllowed
from workflow.store.decisions import find_newest_value, list_findings
from workflow.store.models.decisions import FoundFinding, Overruling
from workflow.store.models.paper import DocumentState, PaperDocument

_CONFIRMED = {
    DocumentState.CONFIRM_RETURN: Action.CONFIRM_RETURN,
    DocumentState.CONFIRM_REJECTION: Action.CONFIRM_REJECTION,
}


def confirm(act: Act, document_id: int, revision: int) -> None:
    """Send the document back to the agent, or reject it, as the program proposed.

    A return starts the agent's time (order 02-150, annex 3, art. 6(2)).
    """
    document = open_as_seen(act, document_id, revision)
    action = _CONFIRMED.get(DocumentState(document.state))
    if action is None:
        raise NotAllowed(f"nothing to confirm in {document.state}")
    change_state(act, document, action)


def reopen(act: Act, document_id: int, revision: int) -> None:
    """Take a ready document back to review: a value in it is not right."""
    change_state(act, open_as_seen(act, document_id, revision), Action.REOPEN)


def refute(act: Act, document_id: int, revision: int, reason: str) -> None:
    """Contradict the faults: what the program was sure of becomes a doubt for a person."""
    document = open_as_seen(act, document_id, revision)
    change_state(act, document, Action.REFUTE, _demand_reason(reason))
    _overrule(act, document, reason, lambda row: is_contradictable(row.consequence))
    check_version(act, document)


def keep_image(act: Act, document_id: int, revision: int) -> None:
    """Go on with the scan there is: a new one would look the same.

    What the image does not show well becomes a task for a person; a page that is not
    there at all is a fault of the paper.
    """
    document = open_as_seen(act, document_id, revision)
    change_state(act, document, Action.KEEP_IMAGE)
    _overrule(act, document, "", lambda row: row.consequence == Disposition.RESCAN)
    check_version(act, document)


def discard(act: Act, document_id: int, revision: int, reason: str) -> None:
    """Put a document aside for good; its scan and its trail stay."""
    document = open_as_seen(act, document_id, revision)
    if find_decision(act.session, document) is not None:
        raise NotAllowed("a decision stands; only the scan that came after it is open")
    change_state(act, document, Action.DISCARD, _demand_reason(reason))
    break_hold(act, document)


def _overrule(
    act: Act, document: PaperDocument, reason: str, concerns: Callable[[FoundFinding], bool]
) -> None:
    """Contradict every finding of the newest check that is concerned."""
    assert act.actor.user_id is not None
    newest = find_newest_value(act.session)
    for found in list_findings(act.session, document.current):
        if concerns(found):
            act.session.add(
                Overruling(
                    version_id=document.current.id,
                    code=found.code,
                    field=found.field,
                    consequence=found.consequence,
                    reason=reason,
                    newest_value_id=newest,
                    user_id=act.actor.user_id,
                    overruled_at=act.now,
                )
            )


def _demand_reason(reason: str) -> str:
    if not reason.strip():
        raise NotAllowed("a reason is needed")
    return reason.strip()
