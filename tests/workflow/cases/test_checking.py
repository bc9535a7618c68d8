"""The step that checks, and people who come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.workflow.cases.conftest import SECONDS, Desk
from tests.workflow.cases.papers import DOUBTFUL, store_paper
from tests.workflow.cases.test_registry import make_ready
from workflow.acts import Act
from workflow.cases.authorising import authorise
from workflow.cases.checking import check_document
from workflow.cases.reviewing import record_viewing, take_next
from workflow.errors import NotAllowed
from workflow.jobs.work import Work
from workflow.settings import Settings
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import DocumentState
from workflow.store.models.people import Role, User


def test_the_step_checks_a_version_once(desk: Desk, settings: Settings) -> None:
    with desk.act() as act:
        document_id = store_paper(act.session, "family_declaration", act.now).id
    signs: list[int] = []
    work = Work(desk.store, settings, lambda: signs.append(1))
    for _ in range(2):
        commit = check_document(work, document_id)
        with desk.act() as act:
            commit(act)
    assert desk.state(document_id) is DocumentState.AUTHORISED
    assert len(desk.trail(document_id, "document:check")) == 1
    assert signs


def test_a_check_keeps_the_law_and_the_code_that_it_went_by(desk: Desk) -> None:
    version = desk.find(desk.check(changes={"A9": DOUBTFUL})).current
    assert version.case_code == "1234567890"
    assert (version.run, version.doubts, version.disposition) == (1, 1, "needs_review")
    assert version.law_day is not None and version.law_edition


def test_two_who_authorise_at_once_make_one_record(desk: Desk) -> None:
    document_id = make_ready(desk)
    revision, start = desk.find(document_id).revision, Barrier(2)

    def press(who: str) -> int:
        start.wait()
        with desk.store.write() as session:
            return authorise(Act(session, desk.people[who], desk.clock()), document_id, revision).id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(press, ("operator", "coordinator")))) == 1
    with desk.store.read() as session:
        assert session.query(RegistryRecord).count() == 1


def test_whoever_opens_a_document_stands_in_its_trail(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    with desk.act(desk.people["operator"]) as act:
        record_viewing(act, desk.find(document_id))
    (event,) = desk.trail(document_id, "document:read")
    assert (event.actor, event.after) == ("operator", {"page": "review"})


def disagree_with_the_coordinator(desk: Desk) -> int:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    desk.review(document_id, "coordinator", A8="6450")
    assert desk.review(document_id, "operator", A8="6950") is DocumentState.SETTLE
    return document_id


def test_a_lone_coordinator_settles_even_as_one_of_the_two(desk: Desk) -> None:
    document_id = disagree_with_the_coordinator(desk)
    assert desk.review(document_id, "coordinator", A8="6450") is DocumentState.READY


def test_one_of_the_two_does_not_settle_where_another_coordinator_can(desk: Desk) -> None:
    document_id = disagree_with_the_coordinator(desk)
    add_coordinator(desk, "second_operator")
    with pytest.raises(NotAllowed):
        desk.take(document_id, "coordinator")
    with desk.act(desk.people["coordinator"]) as act:
        assert take_next(act, SECONDS) is None


def add_coordinator(desk: Desk, username: str) -> None:
    """Somebody of the unit becomes one."""
    with desk.store.write() as session:
        other = session.query(User).filter_by(username=username).one()
        other.roles = [session.query(Role).filter_by(name="coordinator").one()]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_behind_many_papers_for_others_the_next_of_ones_own_is_found(desk: Desk) -> None:
    for _ in range(6):
        disagree_with_the_coordinator(desk)
    theirs = desk.check(changes={"A8": DOUBTFUL})
    desk.review(theirs, "operator", A8="6450")
    assert desk.review(theirs, "second_operator", A8="6950") is DocumentState.SETTLE
    add_coordinator(desk, "supervisor")
    with desk.act(desk.people["coordinator"]) as act:
        hold = take_next(act, SECONDS)
    assert hold is not None and hold.document_id == theirs
