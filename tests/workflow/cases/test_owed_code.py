"""A registered family whose application bears no code: a person finds it, or it is rejected."""

import pytest

from tests.validation.papers import Plain
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import DOUBTFUL
from tests.workflow.cases.test_decisions import decide
from tests.workflow.cases.test_knowledge import APPLICATION, REASSESSED, WAIVED
from workflow.cases.authorising import authorise
from workflow.cases.decisions import confirm, refute
from workflow.cases.entries import acknowledge
from workflow.errors import NotFound
from workflow.store.families import find_case_by_code
from workflow.store.models.decisions import RegistryRecord, Verdict
from workflow.store.models.paper import DocumentState

CODE, RULE = "family_code", "registered_family_gives_code"
PEOPLE = ("operator", "second_operator")


def check_without_code(desk: Desk, paper: dict[str, Plain]) -> int:
    return desk.check(APPLICATION, answers={**paper, CODE: ""})


def answer_both(desk: Desk, document_id: int, said: str | Verdict) -> DocumentState:
    """Two people answer alike, blind to each other."""
    for who in PEOPLE:
        desk.review(document_id, who, **{CODE: said})
    return desk.state(document_id)


@pytest.mark.parametrize("paper", [REASSESSED, WAIVED], ids=["reassessment", "waiver"])
def test_two_people_enter_the_code_and_the_paper_is_that_familys(
    desk: Desk, paper: dict[str, Plain]
) -> None:
    document_id = check_without_code(desk, paper)
    assert desk.codes(document_id) == {(RULE, CODE)}
    assert answer_both(desk, document_id, KNOWN_CODE) is DocumentState.READY
    decide(desk, "operator", authorise, document_id)
    with desk.store.read() as session:
        case, record = find_case_by_code(session, KNOWN_CODE), session.query(RegistryRecord).one()
    assert case is not None and record.case_id == case.id


def test_nobody_lets_an_application_stand_that_is_nobodys(desk: Desk) -> None:
    document_id = check_without_code(desk, REASSESSED)
    hold = desk.take(document_id, "operator")
    with desk.act(desk.people["operator"]) as act, pytest.raises(NotFound):
        acknowledge(act, hold, RULE, CODE)


def test_an_application_of_a_family_that_nobody_finds_is_rejected(desk: Desk) -> None:
    document_id = check_without_code(desk, REASSESSED)
    assert answer_both(desk, document_id, Verdict.EMPTY) is DocumentState.CONFIRM_REJECTION
    decide(desk, "coordinator", confirm, document_id)
    assert desk.state(document_id) is DocumentState.REJECTED
    assert desk.trail(document_id, "document:state")[-1].law == "order-02-150/annex-3/art-3(1)"


def test_a_code_that_two_people_see_missing_on_paper_stops_the_application(desk: Desk) -> None:
    document_id = desk.check(APPLICATION, {CODE: DOUBTFUL}, answers=REASSESSED)
    assert answer_both(desk, document_id, Verdict.EMPTY) is DocumentState.CONFIRM_REJECTION
    assert (RULE, CODE) in desk.codes(document_id)


def test_a_coordinator_who_contradicts_the_rejection_has_the_code_entered(desk: Desk) -> None:
    document_id = check_without_code(desk, REASSESSED)
    answer_both(desk, document_id, Verdict.EMPTY)
    decide(desk, "coordinator", refute, document_id, "found")
    assert desk.state(document_id) is DocumentState.REVIEW
    assert answer_both(desk, document_id, KNOWN_CODE) is DocumentState.READY
