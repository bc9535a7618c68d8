"""What enters the registry, and what does not fit it."""

from datetime import date

import pytest

from ocr.readings import FieldState, Reason
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import APPLIED, DECLARED, DOUBTFUL, EMPTY
from tests.workflow.cases.test_decisions import decide
from workflow.cases.authorising import authorise
from workflow.cases.families import open_case
from workflow.errors import Conflict, NotAllowed
from workflow.store.families import find_case_by_code, list_cases
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import CaseState, IssuedPrint
from workflow.store.models.paper import DocumentState
from workflow.store.models.trail import AuditEvent
from workflow.store.models.work import Step

UNKNOWN_CODE = "9999999999"
REGISTERED = {**APPLIED, "reason": "2", "reassessment_grounds": ["1"], "family_code": KNOWN_CODE}
WAIVED = {
    **APPLIED,
    "reason": "3",
    "family_code": KNOWN_CODE,
    "explanation_applicant_signature": True,
    "explanation_officer_signature": True,
}


def list_codes(desk: Desk) -> dict[str, str]:
    with desk.store.read() as session:
        return {case.family_code: case.state for case in list_cases(session)}


def test_a_declaration_takes_its_family_on_and_asks_for_the_rating(desk: Desk) -> None:
    document_id = desk.check()
    with desk.store.read() as session:
        record, step = session.query(RegistryRecord).one(), session.query(Step).one()
        case = find_case_by_code(session, KNOWN_CODE)
    assert case is not None
    assert (record.case_id, case.state) == (case.id, CaseState.DECLARED)
    assert desk.find(document_id).case_id == case.id
    assert (step.step, step.subject) == ("rate_family", f"record:{record.id}")
    assert record.archive_place and record.archive_place.endswith("/1")


def test_a_first_registration_is_given_a_new_code(desk: Desk) -> None:
    document_id = desk.check("application")
    codes = list_codes(desk)
    assert len(codes) == 2 and codes[KNOWN_CODE] == CaseState.REGISTERED
    assert desk.trail(document_id, "document:state")[0].law == "order-02-150/annex-3/art-2(7)"
    assert desk.trail(document_id, "registry:authorise")[0].law == "order-02-150/annex-3/art-2(7)"


def test_a_family_that_gives_up_its_registration_is_cancelled(desk: Desk) -> None:
    desk.check("application", answers=WAIVED)
    assert list_codes(desk) == {KNOWN_CODE: CaseState.CANCELLED}


def test_an_application_of_a_registered_family_keeps_its_code(desk: Desk) -> None:
    document_id = desk.check("application", answers=REGISTERED)
    assert desk.state(document_id) is DocumentState.AUTHORISED
    assert list(list_codes(desk)) == [KNOWN_CODE]


@pytest.mark.parametrize(
    ("form", "answers"),
    [("family_declaration", DECLARED), ("application", REGISTERED), ("application", WAIVED)],
)
def test_a_code_that_no_family_has_is_looked_at(
    desk: Desk, form: str, answers: dict[str, object]
) -> None:
    document_id = desk.check(form, answers={**answers, "family_code": UNKNOWN_CODE})
    assert ("unknown_family_code", "family_code") in desk.codes(document_id)
    assert desk.review(document_id, "operator") is DocumentState.READY
    decide(desk, "operator", authorise, document_id)
    assert UNKNOWN_CODE in list_codes(desk)


def test_a_code_of_another_unit_is_looked_at(desk: Desk) -> None:
    document_id = desk.check(unit_id=2)
    assert ("unknown_family_code", "family_code") in desk.codes(document_id)


def test_a_code_put_right_in_review_is_not_asked_about_again_nor_let_stand(desk: Desk) -> None:
    document_id = desk.check(answers={**DECLARED, "family_code": UNKNOWN_CODE})
    for who in ("operator", "second_operator"):
        hold = desk.take(document_id, who)
        desk.enter(hold, who, "family_code", KNOWN_CODE)
        desk.finish(hold, who)
    assert desk.state(document_id) is DocumentState.READY
    assert ("unknown_family_code", "family_code") not in desk.codes(document_id)
    assert desk.trail(document_id, "finding:acknowledge") == []


def test_a_warning_that_a_correction_leaves_true_is_found_again(desk: Desk) -> None:
    document_id = desk.check(answers={**DECLARED, "family_code": UNKNOWN_CODE})
    for who in ("operator", "second_operator"):
        hold = desk.take(document_id, who)
        desk.enter(hold, who, "family_code", "8888888888")
        assert desk.tasks(document_id, who) == ()
        desk.finish(hold, who)
    assert desk.state(document_id) is DocumentState.REVIEW
    (look,) = desk.tasks(document_id, "operator")
    assert look.codes == ("unknown_family_code",) and not look.mended


def issue(desk: Desk, printed: dict[str, str]) -> None:
    """A declaration with the number 77 was printed for the family."""
    with desk.act() as act:
        case = find_case_by_code(act.session, KNOWN_CODE)
        assert case is not None
        act.session.add(
            IssuedPrint(
                case_id=case.id,
                form="family_declaration",
                edition=date(2015, 5, 1),
                serial=77,
                rows={},
                values=printed,
                sha256="0" * 64,
                printed_at=act.now,
                printed_by="operator",
            )
        )


def test_what_was_printed_and_reads_otherwise_is_looked_at(desk: Desk) -> None:
    issue(desk, {"representative_personal_number": "01001012399", "family_code": KNOWN_CODE})
    document_id = desk.check(serial=77)
    mismatch = ("print_mismatch", "representative_personal_number")
    assert mismatch in desk.codes(document_id)
    assert ("print_mismatch", "family_code") not in desk.codes(document_id)
    other = desk.check(serial=0)
    assert mismatch not in desk.codes(other)


def test_what_was_printed_and_is_not_seen_is_looked_at(desk: Desk) -> None:
    issue(desk, {"flat": "7"})
    document_id = desk.check(changes={"flat": EMPTY}, serial=77)
    assert ("print_mismatch", "flat") in desk.codes(document_id)
    assert desk.state(document_id) is DocumentState.REVIEW


def test_a_printed_answer_may_be_put_right_on_the_paper_but_not_the_family(desk: Desk) -> None:
    issue(desk, {"representative_personal_number": "01001012399"})
    with desk.act() as act:
        open_case(act, 1, UNKNOWN_CODE)
    corrected = {"state": FieldState.CORRECTED, "reason": Reason.SIGNED_CORRECTION}
    document_id = desk.check(
        serial=77,
        answers={**DECLARED, "family_code": UNKNOWN_CODE},
        changes={"representative_personal_number": corrected, "family_code": corrected},
    )
    assert ("print_mismatch", "family_code") in desk.codes(document_id)
    assert ("print_mismatch", "representative_personal_number") not in desk.codes(document_id)


def make_ready(desk: Desk) -> int:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    desk.review(document_id, "operator", A9="4")
    return document_id


def test_authorising_twice_makes_one_record(desk: Desk) -> None:
    document_id = make_ready(desk)
    revision = desk.find(document_id).revision
    ids = set()
    for _ in range(2):
        with desk.act(desk.people["operator"]) as act:
            record = authorise(act, document_id, revision)
            assert record is not None
            ids.add(record.id)
    assert len(ids) == 1
    assert len(desk.trail(document_id, "registry:authorise")) == 1
    with desk.store.read() as session:
        assert session.query(Step).count() == 1


@pytest.mark.parametrize("who", ["archivist", "supervisor", "administrator", "other_unit_operator"])
def test_not_everybody_authorises(desk: Desk, who: str) -> None:
    document_id = make_ready(desk)
    with pytest.raises(NotAllowed):
        decide(desk, who, authorise, document_id)
    assert desk.state(document_id) is DocumentState.READY


def test_what_is_not_ready_is_not_authorised(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    with pytest.raises(NotAllowed):
        decide(desk, "operator", authorise, document_id)
    with desk.act(desk.people["operator"]) as act, pytest.raises(Conflict):
        authorise(act, document_id, 0)


def test_a_new_code_with_one_digit_misread_is_nobodys_code(desk: Desk) -> None:
    with desk.act() as act:
        codes = {open_case(act, 1).family_code for _ in range(12)}
    assert len(codes) == 12
    for code in codes:
        assert len(code) == len(KNOWN_CODE)
        misread = {
            code[:place] + digit + code[place + 1 :]
            for place in range(len(code))
            for digit in "0123456789"
        }
        assert misread & codes == {code}


def test_a_code_is_given_to_one_family_only(desk: Desk) -> None:
    with desk.act() as act, pytest.raises(Conflict):
        open_case(act, 1, KNOWN_CODE)


def test_what_is_opened_stands_in_the_trail(desk: Desk) -> None:
    with desk.store.read() as session:
        opened = session.query(AuditEvent).filter_by(action="case:open").one()
    assert opened.after == {"family_code": KNOWN_CODE, "document": None}
