"""What came to be known between the check of a paper and its authorisation."""

from datetime import date

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.test_knowledge import CHILD, DECLARATION, FILLED, OTHER_CODE, enter
from tests.workflow.cases.test_registry import make_ready
from workflow.cases.authorising import authorise
from workflow.store.decisions import find_record
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import DocumentState

ELSEWHERE = ("member_elsewhere_at_visit", "members[2].personal_number")


def send(desk: Desk, document_id: int) -> RegistryRecord | None:
    revision = desk.find(document_id).revision
    with desk.act(desk.people["operator"]) as act:
        return authorise(act, document_id, revision)


def test_a_ready_paper_goes_back_when_another_family_has_named_its_member_since(
    desk: Desk,
) -> None:
    document_id = make_ready(desk)
    enter(desk, OTHER_CODE, DECLARATION, (CHILD,), FILLED)
    assert send(desk, document_id) is None
    assert desk.state(document_id) is DocumentState.REVIEW
    assert ELSEWHERE in desk.codes(document_id)
    with desk.store.read() as session:
        assert find_record(session, document_id) is None


def test_what_a_person_has_let_stand_holds_the_paper_up_no_more(desk: Desk) -> None:
    document_id = make_ready(desk)
    enter(desk, OTHER_CODE, DECLARATION, (CHILD,), FILLED)
    send(desk, document_id)
    assert desk.review(document_id, "operator") is DocumentState.READY
    assert send(desk, document_id) is not None
    assert desk.state(document_id) is DocumentState.AUTHORISED


def test_what_concerns_nobody_of_the_paper_changes_nothing(desk: Desk) -> None:
    document_id = make_ready(desk)
    enter(desk, OTHER_CODE, DECLARATION, ("01001099999",), date(2015, 11, 20))
    assert send(desk, document_id) is not None
