"""Unclear corrections and critical fields: two people, neither led by the other."""

import pytest

from ocr.readings import FieldState
from tests.workflow.cases.conftest import SECONDS, Desk
from tests.workflow.cases.papers import DOUBTFUL, UNCLEAR
from workflow.cases.entries import list_entries
from workflow.cases.reviewing import release, take_next
from workflow.cases.settling import Need, Stage
from workflow.errors import NotAllowed
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import DocumentState

FIRST, SECOND = "operator", "second_operator"


def test_a_doubtful_field_takes_one_person_and_the_document_is_ready(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    (doubt,) = desk.doubts(document_id)
    assert (doubt.field, doubt.need, doubt.codes) == ("A9", Need.ONE, ("doubtful_value",))
    assert desk.review(document_id, FIRST, A9="4") is DocumentState.READY
    (done,) = desk.doubts(document_id)
    assert done.done


def test_an_unclear_correction_stands_when_two_read_the_same(desk: Desk) -> None:
    document_id = desk.check(changes={"A10": UNCLEAR})
    assert desk.review(document_id, FIRST, A10="1") is DocumentState.SECOND_REVIEW
    assert desk.review(document_id, SECOND, A10="1") is DocumentState.READY


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1", "4"),
        ("1", Verdict.UNCLEAR),
        (Verdict.UNCLEAR, "1"),
        (Verdict.UNCLEAR, Verdict.UNCLEAR),
        (Verdict.EMPTY, Verdict.EMPTY),
    ],
)
def test_an_unclear_correction_stays_unclear_otherwise(
    desk: Desk, first: str | Verdict, second: str | Verdict
) -> None:
    document_id = desk.check(changes={"A10": UNCLEAR})
    desk.review(document_id, FIRST, A10=first)
    assert desk.review(document_id, SECOND, A10=second) is DocumentState.NEW_DECLARATION
    (event,) = [e for e in desk.trail(document_id, "document:state")][-1:]
    assert event.law == "order-01-14/annex-1/art-11(3)"


def test_who_calls_a_plain_doubt_unclear_is_not_alone_in_it(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    assert desk.review(document_id, FIRST, A9=Verdict.UNCLEAR) is DocumentState.SECOND_REVIEW
    assert desk.review(document_id, SECOND, A9=Verdict.UNCLEAR) is DocumentState.NEW_DECLARATION


def test_a_critical_field_stands_when_two_enter_the_same(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    assert desk.doubts(document_id)[0].need is Need.TWO
    assert desk.review(document_id, FIRST, A8="6450") is DocumentState.SECOND_REVIEW
    assert desk.review(document_id, SECOND, A8="06450 ") is DocumentState.READY


def test_a_coordinator_settles_what_two_read_differently(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    desk.review(document_id, FIRST, A8="6450")
    assert desk.review(document_id, SECOND, A8="6950") is DocumentState.SETTLE
    with pytest.raises(NotAllowed):
        desk.take(document_id, FIRST)
    assert desk.review(document_id, "coordinator", A8="6950") is DocumentState.READY
    (doubt,) = desk.doubts(document_id)
    assert doubt.stage is Stage.DONE


def test_a_coordinator_who_was_one_of_two_settles_with_what_she_said_before(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    first = desk.take(document_id, FIRST)
    desk.enter(first, FIRST, "A9", "4")
    with desk.act(desk.people[FIRST]) as act:
        release(act, first)
    own = desk.take(document_id, "coordinator")
    desk.enter(own, "coordinator", "A9", "5")
    assert desk.finish(own, "coordinator") is DocumentState.SETTLE
    again = desk.take(document_id, "coordinator")
    for seen in (1, 2):  # the second time is a form sent twice
        desk.enter(again, "coordinator", "A9", "5", seen=seen)
    assert desk.finish(again, "coordinator") is not DocumentState.SETTLE
    assert len(desk.trail(document_id, "declaration:field:enter")) == 3


def test_nobody_is_first_and_second(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    desk.review(document_id, FIRST, A8="6450")
    with pytest.raises(NotAllowed):
        desk.take(document_id, FIRST)
    with desk.act(desk.people[FIRST]) as act:
        assert take_next(act, SECONDS) is None
    with desk.act(desk.people[SECOND]) as act:
        hold = take_next(act, SECONDS)
    assert hold is not None and hold.document_id == document_id


def test_the_second_person_sees_nothing_of_the_first_ones_answer(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    desk.review(document_id, FIRST, A8="6450")
    document = desk.find(document_id)
    with desk.store.read() as session:
        session.add(document)
        seen = {
            who: len(list_entries(session, document, desk.people[who]))
            for who in (FIRST, SECOND, "coordinator", "supervisor")
        }
    assert seen == {FIRST: 1, SECOND: 0, "coordinator": 0, "supervisor": 1}
    desk.review(document_id, SECOND, A8="6950")
    with desk.store.read() as session:
        document = session.merge(document)
        session.refresh(document)
        assert len(list_entries(session, document, desk.people["coordinator"])) == 2


def test_a_field_changed_of_ones_own_accord_is_checked_like_any_other(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    hold = desk.take(document_id, FIRST)
    desk.enter(hold, FIRST, "A9", "4")
    desk.enter(hold, FIRST, "A8", "6450")
    assert desk.finish(hold, FIRST) is DocumentState.SECOND_REVIEW
    assert desk.review(document_id, SECOND, A8="6450") is DocumentState.READY


def test_two_who_share_the_first_turn_are_each_others_second(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL, "E1": DOUBTFUL})
    hold = desk.take(document_id, FIRST)
    desk.enter(hold, FIRST, "A8", "6450")
    desk.clock.advance(seconds=SECONDS + 1)
    assert desk.review(document_id, SECOND, E1="12050") is DocumentState.SECOND_REVIEW
    for who, field, value in ((SECOND, "A8", "6450"), (FIRST, "E1", "12050")):
        with desk.act(desk.people[who]) as act:
            taken = take_next(act, SECONDS)
        assert taken is not None
        assert [task.field for task in desk.tasks(document_id, who)] == [field]
        desk.enter(taken, who, field, value)
        desk.finish(taken, who)
    assert desk.state(document_id) is DocumentState.READY


def test_the_value_of_two_replaces_the_reading_in_the_record(desk: Desk) -> None:
    document_id = desk.check(changes={"E1": {"value": None, "state": FieldState.UNCLEAR}})
    desk.review(document_id, FIRST, E1="12050")
    desk.review(document_id, SECOND, E1="12050")
    assert desk.state(document_id) is DocumentState.READY


def test_a_field_that_one_person_alone_calls_unclear_is_settled_by_a_coordinator(
    desk: Desk,
) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    state = desk.review(document_id, FIRST, A9=Verdict.UNCLEAR)
    assert state is DocumentState.SECOND_REVIEW
    assert desk.review(document_id, SECOND, A9=" 3") is DocumentState.SETTLE
    assert desk.review(document_id, "coordinator", A9=" 3") is DocumentState.READY
