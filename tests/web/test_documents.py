import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.station import FAULTY
from tests.web.trail import list_events
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import (
    DOUBTFUL,
)
from workflow.store.documents import find_document
from workflow.store.models.paper import DocumentState
from workflow.store.models.work import Lease
from workflow.store.session import Store

ROLES = ("archivist", "operator", "coordinator", "supervisor", "administrator")


READERS = {"archivist", "operator", "coordinator", "supervisor"}


VIEWS = {
    "/documents": READERS,
    "/documents/{}": READERS,
    "/documents/{}/versions/1": READERS,
    "/documents/{}/return-note": READERS,
    "/documents/{}/trail": {"coordinator", "supervisor"},
}


DECISIONS = {
    "/documents/{}/confirm": {"coordinator"},
    "/documents/{}/refute": {"coordinator"},
    "/documents/{}/keep-image": {"archivist", "coordinator"},
    "/documents/{}/discard": {"archivist", "coordinator"},
    "/review/{}/authorise": {"operator", "coordinator"},
    "/documents/{}/scan-again": {"archivist", "coordinator"},
}


STALE = {"revision": 999, "reason": "seen on the paper"}


def move_elsewhere(store: Store, document_id: int) -> None:
    with store.write() as session:
        find_document(session, document_id).unit_id = 2


def read_numbers(page: str) -> list[int]:
    """The documents that a list shows, in its order."""
    return [int(number) for number in re.findall(r'href="/documents/(\d+)"', page)]


def list_looks(store: Store, document_id: int) -> list[tuple[str, str]]:
    with store.read() as session:
        events = list_events(session, f"document:{document_id}")
    return [(e.actor, e.after["page"]) for e in events if e.action == "document:read" and e.after]


@contextmanager
def count_questions(store: Store) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(store.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("who", ROLES)
def test_pages_open_by_role(faulty: int, sign_in: SignIn, who: str) -> None:
    visitor = sign_in(who)
    opened = {path for path in VIEWS if visitor.get(path.format(faulty)).status_code == 200}
    assert opened == {path for path, roles in VIEWS.items() if who in roles}


@pytest.mark.parametrize("who", ROLES)
def test_decisions_are_taken_by_role(faulty: int, sign_in: SignIn, desk: Desk, who: str) -> None:
    visitor = sign_in(who)
    statuses = {
        path: visitor.submit(path.format(faulty), **STALE).status_code for path in DECISIONS
    }
    refused = {path for path, status in statuses.items() if status == 403}
    assert refused == {path for path, roles in DECISIONS.items() if who not in roles}
    assert desk.state(faulty) is DocumentState.CONFIRM_RETURN


def test_nobody_finds_the_paper_of_another_unit(
    faulty: int, store: Store, sign_in: SignIn, desk: Desk
) -> None:
    move_elsewhere(store, faulty)
    coordinator = sign_in("coordinator")
    views = [path.format(faulty) for path in VIEWS if "{}" in path]
    assert {coordinator.get(path).status_code for path in views} == {404}
    sent = [coordinator.submit(path.format(faulty), **STALE) for path in DECISIONS]
    assert {answer.status_code for answer in sent} == {404}
    assert read_numbers(coordinator.get("/documents").text) == []
    assert list_looks(store, faulty) == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [("", "document"), ("/versions/1", "version 1"), ("/return-note", "return note")],
)
def test_who_sees_a_paper_is_recorded_before_it_is_shown(
    faulty: int, store: Store, sign_in: SignIn, path: str, shown: str
) -> None:
    sign_in("operator").get(f"/documents/{faulty}{path}")
    assert list_looks(store, faulty) == [("operator", shown)]


def test_the_list_is_narrowed_by_state_form_family_and_number(desk: Desk, sign_in: SignIn) -> None:
    faulty = desk.check(changes=FAULTY)
    doubtful = desk.check(changes={"C4": DOUBTFUL})
    applied = desk.check("application")
    operator = sign_in("operator")

    def ask(question: str) -> list[int]:
        return read_numbers(operator.get(f"/documents?{question}").text)

    assert ask("") == [applied, doubtful, faulty]
    assert ask("state=confirm_return") == [faulty]
    assert ask("form=application") == [applied]
    assert ask(f"family={KNOWN_CODE}") == [doubtful, faulty]
    assert ask(f"number={doubtful}&state=review") == [doubtful]
    assert ask("family=0") == []


def test_a_number_that_is_none_is_said_to_be_so(desk: Desk, sign_in: SignIn) -> None:
    page = sign_in("operator").get("/documents?number=twelve").text
    assert "Give the number of the document in digits" in page


def test_a_line_tells_batch_family_due_day_and_who_holds_it(
    faulty: int, store: Store, sign_in: SignIn, desk: Desk, clock: Clock
) -> None:
    with store.write() as session:
        find_document(session, faulty).due = date(2026, 2, 27)
    held = desk.check(changes={"C4": DOUBTFUL})
    desk.take(held, "operator")
    page = sign_in("coordinator").get("/documents").text
    assert all(words in page for words in ("27 Feb 2026", "Overdue", KNOWN_CODE, "batch "))
    assert page.count(">Operator<") == 1
    overdue = sign_in("coordinator").get("/documents?overdue=1").text
    assert read_numbers(overdue) == [faulty]


def test_screens_of_the_list_neither_repeat_nor_lose_a_document(
    desk: Desk, store: Store, sign_in: SignIn
) -> None:
    ids = [desk.check("application") for _ in range(60)]
    operator = sign_in("operator")
    first = operator.get("/documents").text
    onward = re.search(r'href="(/documents\?before=\d+)"', first)
    assert onward
    second = operator.get(onward[1]).text
    assert read_numbers(first) + read_numbers(second) == ids[::-1]
    assert "Back to the newest" in second


def test_looking_at_list_and_document_claims_nothing(
    desk: Desk, store: Store, sign_in: SignIn
) -> None:
    document_id = desk.check(changes={"C4": DOUBTFUL})
    before = desk.find(document_id).revision
    operator = sign_in("operator")
    for path in ("/documents", "/documents?state=review", f"/documents/{document_id}"):
        operator.get(path)
    with store.read() as session:
        assert session.query(Lease).count() == 0
    assert desk.find(document_id).revision == before


def test_a_longer_list_asks_the_database_no_more(desk: Desk, store: Store, sign_in: SignIn) -> None:
    operator = sign_in("operator")
    desk.check("application")
    with count_questions(store) as few:
        operator.get("/documents")
    for _ in range(8):
        desk.check("application")
    with count_questions(store) as many:
        operator.get("/documents")
    assert len(many) == len(few)


def test_the_page_says_where_a_document_stands_and_by_which_article(
    faulty: int, sign_in: SignIn
) -> None:
    page = sign_in("operator").get(f"/documents/{faulty}").text
    assert "A coordinator confirms the faults. Then the paper goes back to the agent." in page
    assert "Order 02-150, annex 3, article 6(1)" in page
    assert "The answer is missing." in page
    assert "/pictures/readings/" in page


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("archivist", {"scan-again"}),
        ("operator", set()),
        ("coordinator", {"confirm", "refute", "discard", "scan-again"}),
        ("supervisor", set()),
    ],
)
def test_only_decisions_that_are_open_to_the_person_are_offered(
    faulty: int, sign_in: SignIn, who: str, offered: set[str]
) -> None:
    page = sign_in(who).get(f"/documents/{faulty}").text
    found = set(re.findall(rf'action="/documents/{faulty}/([a-z-]+)"', page))
    assert found == offered


def test_a_document_to_review_can_be_taken_from_its_page(desk: Desk, sign_in: SignIn) -> None:
    document_id = desk.check(changes={"C4": DOUBTFUL})
    assert (
        f'action="/review/{document_id}/take"'
        in sign_in("operator").get(f"/documents/{document_id}").text
    )
    assert "/take" not in sign_in("supervisor").get(f"/documents/{document_id}").text


def test_values_stand_with_what_was_read_what_it_means_and_how_sure_it_is(
    desk: Desk, sign_in: SignIn
) -> None:
    document_id = desk.check(changes={"A10": DOUBTFUL})
    page = sign_in("operator").get(f"/documents/{document_id}").text
    assert "program, 40\u00a0%" in page
    assert "What is the floor mainly made of" in page
