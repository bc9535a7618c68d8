"""Simulated people work on simulated paper: they know what was meant, and enter that."""

from collections.abc import Mapping

from ocr.readings import FieldState, Value
from ocr.simulation.intents import FieldTruth
from workflow.acts import Act
from workflow.cases.authorising import authorise
from workflow.cases.decisions import confirm
from workflow.cases.doubts import Doubt, list_doubts, list_tasks
from workflow.cases.entries import acknowledge, enter_value
from workflow.cases.reviewing import Hold, finish, record_viewing, take_document
from workflow.cases.settling import Need
from workflow.demonstration.office import COORDINATOR, OPERATOR, SECOND_OPERATOR, Office
from workflow.store.documents import find_document
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import DocumentState

Truth = Mapping[str, FieldTruth]
"""Field -> what stands there."""

_WORKERS = {
    DocumentState.REVIEW: OPERATOR,
    DocumentState.SECOND_REVIEW: SECOND_OPERATOR,
    DocumentState.SETTLE: COORDINATOR,
}


def work_through(office: Office, document_id: int, truth: Truth) -> DocumentState:
    """Decide everything that waits for people, and authorise; the state that is reached."""
    while (state := find_state(office, document_id)) in _WORKERS:
        _review(office, document_id, _WORKERS[state], truth)
    if state is DocumentState.READY:
        with office.act(OPERATOR) as act:
            authorise(act, document_id, find_document(act.session, document_id).revision)
    return find_state(office, document_id)


def confirm_faults(office: Office, document_id: int) -> None:
    """The coordinator confirms what the document is returned or rejected for."""
    with office.act(COORDINATOR) as act:
        confirm(act, document_id, find_document(act.session, document_id).revision)


def find_state(office: Office, document_id: int) -> DocumentState:
    """Where a document stands now."""
    with office.store.read() as session:
        return DocumentState(find_document(session, document_id).state)


def _review(office: Office, document_id: int, who: str, truth: Truth) -> None:
    """One person's turn, from taking the document to giving it on."""
    seconds = office.settings.review_lease_seconds
    with office.act(who) as act:
        hold = take_document(act, document_id, seconds)
        document = find_document(act.session, document_id)
        record_viewing(act, document)
        tasks = list_tasks(list_doubts(act.session, document), document.state, act.actor.user_id)
    for task in tasks:
        with office.act(who) as act:
            _decide(act, hold, task, truth)
    with office.act(who) as act:
        finish(act, hold)


def _decide(act: Act, hold: Hold, doubt: Doubt, truth: Truth) -> None:
    if doubt.need is Need.LOOK:
        for code in doubt.codes:
            acknowledge(act, hold, code, doubt.field)
        return
    assert doubt.field is not None
    verdict, value = say_what_stands(truth.get(doubt.field))
    enter_value(act, hold, doubt.field, verdict, value, seen_entries=0)


def say_what_stands(truth: FieldTruth | None) -> tuple[Verdict, Value]:
    """What an attentive person says of an answer; of the unclear, only that it is unclear."""
    if truth is None or _is_blank(truth.value):
        return Verdict.EMPTY, None
    if truth.state is FieldState.UNCLEAR:
        return Verdict.UNCLEAR, None
    if truth.state is FieldState.UNSIGNED:
        return Verdict.UNSIGNED, truth.value
    return Verdict.VALUE, truth.value


def _is_blank(value: Value) -> bool:
    return not (value.strip() if isinstance(value, str) else value)
