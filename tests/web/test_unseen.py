"""Nobody who may be the second person of a field is led by what is known of it."""

import pytest

from tests.web.conftest import SignIn
from tests.web.reviewing import take_next
from tests.web.station import CRITICAL, Station
from tests.web.test_review_finishing import read_alone
from tests.web.visiting import Visitor
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DOUBTFUL, UNCLEAR
from workflow.store.models.paper import DocumentState


def test_nothing_leads_a_person_who_may_be_the_second(desk: Desk, sign_in: SignIn) -> None:
    document_id = desk.check(changes={"C4": UNCLEAR})
    said = "7654321"
    desk.review(document_id, "operator", C4=said)
    assert desk.state(document_id) is DocumentState.SECOND_REVIEW
    shown = said[:-2]

    def see(who: str, path: str = "") -> bool:
        return shown in sign_in(who).get(f"/documents/{document_id}{path}").text

    assert not see("second_operator")
    assert not see("coordinator") and not see("coordinator", "/trail")
    assert see("operator")
    assert see("supervisor") and see("supervisor", "/trail")


@pytest.mark.parametrize("who", ["second_operator", "coordinator"])
def test_nothing_of_a_field_for_two_is_told_before_both_have_entered_it(
    desk: Desk, sign_in: SignIn, who: str
) -> None:
    said, read = "8888888888", "9999999999"
    document_id = desk.check(changes={"family_code": {"value": read}, "A10": DOUBTFUL})
    hold = desk.take(document_id, "operator")
    desk.enter(hold, "operator", "family_code", said)
    paths = [f"/documents/{document_id}", f"/documents/{document_id}/versions/1"]
    for path in [*paths, f"/review/{document_id}/finished"]:
        page = sign_in(who).get(path)
        assert page.status_code == 200
        assert read not in page.text and said not in page.text
    assert "not shown until people have entered it" in sign_in(who).get(paths[0]).text
    assert said in sign_in("operator").get(paths[0]).text
    assert read in sign_in("supervisor").get(paths[0]).text


def test_the_second_person_has_no_list_of_all_answers(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    read_alone(operator, one, CRITICAL, "888")
    page = second.get(take_next(second)).text
    assert "You are the second person" in page
    assert "All answers" not in page
