"""What a waiver bars, and what ends an allowance, by the days of the papers."""

from datetime import date

import pytest

from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import APPLIED
from tests.workflow.cases.test_knowledge import (
    APPLICATION,
    CHILD,
    DECLARATION,
    FILLED,
    MOTHER,
    OTHER_CODE,
    REASSESSED,
    REQUEST,
    TODAY,
    WAIVED,
    enter,
    know,
    state_of,
)
from tests.workflow.registered import POOR, register_record
from workflow.acts import Act
from workflow.assignment.outcomes import Outcome
from workflow.cases.families import change_case_state
from workflow.rating.run import rate_record
from workflow.store.families import find_case_by_code
from workflow.store.models.families import Assignment, CaseState, IssuedPrint
from workflow.store.models.paper import DocumentState


def decide_case(act: Act, code: str, outcome: Outcome, state: CaseState) -> None:
    """An assignment of a family that was decided, and what became of the family since."""
    case = find_case_by_code(act.session, code)
    assert case is not None
    rating = rate_record(act, register_record(act, case, DECLARATION, POOR).id)
    printed = IssuedPrint(
        serial=1, case_id=case.id, form="assignment_form", edition=date(2010, 5, 31),
        rows={}, values={}, sha256="0" * 64, printed_at=act.now, printed_by="operator",
    )  # fmt: skip
    act.session.add(printed)
    act.session.flush()
    act.session.add(
        Assignment(
            case_id=case.id,
            rating_id=rating.id,
            print_id=printed.id,
            official=False,
            outcome=outcome.value,
            decided_on=act.today,
        )
    )
    change_case_state(act, case, state)


def test_who_gave_registration_up_may_not_apply_for_a_year(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), FILLED)
    assert desk.state(desk.check(APPLICATION, answers=WAIVED)) is DocumentState.AUTHORISED
    first = desk.check(APPLICATION, answers={**APPLIED, **TODAY})
    [finding] = desk.findings(first)
    assert (finding.code, finding.parameters["day"]) == ("no_ban_runs", "2027-03-02")
    assert desk.state(first) is DocumentState.CONFIRM_REJECTION
    again = desk.check(APPLICATION, answers={**REASSESSED, **TODAY})
    assert ("no_ban_runs", "reason") in desk.codes(again)


def test_a_ban_does_not_follow_one_of_its_people_into_another_family(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), FILLED)
    both = {"members[1].personal_number": MOTHER, "members[2].personal_number": CHILD}
    second = {"members[2].surname": "abc", "members[2].first_name": "abc"}
    born = {"members[2].birth_date": date(2005, 12, 1)}
    desk.check(APPLICATION, answers={**WAIVED, **both, **second, **born})
    alone = desk.check(APPLICATION, answers={**APPLIED, **TODAY})
    assert desk.codes(alone) == {("ban_may_bind", "reason")}
    [ban] = know(desk, alone).bans
    assert (ban.family_code, ban.members) == (KNOWN_CODE, (MOTHER, CHILD))


def test_a_waiver_that_names_nobody_bans_whom_the_family_named_before(desk: Desk) -> None:
    enter(desk, OTHER_CODE, APPLICATION, (MOTHER,), date(2015, 11, 2), reason="1")
    enter(desk, OTHER_CODE, APPLICATION, (), date(2015, 11, 9), reason="3")
    with desk.act() as act:
        case = find_case_by_code(act.session, OTHER_CODE)
        assert case is not None
        change_case_state(act, case, CaseState.CANCELLED)
    [ban] = know(desk, desk.check(APPLICATION)).bans
    assert (ban.family_code, ban.members) == (OTHER_CODE, (MOTHER,))


@pytest.mark.parametrize("older", ["declaration", "reassessment"])
def test_a_paper_of_before_the_waiver_lifts_no_ban(desk: Desk, older: str) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER, CHILD), date(2015, 11, 2), reason="1")
    desk.check(APPLICATION, answers={**WAIVED, **TODAY})
    late = desk.check() if older == "declaration" else desk.check(APPLICATION, answers=REASSESSED)
    assert (desk.state(late), desk.codes(late)) == (DocumentState.AUTHORISED, set())
    assert state_of(desk, KNOWN_CODE) == CaseState.CANCELLED
    again = desk.check(APPLICATION, answers={**REASSESSED, **TODAY})
    assert [ban.family_code for ban in know(desk, again).bans] == [KNOWN_CODE]
    assert desk.state(again) is not DocumentState.AUTHORISED


def test_a_waiver_of_before_a_newer_application_ends_nothing(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), FILLED)
    desk.check(APPLICATION, answers={**REASSESSED, **TODAY})
    late = desk.check(APPLICATION, answers=WAIVED)
    assert desk.state(late) is DocumentState.AUTHORISED
    assert state_of(desk, KNOWN_CODE) == CaseState.REGISTERED


@pytest.mark.parametrize(
    ("outcome", "state", "receives"),
    [
        (Outcome.ASSIGNED, CaseState.REGISTERED, True),
        (Outcome.ASSIGNED, CaseState.DECLARED, True),
        (Outcome.ASSIGNED, CaseState.NOT_ELIGIBLE, False),
        (Outcome.ASSIGNED, CaseState.CANCELLED, False),
        (Outcome.REFUSED_BY_FAMILY, CaseState.REGISTERED, False),
    ],
)
def test_a_family_receives_on_while_it_is_assessed_anew(
    desk: Desk, outcome: Outcome, state: CaseState, receives: bool
) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER, CHILD), FILLED)
    with desk.act() as act:
        decide_case(act, KNOWN_CODE, outcome, state)
    asked = desk.check(REQUEST, answers={"family_code": KNOWN_CODE})
    family = know(desk, asked).family
    assert family is not None and family.receives_assistance is receives


def test_an_application_of_before_the_waiver_is_under_no_ban(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER,), FILLED)
    desk.check(APPLICATION, answers=WAIVED)
    assert desk.codes(desk.check(APPLICATION)) == set()
