from datetime import date

import pypdfium2 as pdfium
import pytest

from tests.workflow.registered import POOR, RICH, register_case, register_record
from workflow.assignment.deciding import (
    AlreadyDecided,
    OtherFamily,
    OutdatedProcedure,
    decide_assignment,
    decide_by_form,
)
from workflow.assignment.opening import open_assignment
from workflow.audit.verification import verify_trail
from workflow.cases.families import change_case_state
from workflow.contents import ContentStore
from workflow.errors import NotFound
from workflow.jobs.outbox import request_step
from workflow.jobs.queue import StepName
from workflow.jobs.runner import run_step
from workflow.jobs.work import Work
from workflow.rating.pack_files import open_pack
from workflow.rating.run import rate_record
from workflow.store.families import find_case
from workflow.store.models.families import CaseState
from workflow.store.models.work import StepState
from workflow.store.prints import find_issued_print, list_prints
from workflow.store.ratings import find_assignment, find_rating, list_assignments, list_ratings
from workflow.store.trail import EventFilter, list_newest_events
from workflow.store.work import list_steps

DECLARATION = "family_declaration"
ACCEPTED = {
    "new_circumstance": "2",
    "correction_attached": "2",
    "family_decision": "1",
    "visit_date": "2026-03-09",
    "n1_date": "2026-03-10",
}


@pytest.fixture
def rated(act):
    """A family below the limit: its case and its rating."""
    with act() as doing:
        case = register_case(doing)
        record = register_record(doing, case, DECLARATION, POOR)
        return case, rate_record(doing, record.id)


@pytest.fixture
def work(store, settings):
    return Work(store, settings, lambda: None)


def open_for(act, work, rating):
    commit = open_assignment(work, rating.id)
    with act() as doing:
        commit(doing)


@pytest.fixture
def opened(act, work, rated, store):
    """The same family, its form printed: its case and its procedure."""
    case, rating = rated
    open_for(act, work, rating)
    with store.read() as session:
        assignment = find_assignment(session, rating.id)
        assert assignment is not None
        return case, assignment


def hand_in(act, case, values, serial=1):
    """The filled form stands in the registry; its record's id."""
    with act() as doing:
        return register_record(doing, case, "assignment_form", values, serial).id


def decide(act, work, record_id):
    commit = decide_assignment(work, record_id)
    with act() as doing:
        commit(doing)


def look(store, case):
    with store.read() as session:
        return find_case(session, case.id).state, list_assignments(session, case.id)[0]


def test_an_eligible_familys_form_is_printed_with_what_it_declared(store, settings, opened):
    _, assignment = opened
    with store.read() as session:
        issued = find_issued_print(session, assignment.print_id)
    assert issued.form == "assignment_form"
    assert issued.values["family_code"] == "0123456789"
    assert issued.values["representative_surname"] == POOR["representative_surname"]
    pages = pdfium.PdfDocument(ContentStore(settings.prints).path(issued.sha256))
    with store.read() as session:
        pack = open_pack(find_rating(session, assignment.rating_id).pack)
    for page in pages:
        assert pack.labels["ka"]["pack.title"] in page.get_textpage().get_text_range()


def test_the_agent_visits_within_two_weeks_of_the_score(opened):
    _, assignment = opened
    assert assignment.visit_due == date(2026, 3, 16)
    assert (assignment.outcome, assignment.decided_on) == (None, None)


def test_an_assignment_is_opened_once(store, act, work, rated, opened):
    case, rating = rated
    open_for(act, work, rating)
    with store.read() as session:
        assert len(list_assignments(session, case.id)) == len(list_prints(session, case.id)) == 1


def test_two_workers_that_printed_at_once_open_one_assignment(store, act, work, rated):
    case, rating = rated
    commits = [open_assignment(work, rating.id) for _ in range(2)]
    for commit in commits:
        with act() as doing:
            commit(doing)
    with store.read() as session:
        assert len(list_assignments(session, case.id)) == len(list_prints(session, case.id)) == 1


def test_a_family_that_accepts_is_assigned_the_assistance(store, act, work, opened, clock):
    case, _ = opened
    clock.advance(days=9)
    decide(act, work, hand_in(act, case, ACCEPTED))
    state, assignment = look(store, case)
    assert (state, assignment.outcome) == (CaseState.ASSIGNED, "assigned")
    assert (assignment.decided_on, assignment.decision_due) == (
        date(2026, 3, 11),
        date(2026, 3, 24),
    )
    assert assignment.official is False


@pytest.mark.parametrize(
    ("changes", "state", "outcome"),
    [
        ({"family_decision": "2"}, CaseState.DECLINED, "refused_by_family"),
        ({"new_circumstance": "1"}, CaseState.SUSPENDED, "suspended_new_circumstance"),
        ({"correction_attached": "1"}, CaseState.ELIGIBLE, "correction_pending"),
        ({"family_decision": "3"}, CaseState.ELIGIBLE, "idp_choice_open"),
    ],
)
def test_each_outcome_takes_the_case_where_it_belongs(
    store, act, work, opened, changes, state, outcome
):
    case, _ = opened
    decide(act, work, hand_in(act, case, {**ACCEPTED, **changes}))
    reached, assignment = look(store, case)
    assert (reached, assignment.outcome) == (state, outcome)
    assert (assignment.decided_on is None) is (state is not CaseState.DECLINED)


def test_a_form_that_was_printed_empty_belongs_to_the_open_procedure(store, act, work, opened):
    case, _ = opened
    decide(act, work, hand_in(act, case, ACCEPTED, serial=0))
    assert look(store, case)[0] == CaseState.ASSIGNED


def test_a_form_of_nobodys_procedure_decides_nothing(store, act, work, opened):
    case, _ = opened
    record_id = hand_in(act, case, ACCEPTED, serial=4711)
    with pytest.raises(NotFound):
        decide(act, work, record_id)
    assert look(store, case)[1].outcome is None


def test_the_same_form_decides_once(store, act, work, opened):
    case, _ = opened
    record_id = hand_in(act, case, ACCEPTED)
    decide(act, work, record_id)
    decide(act, work, record_id)
    with store.read() as session:
        actions = [event.action for event in list_newest_events(session, EventFilter(), None, 100)]
    assert actions.count("assignment:decide") == 1


def test_another_form_does_not_change_a_decision(store, act, work, opened):
    case, _ = opened
    decide(act, work, hand_in(act, case, ACCEPTED))
    record_id = hand_in(act, case, {**ACCEPTED, "family_decision": "2"})
    with pytest.raises(AlreadyDecided), act() as doing:
        decide_by_form(doing, record_id)
    assert look(store, case)[0] == CaseState.ASSIGNED


def test_a_suspended_procedure_can_still_be_decided(store, act, work, opened):
    case, _ = opened
    decide(act, work, hand_in(act, case, {**ACCEPTED, "new_circumstance": "1"}))
    decide(act, work, hand_in(act, case, ACCEPTED))
    state, assignment = look(store, case)
    assert (state, assignment.outcome) == (CaseState.ASSIGNED, "assigned")


def test_the_queue_takes_a_declared_family_to_its_printed_form(store, settings, act, clock):
    with act() as doing:
        case = register_case(doing)
        record = register_record(doing, case, DECLARATION, POOR)
        asked = request_step(doing, StepName.RATE_FAMILY, f"record:{record.id}", "input")
    run_step(store, settings, asked.id, "worker", clock)
    with store.read() as session:
        (rating,) = list_ratings(session, case.id)
        (following,) = list_steps(session, [f"rating:{rating.id}"])
    run_step(store, settings, following.id, "worker", clock)
    with store.read() as session:
        assert find_assignment(session, rating.id) is not None
        states = {step.state for step in list_steps(session, [asked.subject, following.subject])}
    assert states == {StepState.DONE}


def test_a_declaration_that_cannot_be_scored_fails_with_its_reason(store, settings, act, clock):
    with act() as doing:
        case = register_case(doing)
        known = {key: value for key, value in POOR.items() if key != "A9"}
        record = register_record(doing, case, "family_declaration", known)
        asked = request_step(doing, StepName.RATE_FAMILY, f"record:{record.id}", "input")
    run_step(store, settings, asked.id, "worker", clock)
    with store.read() as session:
        (step,) = list_steps(session, [asked.subject])
    assert (step.state, step.error_code) == (StepState.FAILED, "not_scored")
    assert step.error_detail == "answer_missing: A9"


def test_the_trail_tells_of_both_steps_and_is_whole(store, settings, act, work, opened):
    case, assignment = opened
    decide(act, work, hand_in(act, case, ACCEPTED))
    with store.read() as session:
        events = {
            event.action: event for event in list_newest_events(session, EventFilter(), None, 100)
        }
    with store.read() as session:
        assert not verify_trail(session, settings.seals).faults
    assert events["assignment:open"].after["visit_due"] == "2026-03-16"
    told = events["assignment:decide"].after
    assert (told["assignment"], told["outcome"]) == (assignment.id, "assigned")
    assert told["official"] is False


def test_a_form_that_names_another_family_than_it_was_printed_for_decides_nothing(
    store, act, work, opened
):
    case, _ = opened
    with act() as doing:
        other = register_case(doing, "9876543210")
    record_id = hand_in(act, other, ACCEPTED)
    with pytest.raises(OtherFamily):
        decide(act, work, record_id)
    assert look(store, case)[1].outcome is None


def test_what_was_rated_before_the_newest_declaration_is_not_assigned(store, act, work, opened):
    case, _ = opened
    with act() as doing:
        newer = register_record(doing, find_case(doing.session, case.id), DECLARATION, RICH)
        rate_record(doing, newer.id)
    record_id = hand_in(act, case, ACCEPTED)
    with pytest.raises(OutdatedProcedure):
        decide(act, work, record_id)
    assert look(store, case)[0] == CaseState.NOT_ELIGIBLE


def test_a_family_that_has_left_the_registry_is_assigned_nothing(store, act, work, opened):
    case, _ = opened
    with act() as doing:
        change_case_state(doing, find_case(doing.session, case.id), CaseState.CANCELLED)
    record_id = hand_in(act, case, ACCEPTED)
    with pytest.raises(OutdatedProcedure):
        decide(act, work, record_id)


def test_no_assignment_is_opened_for_a_family_that_left_while_its_form_was_printed(
    store, act, work, rated
):
    case, rating = rated
    commit = open_assignment(work, rating.id)
    with act() as doing:
        change_case_state(doing, find_case(doing.session, case.id), CaseState.CANCELLED)
    with act() as doing:
        commit(doing)
    with store.read() as session:
        assert find_assignment(session, rating.id) is None


def test_no_form_is_printed_for_a_rating_that_a_newer_declaration_has_left_behind(
    store, act, work, rated
):
    case, rating = rated
    with act() as doing:
        register_record(doing, find_case(doing.session, case.id), DECLARATION, RICH)
    open_for(act, work, rating)
    with store.read() as session:
        assert find_assignment(session, rating.id) is None
