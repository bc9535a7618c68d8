"""What our registry and the registers of others know of a paper, and what the rules make of it."""

from datetime import date
from typing import Any

import pytest

from tests.validation.papers import Plain
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import APPLIED, DECLARED
from tests.workflow.registered import add_extract, register_record
from validation.known import Known
from validation.registers import CivilEntry
from workflow.cases.decided import load_template
from workflow.cases.families import change_case_state, open_case
from workflow.cases.knowledge import gather_known
from workflow.reading.stored import load_reading
from workflow.store.documents import find_document
from workflow.store.families import find_case_by_code
from workflow.store.knowing import add_memberships
from workflow.store.models.families import CaseState
from workflow.store.models.knowing import PersonMembership
from workflow.store.models.paper import DocumentState

APPLICATION, DECLARATION, REQUEST = "application", "family_declaration", "correction_request"
MOTHER, CHILD, STRANGER = "01001012345", "01001012346", "01001012399"
OTHER_CODE = "0000000018"
FILLED = date(2015, 11, 23)
"""Day of the declaration that the desk scans."""
REASSESSED = {**APPLIED, "reason": "2", "reassessment_grounds": ["1"], "family_code": KNOWN_CODE}
WAIVED = {
    **APPLIED,
    "reason": "3",
    "family_code": KNOWN_CODE,
    "explanation_applicant_signature": True,
    "explanation_officer_signature": True,
}

TODAY = {"application_date": date(2026, 3, 2), "received_date": date(2026, 3, 2)}


def enter(
    desk: Desk, code: str, form: str, people: tuple[str, ...], day: date, **values: Any
) -> None:
    """A paper of a family that stands in the registry already."""
    named = {f"members[{row}].personal_number": number for row, number in enumerate(people, 1)}
    with desk.act() as act:
        case = find_case_by_code(act.session, code) or open_case(act, 1, code)
        record = register_record(act, case, form, {**named, **values}, filled=day)
        add_memberships(act.session, record)


def know(desk: Desk, document_id: int) -> Known:
    """What is known beside the newest version of a document."""
    with desk.store.read() as session:
        document = find_document(session, document_id)
        template = load_template(document)
        assert template is not None
        return gather_known(session, document, template, load_reading(session, document.current))


def state_of(desk: Desk, code: str) -> str | None:
    """What has become of a family."""
    with desk.store.read() as session:
        case = find_case_by_code(session, code)
    return case.state if case else None


def test_an_entry_keeps_whom_it_names_each_person_once(desk: Desk) -> None:
    first = {field: value for field, value in APPLIED.items() if field.startswith("members[1]")}
    second = {field.replace("[1]", "[2]"): value for field, value in first.items()}
    second |= {"members[2].personal_number": CHILD, "members[2].birth_date": date(2005, 12, 1)}
    two = {**APPLIED, **second}
    assert desk.state(desk.check(APPLICATION, answers=two)) is DocumentState.AUTHORISED
    enter(desk, OTHER_CODE, DECLARATION, (STRANGER, STRANGER, ""), FILLED)
    with desk.store.read() as session:
        rows = session.query(PersonMembership).order_by(PersonMembership.id).all()
    assert [(row.personal_number, row.form) for row in rows] == [
        (MOTHER, APPLICATION),
        (CHILD, APPLICATION),
        (STRANGER, DECLARATION),
    ]
    assert (rows[0].since, rows[2].since) == (date(2025, 11, 3), FILLED)


def test_a_member_of_another_family_is_seen_at_the_visit(desk: Desk) -> None:
    enter(desk, OTHER_CODE, DECLARATION, (CHILD,), FILLED)
    document_id = desk.check()
    codes = desk.codes(document_id)
    assert ("member_elsewhere_at_visit", "members[2].personal_number") in codes
    assert ("member_elsewhere_at_visit", "members[1].personal_number") not in codes
    [finding] = [f for f in desk.findings(document_id) if f.code == "member_elsewhere_at_visit"]
    assert finding.parameters == {"families": [OTHER_CODE]}
    assert finding.law == "order-01-14/annex-1/art-14(1)(f)"


def test_a_family_that_applied_already_is_seen_at_intake(desk: Desk) -> None:
    first = desk.check(APPLICATION)
    assert desk.state(first) is DocumentState.AUTHORISED
    again = desk.check(APPLICATION)
    assert desk.codes(again) == {
        ("member_elsewhere_at_intake", "members[1].personal_number"),
        ("first_registration_is_first", "reason"),
    }
    assert desk.state(again) is DocumentState.REVIEW


def test_a_paper_does_not_meet_its_own_entry(desk: Desk) -> None:
    document_id = desk.check(APPLICATION)
    known = know(desk, document_id)
    assert (known.elsewhere, known.bans) == ({}, ())
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), date(2015, 11, 2))
    assert know(desk, desk.check(APPLICATION, answers=REASSESSED)).family is not None


def test_who_left_a_family_stands_in_it_until_its_next_declaration(desk: Desk) -> None:
    enter(desk, OTHER_CODE, DECLARATION, (CHILD, STRANGER), date(2014, 5, 1))
    enter(desk, OTHER_CODE, APPLICATION, (STRANGER,), date(2015, 5, 1), reason="2")
    document_id = desk.check()
    [one] = know(desk, document_id).elsewhere[CHILD]
    assert (one.family_code, one.form, one.since) == (OTHER_CODE, DECLARATION, date(2014, 5, 1))
    enter(desk, OTHER_CODE, DECLARATION, (STRANGER,), date(2015, 6, 1))
    assert know(desk, document_id).elsewhere == {}


def test_whom_a_newer_application_names_stands_in_that_family(desk: Desk) -> None:
    enter(desk, OTHER_CODE, DECLARATION, (STRANGER,), date(2014, 5, 1))
    enter(desk, OTHER_CODE, APPLICATION, (CHILD,), date(2015, 5, 1), reason="2")
    document_id = desk.check()
    assert [one.form for one in know(desk, document_id).elsewhere[CHILD]] == [APPLICATION]
    enter(desk, OTHER_CODE, DECLARATION, (STRANGER,), date(2015, 6, 1))
    assert know(desk, document_id).elsewhere == {}


def test_a_declaration_is_held_against_the_application_that_it_follows(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER, STRANGER), date(2015, 11, 2), reason="1")
    document_id = desk.check()
    codes = desk.codes(document_id)
    assert ("member_was_applied_for", "members[2].personal_number") in codes
    assert ("all_applied_for_are_members", None) in codes
    assert ("family_has_applied", None) not in codes


@pytest.mark.parametrize(
    ("days", "applied"),
    [
        ((date(2015, 1, 5), date(2015, 11, 2), date(2016, 1, 5)), date(2015, 11, 2)),
        ((date(2015, 11, 23),), date(2015, 11, 23)),
        ((date(2015, 12, 1), date(2016, 1, 5)), date(2015, 12, 1)),
    ],
)
def test_the_application_that_a_paper_follows_is_the_last_one_before_it(
    desk: Desk, days: tuple[date, ...], applied: date
) -> None:
    for day in days:
        enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), day, reason="1")
    family = know(desk, desk.check()).family
    assert family is not None and family.applied_on == applied


def test_an_application_that_gave_registration_up_is_followed_by_no_declaration(
    desk: Desk,
) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER,), date(2015, 11, 2), reason="3")
    family = know(desk, desk.check()).family
    assert family is not None and (family.applied_on, family.applied_for) == (None, ())


def test_the_family_of_a_request_is_as_its_declaration_says(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, DECLARATION, (MOTHER, CHILD), date(2025, 6, 1))
    with desk.act() as act:
        case = find_case_by_code(act.session, KNOWN_CODE)
        assert case is not None
        change_case_state(act, case, CaseState.ASSIGNED)
    asked: dict[str, Plain] = {
        "family_code": KNOWN_CODE,
        "correction_kinds": ["2", "3"],
        "municipality": "თბილისი",
        "settlement": "ვაკე",
        "address_proof": ["1"],
        "document_sheets": "1",
        "request_date": date(2025, 11, 3),
    }
    document_id = desk.check(REQUEST, answers=asked)
    known = know(desk, document_id)
    assert known.family is not None and known.family.receives_assistance
    assert (known.family.members, known.family.unit) == ((MOTHER, CHILD), "1001")
    assert (known.unit, known.unit_of_address) == ("1001", "1104")
    codes = desk.codes(document_id)
    assert ("score_corrected_in_time", "correction_kinds") in codes
    assert ("address_stays_in_region", "municipality") in codes


def test_the_unit_of_an_address_is_asked_for_of_real_paper_only(desk: Desk) -> None:
    document_id = desk.check(APPLICATION, answers={**APPLIED, "municipality": "გურჯაანი"})
    assert desk.codes(document_id) == {("unit_keeps_address", "municipality")}
    with desk.act() as act:
        find_document(act.session, document_id).simulated = True
    assert know(desk, document_id).unit_of_address is None


def test_what_a_register_says_is_compared_and_kept_with_the_finding(desk: Desk) -> None:
    entry = CivilEntry("abc", "abc", date(1950, 3, 2), None, None, None, None)
    with desk.act() as act:
        add_extract(act, MOTHER, entry)
    document_id = desk.check(APPLICATION)
    [finding] = desk.findings(document_id)
    assert (finding.code, finding.law) == (
        "birth_date_conflicts",
        "order-02-150/annex-3/art-3(1.3)",
    )
    [answer] = finding.evidence
    assert (answer["personal_number"], answer["register"]) == (MOTHER, "civil")
    assert "1950-03-02" in str(answer)
    assert desk.state(document_id) is DocumentState.CONFIRM_REJECTION


def test_entries_that_hold_something_else_are_passed_over(desk: Desk) -> None:
    odd = {"members[x].personal_number": MOTHER, "members[3].personal_number": 1, "reason": ["1"]}
    enter(desk, OTHER_CODE, APPLICATION, (), FILLED, **odd)
    enter(desk, KNOWN_CODE, APPLICATION, (), FILLED, **odd)
    family = know(desk, desk.check()).family
    assert family is not None and (family.applied_on, family.applied_for) == (FILLED, ())


def test_a_paper_of_which_nothing_is_read_is_known_by_its_unit_alone(desk: Desk) -> None:
    document_id = desk.check(answers={"A9": "3"})
    known = know(desk, document_id)
    assert (known.unit, known.family, known.elsewhere, known.registers) == ("1001", None, {}, {})
    cover = desk.check("batch_cover", answers={"A9": "3"})
    assert know(desk, cover) == Known()


def test_a_declaration_without_fault_is_held_up_by_nothing_that_is_known(desk: Desk) -> None:
    enter(desk, KNOWN_CODE, APPLICATION, (MOTHER, CHILD), date(2015, 11, 2), reason="1")
    known = know(desk, desk.check(answers=DECLARED))
    assert (known.elsewhere, known.bans, known.unit_of_address) == ({}, (), None)
