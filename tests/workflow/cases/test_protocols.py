"""What a protocol that ends an assessment makes of its family (order 01-14, annex 1, art. 14)."""

from datetime import date

import pytest

from form_templates.catalog import list_templates
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import APPLIED, DECLARED, EMPTY
from tests.workflow.cases.test_decisions import decide
from tests.workflow.cases.test_every_form import fill
from tests.workflow.cases.test_knowledge import (
    APPLICATION,
    CHILD,
    DECLARATION,
    FILLED,
    MOTHER,
    REASSESSED,
    TODAY,
    WAIVED,
    enter,
    know,
    state_of,
)
from tests.workflow.registered import POOR, register_record
from workflow.cases.authorising import authorise
from workflow.rating.run import rate_record
from workflow.store.families import find_case_by_code
from workflow.store.models.families import CaseState
from workflow.store.models.paper import DocumentState
from workflow.store.models.trail import AuditEvent
from workflow.store.ratings import find_newest_record

PROTOCOL = "termination_protocol"
ENDED_ON = date(2025, 11, 3)
"""Day of the protocol that the desk scans."""
BEFORE, AFTER = date(2025, 10, 2), date(2026, 1, 12)
APPLIED_ON = date(2015, 11, 2)
"""Shortly before the declaration that the desk scans."""


def end_assessment(desk: Desk, code: str = KNOWN_CODE) -> int:
    """A protocol that a person let stand and authorised."""
    key = next(key for key in list_templates() if key.form == PROTOCOL)
    document_id = desk.check(PROTOCOL, answers={**fill(key), "family_code": code})
    assert desk.review(document_id, "operator") is DocumentState.READY
    decide(desk, "operator", authorise, document_id)
    return document_id


def test_the_application_of_a_new_family_lapses_with_the_protocol(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER, CHILD), BEFORE, reason="1")
    document_id = end_assessment(desk)
    assert state_of(desk, KNOWN_CODE) == CaseState.LAPSED
    with desk.store.read() as session:
        changed = session.query(AuditEvent).filter_by(action="case:state").one()
    assert (changed.after, changed.law) == ({"state": "lapsed"}, "order-01-14/annex-1/art-14(9)")
    assert ("protocol_ends_application_only", "family_code") not in desk.codes(document_id)


def test_whom_only_a_lapsed_application_names_may_apply_at_once(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), BEFORE, reason="1")
    end_assessment(desk)
    again = desk.check(APPLICATION, answers={**APPLIED, **TODAY})
    assert (know(desk, again).elsewhere, know(desk, again).bans) == ({}, ())
    assert desk.codes(again) == set()
    assert desk.state(again) is DocumentState.AUTHORISED


def test_a_family_that_applies_after_the_protocol_is_registered_anew(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), BEFORE, reason="1")
    end_assessment(desk)
    desk.check(APPLICATION, answers={**REASSESSED, **TODAY})
    assert state_of(desk, KNOWN_CODE) == CaseState.REGISTERED


@pytest.mark.parametrize(("filled", "applied"), [(FILLED, APPLIED_ON), (AFTER, None)])
def test_a_declaration_after_the_protocol_follows_no_application(
    desk: Desk, filled: date, applied: date | None
) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER, CHILD), APPLIED_ON, reason="1")
    end_assessment(desk)
    family = know(desk, desk.check(answers={**DECLARED, "filling_date": filled})).family
    assert family is not None and family.applied_on == applied


def test_the_registration_of_a_declared_family_ends_by_a_person_alone(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), FILLED)
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), BEFORE, reason="2")
    document_id = end_assessment(desk)
    assert ("protocol_ends_application_only", "family_code") in desk.codes(document_id)
    assert state_of(desk, KNOWN_CODE) == CaseState.LAPSED
    other = desk.check(APPLICATION, answers={**APPLIED, **TODAY})
    assert [one.form for one in know(desk, other).elsewhere[MOTHER]] == [DECLARATION]


def test_a_protocol_ends_no_application_that_a_declaration_has_answered(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER, CHILD), APPLIED_ON, reason="1")
    desk.check()
    end_assessment(desk)
    assert state_of(desk, KNOWN_CODE) == CaseState.DECLARED


@pytest.mark.parametrize("first", ["protocol", "application"])
def test_an_application_lapses_whichever_paper_is_entered_first(desk: Desk, first: str) -> None:
    desk.check()
    applied = {**REASSESSED, "application_date": BEFORE, "received_date": BEFORE}
    if first == "protocol":
        end_assessment(desk)
        assert state_of(desk, KNOWN_CODE) == CaseState.DECLARED
    desk.check(APPLICATION, answers=applied)
    if first == "application":
        assert state_of(desk, KNOWN_CODE) == CaseState.REGISTERED
        end_assessment(desk)
    assert state_of(desk, KNOWN_CODE) == CaseState.LAPSED


def test_an_application_of_after_the_protocol_stands(desk: Desk) -> None:
    desk.check(APPLICATION, answers={**REASSESSED, **TODAY})
    end_assessment(desk)
    assert state_of(desk, KNOWN_CODE) == CaseState.REGISTERED


def test_a_family_that_has_left_does_not_lapse(desk: Desk) -> None:
    waived = {**WAIVED, "application_date": BEFORE, "received_date": BEFORE}
    desk.check(APPLICATION, answers=waived)
    end_assessment(desk)
    assert state_of(desk, KNOWN_CODE) == CaseState.CANCELLED


def test_an_older_declaration_is_rated_but_takes_a_lapsed_family_nowhere(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), BEFORE, reason="2")
    end_assessment(desk)
    with desk.act() as act:
        case = find_case_by_code(act.session, KNOWN_CODE)
        assert case is not None
        record = register_record(act, case, DECLARATION, POOR, filled=date(2025, 9, 1))
        assert rate_record(act, record.id).score
        assert find_newest_record(act.session, case.id, DECLARATION) is record
    assert state_of(desk, KNOWN_CODE) == CaseState.LAPSED


def test_a_protocol_that_goes_back_ends_nothing(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), BEFORE, reason="1")
    key = next(key for key in list_templates() if key.form == PROTOCOL)
    desk.check(PROTOCOL, {"agent_surname": EMPTY}, answers=fill(key))
    assert state_of(desk, KNOWN_CODE) == CaseState.REGISTERED
