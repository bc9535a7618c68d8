"""Decides an assignment by its authorised form (order 02-150, annex 3, art. 10(3))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from form_templates.model import TemplateKey
from validation.deadlines import due_where_counting
from workflow.acts import Act
from workflow.assignment.outcomes import Outcome, decide_outcome, draws_displaced_allowance
from workflow.audit.events import lock_head
from workflow.cases.families import change_case_state
from workflow.errors import NotAllowed, NotFound
from workflow.jobs.work import Commit, Work
from workflow.store.documents import find_document
from workflow.store.families import find_case
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import ENDED, Assignment, CaseState
from workflow.store.ratings import (
    find_assignment_of,
    find_rating,
    find_record,
    is_newest_record,
)

_DECISION = "order-02-150/annex-3/art-10(3)"
_CORRECTION = "order-02-150/annex-3/art-10(4)"
_VISIT = "programme-overview/step-7"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from an outcome."""

    case_state: CaseState | None
    """None: the case stays where it is."""
    is_final: bool
    law: str


CONSEQUENCES: Mapping[Outcome, Consequence] = {
    Outcome.ASSIGNED: Consequence(CaseState.ASSIGNED, True, _DECISION),
    Outcome.REFUSED_BY_FAMILY: Consequence(CaseState.DECLINED, True, _DECISION),
    Outcome.IDP_ALLOWANCE_CHOSEN: Consequence(CaseState.DECLINED, True, _VISIT),
    Outcome.SUSPENDED_NEW_CIRCUMSTANCE: Consequence(CaseState.SUSPENDED, False, _VISIT),
    Outcome.CORRECTION_PENDING: Consequence(None, False, _CORRECTION),
    Outcome.IDP_CHOICE_OPEN: Consequence(None, False, _VISIT),
}


class AlreadyDecided(NotAllowed):
    """The assignment was decided by an earlier form; another one does not change that."""

    code = "already_decided"
    message = "The assignment is decided; another form does not change the decision."


class OutdatedProcedure(NotAllowed):
    """What the family declared last or gave up, or a protocol, left the procedure behind."""

    code = "outdated_procedure"
    message = "The family has a newer declaration, or has left the registry; nothing was decided."


class OtherFamily(NotAllowed):
    """The form bears one family's code and was printed for another."""

    code = "other_family"
    message = "The form was printed for another family than its code names; compare the paper."


def decide_assignment(work: Work, record_id: int) -> Commit:
    """The handler of `decide_assignment`: nothing slow, all of it in the transaction."""

    def commit(act: Act) -> None:
        decide_by_form(act, record_id)

    return commit


def decide_by_form(act: Act, record_id: int) -> Assignment:
    """Decide the assignment that an authorised form belongs to, and take its case on.

    Raises NotFound where none is open, OtherFamily where it is not this family's,
    AlreadyDecided where another form has decided it otherwise, OutdatedProcedure where it
    rests on what no longer holds.
    """
    lock_head(act.session)
    record = find_record(act.session, record_id)
    assignment = find_assignment_of(act.session, find_document(act.session, record.document_id))
    if assignment is None:
        raise NotFound(f"an open assignment for record:{record_id}")
    if assignment.case_id != record.case_id:
        raise OtherFamily(f"assignment:{assignment.id}, record:{record.id}")
    declared = find_record(act.session, find_rating(act.session, assignment.rating_id).record_id)
    outcome = _find_outcome(declared, record)
    if assignment.decided_on is None:
        _demand_current(act, assignment, declared)
        _enter_decision(act, assignment, record, outcome)
    elif assignment.outcome != outcome:
        raise AlreadyDecided(f"assignment:{assignment.id}")
    return assignment


def _demand_current(act: Act, assignment: Assignment, declared: RegistryRecord) -> None:
    """Raises OutdatedProcedure unless the family still is what was rated."""
    case = find_case(act.session, assignment.case_id)
    if case.state in ENDED or not is_newest_record(act.session, declared):
        raise OutdatedProcedure(f"assignment:{assignment.id}")


def _find_outcome(declared: RegistryRecord, form: RegistryRecord) -> Outcome:
    draws = draws_displaced_allowance(declared.values, TemplateKey(declared.form, declared.edition))
    return decide_outcome(form.values, TemplateKey(form.form, form.edition), draws)


def _enter_decision(
    act: Act, assignment: Assignment, form: RegistryRecord, outcome: Outcome
) -> None:
    follows, stated = CONSEQUENCES[outcome], form.values.get("n1_date")
    assignment.document_id, assignment.outcome = form.document_id, outcome.value
    assignment.decided_on = act.today if follows.is_final else None
    if isinstance(stated, str):
        filled = date.fromisoformat(stated)
        assignment.decision_due = due_where_counting("assignment_decision", filled)
    told = {
        "assignment": assignment.id,
        "outcome": outcome.value,
        "document": form.document_id,
        "official": assignment.official,
    }
    act.record("assignment:decide", f"case:{assignment.case_id}", after=told, law=follows.law)
    if follows.case_state is not None:
        case = find_case(act.session, assignment.case_id)
        change_case_state(act, case, follows.case_state, follows.law)
