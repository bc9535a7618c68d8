"""What a coordinator, an archivist and an operator decide about whole documents."""

from datetime import date

import pytest

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import (
    DOUBTFUL,
    EMPTY,
    LOST,
    find_position,
)
from workflow.cases.authorising import authorise
from workflow.cases.decisions import confirm, discard, keep_image, refute, reopen
from workflow.errors import Conflict, LeaseLost, NotAllowed
from workflow.store.models.decisions import RegistryRecord, Verdict
from workflow.store.models.paper import DocumentState

FAULTY = {"A9": EMPTY}


def decide(desk: Desk, who: str, decision: object, document_id: int, *more: str) -> object:
    revision = desk.find(document_id).revision
    with desk.act(desk.people[who]) as act:
        return decision(act, document_id, revision, *more)  # type: ignore[operator]


def test_a_confirmed_return_starts_five_working_days(desk: Desk) -> None:
    document_id = desk.check(changes=FAULTY)
    decide(desk, "coordinator", confirm, document_id)
    document = desk.find(document_id)
    assert (document.state, document.due) == (DocumentState.RETURNED, date(2026, 3, 10))
    assert desk.trail(document_id, "document:state")[-1].law == "order-02-150/annex-3/art-6(1)"


def test_a_confirmed_rejection_is_the_end(desk: Desk) -> None:
    document_id = desk.check("application", {"applicant_surname": EMPTY})
    decide(desk, "coordinator", confirm, document_id)
    assert desk.state(document_id) is DocumentState.REJECTED


@pytest.mark.parametrize("who", ["operator", "archivist", "supervisor", "administrator"])
def test_only_a_coordinator_confirms(desk: Desk, who: str) -> None:
    document_id = desk.check(changes=FAULTY)
    with pytest.raises(NotAllowed):
        decide(desk, who, confirm, document_id)
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN


def test_a_page_shown_earlier_confirms_nothing(desk: Desk) -> None:
    document_id = desk.check(changes=FAULTY)
    seen = desk.find(document_id).revision
    decide(desk, "coordinator", refute, document_id, "it is answered")
    with desk.act(desk.people["coordinator"]) as act, pytest.raises(Conflict):
        confirm(act, document_id, seen)


def test_a_confirmation_sent_twice_counts_once(desk: Desk) -> None:
    document_id = desk.check(changes=FAULTY)
    seen = desk.find(document_id).revision
    for expected in (None, Conflict):
        with desk.act(desk.people["coordinator"]) as act:
            if expected is None:
                confirm(act, document_id, seen)
            else:
                with pytest.raises(expected):
                    confirm(act, document_id, seen)
    assert len(desk.trail(document_id, "document:state")) == 2


def test_a_refuted_fault_becomes_a_task_and_a_person_decides_it(desk: Desk) -> None:
    document_id = desk.check(changes=FAULTY)
    decide(desk, "coordinator", refute, document_id, "a pale four")
    assert desk.state(document_id) is DocumentState.REVIEW
    assert [task.field for task in desk.tasks(document_id, "operator")] == ["A9"]
    assert desk.review(document_id, "operator", A9="4") is DocumentState.READY


def test_a_refuted_fault_that_a_person_confirms_comes_back(desk: Desk) -> None:
    document_id = desk.check(changes=FAULTY)
    decide(desk, "coordinator", refute, document_id, "a pale four")
    back = desk.review(document_id, "operator", A9=Verdict.EMPTY)
    assert back is DocumentState.CONFIRM_RETURN
    decide(desk, "coordinator", refute, document_id, "look again")
    assert [task.field for task in desk.tasks(document_id, "operator")] == ["A9"]
    assert desk.review(document_id, "operator", A9="4") is DocumentState.READY


def test_a_refuted_rule_is_looked_at_and_stands(desk: Desk) -> None:
    older = {"members[1].birth_date": {"value": "01031940"}, "members[1].age": {"value": " 65"}}
    document_id = desk.check(changes=older)
    assert ("age_fits_birth_date", "members[1].age") in desk.codes(document_id)
    if desk.state(document_id) is DocumentState.CONFIRM_RETURN:
        decide(desk, "coordinator", refute, document_id, "the agent explained it")
    assert desk.review(document_id, "operator") is DocumentState.READY


@pytest.mark.parametrize("decision", [refute, discard])
def test_a_contradiction_needs_a_reason(desk: Desk, decision: object) -> None:
    document_id = desk.check(changes=FAULTY)
    with pytest.raises(NotAllowed):
        decide(desk, "coordinator", decision, document_id, "  ")


def test_a_kept_image_is_read_by_a_person(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": LOST})
    decide(desk, "archivist", keep_image, document_id)
    assert desk.state(document_id) is DocumentState.REVIEW
    assert desk.review(document_id, "operator", A9="4") is DocumentState.READY


def test_what_nobody_can_read_on_a_kept_image_goes_back_to_the_agent(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": LOST})
    decide(desk, "archivist", keep_image, document_id)
    back = desk.review(document_id, "operator", A9=Verdict.UNREADABLE)
    assert back is DocumentState.CONFIRM_RETURN
    assert ("illegible", "A9") in desk.codes(document_id)


def test_what_a_person_cannot_read_is_scanned_again(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    rescan = desk.review(document_id, "operator", A9=Verdict.UNREADABLE)
    assert rescan is DocumentState.RESCAN
    desk.scan_again(document_id)
    assert desk.state(document_id) is DocumentState.AUTHORISED


def test_impossible_characters_that_a_person_confirms_are_the_papers_fault(desk: Desk) -> None:
    impossible = {"filling_date": {"value": "31022015"}}
    document_id = desk.check(changes=impossible)
    assert desk.state(document_id) is DocumentState.REVIEW
    desk.review(document_id, "operator", filling_date="31022015")
    back = desk.review(document_id, "second_operator", filling_date="31022015")
    assert back is DocumentState.CONFIRM_RETURN


def test_a_discarded_document_takes_it_from_whoever_works_on_it(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    hold = desk.take(document_id, "operator")
    decide(desk, "coordinator", discard, document_id, "printed for a training")
    assert desk.state(document_id) is DocumentState.DISCARDED
    with pytest.raises(LeaseLost):
        desk.enter(hold, "operator", "A9", "4")


def test_a_corrected_paper_is_processed_again_and_a_person_authorises_it(desk: Desk) -> None:
    document_id = desk.check(changes=FAULTY)
    decide(desk, "coordinator", confirm, document_id)
    desk.scan_again(document_id, {"A10": EMPTY})
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN
    assert desk.find(document_id).due is None
    decide(desk, "coordinator", confirm, document_id)
    desk.scan_again(document_id)
    assert desk.state(document_id) is DocumentState.READY
    decide(desk, "operator", authorise, document_id)
    assert desk.state(document_id) is DocumentState.AUTHORISED


def test_entries_for_pages_that_are_kept_stay_valid(desk: Desk) -> None:
    elsewhere = "filling_date"
    document_id = desk.check(changes={"A9": DOUBTFUL, elsewhere: EMPTY})
    desk.review(document_id, "operator", A9="4")
    decide(desk, "coordinator", confirm, document_id)
    kept = [find_position("family_declaration", "A9")]
    assert find_position("family_declaration", elsewhere) not in kept
    desk.scan_again(document_id, kept=kept)
    assert desk.state(document_id) is DocumentState.READY
    decide(desk, "operator", authorise, document_id)
    with desk.store.read() as session:
        assert session.query(RegistryRecord).one().values["A9"] == 4


def test_a_field_scanned_anew_that_contradicts_a_person_is_a_doubt(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL, "A10": EMPTY})
    desk.review(document_id, "operator", A9="4")
    decide(desk, "coordinator", confirm, document_id)
    desk.scan_again(document_id, {"A9": {"value": "7"}})
    assert ("entered_differently", "A9") in desk.codes(document_id)
    assert [task.field for task in desk.tasks(document_id, "operator")] == ["A9"]
    assert desk.review(document_id, "operator", A9="7") is DocumentState.READY


def test_a_new_scan_takes_the_document_from_whoever_looks_at_the_old_one(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    hold = desk.take(document_id, "operator")
    desk.scan_again(document_id, {"A9": DOUBTFUL})
    with pytest.raises(LeaseLost):
        desk.enter(hold, "operator", "A9", "4")


def test_a_scan_after_the_decision_is_looked_at_and_changes_nothing(desk: Desk) -> None:
    document_id = desk.check()
    desk.scan_again(document_id, {"A9": {"value": "7"}})
    assert desk.state(document_id) is DocumentState.REVIEW
    (doubt,) = desk.doubts(document_id)
    assert doubt.codes == ("scan_after_decision",)
    assert desk.review(document_id, "operator") is DocumentState.AUTHORISED
    with desk.store.read() as session:
        assert session.query(RegistryRecord).one().values["A9"] == 3


def test_a_scan_of_a_rejected_application_leaves_it_rejected(desk: Desk) -> None:
    document_id = desk.check("application", {"applicant_surname": EMPTY})
    decide(desk, "coordinator", confirm, document_id)
    desk.scan_again(document_id)
    assert desk.review(document_id, "operator") is DocumentState.REJECTED


def test_the_trail_tells_each_step_with_who_took_it(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    desk.review(document_id, "operator", A9="4")
    decide(desk, "operator", authorise, document_id)
    told = [(e.actor, e.after["state"]) for e in desk.trail(document_id, "document:state")]
    assert told == [("system", "review"), ("operator", "ready"), ("operator", "authorised")]


def test_a_ready_document_goes_back_to_review_and_is_ready_again(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    assert desk.review(document_id, "operator", A9=" 3") is DocumentState.READY
    decide(desk, "operator", reopen, document_id)
    hold = desk.take(document_id, "operator")
    desk.enter(hold, "operator", "A9", " 4", seen=1)
    assert desk.finish(hold, "operator") is DocumentState.READY
    decide(desk, "operator", authorise, document_id)
    with desk.store.read() as session:
        record = session.query(RegistryRecord).filter_by(document_id=document_id).one()
    assert record.values["A9"] == 4
