"""A family that has moved: which unit keeps it, and which address a correction may change."""

from datetime import date

import pytest

from tests.validation.papers import Plain
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.test_decisions import decide
from tests.workflow.cases.test_knowledge import (
    APPLICATION,
    CHILD,
    DECLARATION,
    MOTHER,
    REASSESSED,
    REQUEST,
    TODAY,
    enter,
    know,
)
from workflow.cases.authorising import authorise
from workflow.store.families import find_case_by_code, list_cases
from workflow.store.models.paper import DocumentState
from workflow.store.models.trail import AuditEvent

MOVED = {**REASSESSED, "reassessment_grounds": ["4"]}
VAKE = {"municipality": "თბილისი", "settlement": "ვაკე"}
ASKED: dict[str, Plain] = {
    **VAKE,
    "family_code": KNOWN_CODE,
    "correction_kinds": ["2"],
    "street": "abc",
    "address_proof": ["1"],
    "request_date": date(2026, 2, 3),
    "representative_name": "abc",
    "representative_surname": "abc",
    "representative_personal_number": MOTHER,
}


def ask_elsewhere(desk: Desk, answers: dict[str, Plain]) -> int:
    """An application that another unit takes in, and that its operator authorises."""
    document_id = desk.check(APPLICATION, answers=answers, unit_id=2)
    assert desk.review(document_id, "other_unit_operator") is DocumentState.READY
    decide(desk, "other_unit_operator", authorise, document_id)
    return document_id


def find_unit_of(desk: Desk) -> int:
    with desk.store.read() as session:
        case = find_case_by_code(session, KNOWN_CODE)
    assert case is not None
    return case.unit_id


def test_a_family_that_moved_belongs_to_the_unit_that_it_asks_for_a_reassessment(
    desk: Desk,
) -> None:
    document_id = ask_elsewhere(desk, MOVED)
    assert find_unit_of(desk) == 2
    with desk.store.read() as session:
        assert ([*list_cases(session, 1)], len(list_cases(session, 2))) == ([], 1)
        moved = session.query(AuditEvent).filter_by(action="case:move").one()
    assert (moved.actor, moved.law) == ("other_unit_operator", "order-02-150/annex-3/art-13(1.4)")
    assert moved.before == {"unit": "1001"}
    assert moved.after == {"unit": "1104", "document": document_id}


def test_papers_of_the_new_unit_know_a_family_that_moved_there(desk: Desk) -> None:
    ask_elsewhere(desk, MOVED)
    unknown = ("unknown_family_code", "family_code")
    assert unknown not in desk.codes(desk.check(unit_id=2))
    assert unknown in desk.codes(desk.check())


def test_a_family_moves_by_no_paper_that_a_person_has_not_seen(desk: Desk) -> None:
    document_id = desk.check(APPLICATION, answers=MOVED, unit_id=2)
    assert ("unknown_family_code", "family_code") in desk.codes(document_id)
    assert (desk.state(document_id), find_unit_of(desk)) == (DocumentState.REVIEW, 1)


@pytest.mark.parametrize("ground", ["1", "5"])
def test_a_family_that_names_another_ground_stays_with_its_unit(desk: Desk, ground: str) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), date(2015, 1, 5))
    ask_elsewhere(desk, {**MOVED, "reassessment_grounds": [ground]})
    assert find_unit_of(desk) == 1


def test_a_move_of_before_a_newer_paper_moves_nobody(desk: Desk) -> None:
    desk.check(APPLICATION, answers={**REASSESSED, **TODAY})
    ask_elsewhere(desk, MOVED)
    assert find_unit_of(desk) == 1


def test_a_family_may_correct_its_street_where_it_lives_now(desk: Desk) -> None:
    people = (MOTHER, CHILD)
    enter(desk, KNOWN_CODE, DECLARATION, people, date(2025, 1, 20), municipality="გორი")
    before = desk.check(REQUEST, answers={**ASKED, "request_date": date(2025, 2, 3)})
    assert ("address_stays_in_region", "municipality") in desk.codes(before)
    enter(desk, KNOWN_CODE, APPLICATION, people, date(2026, 1, 5), reason="2", **VAKE)
    after = desk.check(REQUEST, answers=ASKED)
    family = know(desk, after).family
    assert family is not None and family.unit == "1104"
    assert ("address_stays_in_region", "municipality") not in desk.codes(after)


def test_a_family_without_a_clear_address_is_where_its_unit_is(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), date(2026, 1, 5), municipality="abc")
    family = know(desk, desk.check(REQUEST, answers=ASKED)).family
    assert family is not None and family.unit == "1001"
