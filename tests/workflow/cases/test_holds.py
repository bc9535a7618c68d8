"""Who works on what, and what happens to those who come too late."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.workflow.cases.conftest import SECONDS, Desk
from tests.workflow.cases.papers import DOUBTFUL
from workflow.acts import Act
from workflow.cases.entries import enter_value, list_entries
from workflow.cases.reviewing import Hold, release, renew, take_next
from workflow.errors import Conflict, LeaseLost, NotAllowed, NotFound
from workflow.store.models.decisions import FieldValue, Verdict
from workflow.store.models.paper import DocumentState

FIRST, SECOND = "operator", "second_operator"
CHANGES = {"A9": DOUBTFUL}


def take(desk: Desk, who: str, **how: int) -> Hold | None:
    with desk.act(desk.people[who]) as act:
        return take_next(act, SECONDS, **how)


def test_two_people_who_ask_at_once_get_different_documents(desk: Desk) -> None:
    documents = {desk.check("application", {"members[1].surname": DOUBTFUL}) for _ in range(3)}
    start = Barrier(2)

    def ask(who: str) -> int | None:
        start.wait()
        with desk.store.write() as session:
            hold = take_next(Act(session, desk.people[who], desk.clock()), SECONDS)
        return hold and hold.document_id

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(ask, (FIRST, SECOND)))
    assert len(set(taken)) == 2
    assert set(taken) < documents


def test_the_oldest_document_comes_first_and_the_same_until_it_is_given_back(desk: Desk) -> None:
    older, newer = desk.check(changes=CHANGES), desk.check(changes=CHANGES)
    first, again = take(desk, FIRST), take(desk, FIRST)
    assert first is not None and again is not None
    assert (first.document_id, again.document_id) == (older, older)
    with desk.act(desk.people[FIRST]) as act:
        release(act, first)
    skipped = take(desk, FIRST, after_id=older)
    assert skipped is not None and skipped.document_id == newer


def test_only_documents_of_the_form_that_is_asked_for_are_handed_out(desk: Desk) -> None:
    desk.check(changes=CHANGES)
    application = desk.check("application", {"members[1].surname": DOUBTFUL})
    with desk.act(desk.people[FIRST]) as act:
        hold = take_next(act, SECONDS, form="application")
    assert hold is not None and hold.document_id == application


@pytest.mark.parametrize("who", ["other_unit_operator", "archivist", "supervisor"])
def test_whoever_has_no_part_in_it_gets_nothing(desk: Desk, who: str) -> None:
    document_id = desk.check(changes=CHANGES)
    assert take(desk, who) is None
    with pytest.raises(NotAllowed):
        desk.take(document_id, who)


def test_what_one_holds_the_other_does_not_get(desk: Desk) -> None:
    document_id = desk.check(changes=CHANGES)
    desk.take(document_id, FIRST)
    assert take(desk, SECOND) is None
    with pytest.raises(LeaseLost):
        desk.take(document_id, SECOND)


def test_a_hold_lost_in_mid_edit_changes_nothing(desk: Desk) -> None:
    document_id = desk.check(changes=CHANGES)
    late = desk.take(document_id, FIRST)
    desk.clock.advance(seconds=SECONDS + 1)
    desk.take(document_id, SECOND)
    for attempt in (
        lambda: desk.enter(late, FIRST, "A9", "4"),
        lambda: desk.finish(late, FIRST),
    ):
        with pytest.raises(LeaseLost):
            attempt()
    with desk.store.read() as session:
        assert session.query(FieldValue).count() == 0
    assert desk.state(document_id) is DocumentState.REVIEW


def test_a_hold_that_is_renewed_lasts(desk: Desk) -> None:
    document_id = desk.check(changes=CHANGES)
    hold = desk.take(document_id, FIRST)
    desk.clock.advance(seconds=SECONDS - 1)
    with desk.act(desk.people[FIRST]) as act:
        hold = renew(act, hold, SECONDS)
    desk.clock.advance(seconds=SECONDS - 1)
    desk.enter(hold, FIRST, "A9", "4")
    desk.clock.advance(seconds=1)
    with desk.act(desk.people[FIRST]) as act, pytest.raises(LeaseLost):
        renew(act, hold, SECONDS)


def test_entries_stay_with_the_person_when_the_hold_is_lost(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL, "A10": DOUBTFUL})
    desk.enter(desk.take(document_id, FIRST), FIRST, "A9", "4")
    desk.clock.advance(seconds=SECONDS + 1)
    hold = desk.take(document_id, SECOND)
    assert [task.field for task in desk.tasks(document_id, SECOND)] == ["A10"]
    with desk.act(desk.people[SECOND]) as act:
        release(act, hold)
        document = desk.find(document_id)
        (entry,) = list_entries(act.session, document, desk.people[FIRST])
    assert (entry.field, entry.value, entry.number) == ("A9", "4", 1)


def test_the_same_entry_sent_twice_is_one_entry(desk: Desk) -> None:
    document_id = desk.check(changes=CHANGES)
    hold = desk.take(document_id, FIRST)
    for _ in range(2):
        desk.enter(hold, FIRST, "A9", "4", seen=0)
    assert len(desk.trail(document_id, "declaration:field:enter")) == 1


def test_an_entry_from_a_stale_page_is_a_conflict(desk: Desk) -> None:
    hold = desk.take(desk.check(changes=CHANGES), FIRST)
    desk.enter(hold, FIRST, "A9", "4", seen=0)
    with pytest.raises(Conflict):
        desk.enter(hold, FIRST, "A9", "5", seen=0)
    desk.enter(hold, FIRST, "A9", "5", seen=1)


def test_nobody_finishes_while_something_is_open_for_them(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL, "A10": DOUBTFUL})
    hold = desk.take(document_id, FIRST)
    desk.enter(hold, FIRST, "A9", "4")
    with pytest.raises(Conflict):
        desk.finish(hold, FIRST)


def test_a_field_that_the_form_has_not_cannot_be_entered(desk: Desk) -> None:
    hold = desk.take(desk.check(changes=CHANGES), FIRST)
    with pytest.raises(NotFound):
        desk.enter(hold, FIRST, "Z99", "4")


@pytest.mark.parametrize(
    ("field", "verdict", "value"),
    [
        ("A10", Verdict.VALUE, "17"),
        ("A9", Verdict.VALUE, ""),
        ("A9", Verdict.VALUE, "12345678901234567890"),
        ("A7", Verdict.VALUE, ("8", "17")),
        ("agent_signature", Verdict.VALUE, "yes"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused(
    desk: Desk, field: str, verdict: Verdict, value: str
) -> None:
    hold = desk.take(desk.check(changes=CHANGES), FIRST)
    with pytest.raises((NotAllowed, NotFound)) as refused:
        desk.enter(hold, FIRST, field, value, verdict)
    assert not value or str(value) not in str(refused.value)  # it would stand in a log


def test_what_changes_in_the_trail_is_told_with_what_was_there(desk: Desk) -> None:
    document_id = desk.check(changes=CHANGES)
    hold = desk.take(document_id, FIRST)
    desk.enter(hold, FIRST, "A9", "4", seen=0)
    desk.enter(hold, FIRST, "A9", "5", seen=1)
    told = [
        (e.before["value"], e.after["value"])
        for e in desk.trail(document_id, "declaration:field:enter")
    ]
    assert [after for _, after in told] == [{"is": "4"}, {"is": "5"}]
    assert told[1][0] == {"is": "4"}


def test_enter_value_needs_the_hold_of_that_document(desk: Desk) -> None:
    mine, other = desk.check(changes=CHANGES), desk.check(changes=CHANGES)
    hold = desk.take(mine, FIRST)
    desk.take(other, SECOND)
    stolen = Hold(other, hold.token, hold.expires_at)
    with desk.act(desk.people["coordinator"]) as act, pytest.raises(LeaseLost):
        enter_value(act, stolen, "A9", Verdict.VALUE, "4", 0)
