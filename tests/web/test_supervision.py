import re

import pytest
from flask import Flask
from sqlalchemy import text

from tests.acting import Begin, Clock
from tests.web.conftest import SignIn
from tests.web.trail import list_events
from tests.workflow.audit.attacks import attack
from web.supervision.telling import Teller
from web.supervision.words import ACTIONS as WORDED
from web.supervision.words import FACTS, OUTCOMES, PURPOSES
from workflow.acts import Actor
from workflow.assignment.outcomes import Outcome
from workflow.audit.actions import ACTIONS
from workflow.audit.seals import seal_trail
from workflow.printing.prefill import ASSIGNMENT, VISIT
from workflow.settings import Settings
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Store

SECRET = {"is": "01001012345"}


@pytest.fixture
def happened(app: Flask, act: Begin, clock: Clock, people: dict[str, Actor]) -> None:
    """A document is received one day, and a field of it entered the next."""
    with act() as doing:
        doing.record("document:state", "document:7", {"state": "received"}, _enter("review"))
    clock.advance(days=1)
    with act(people["operator"]) as doing:
        doing.record("declaration:field:enter", "document:7", {"value": None}, _fill())
    clock.advance(days=1)


def _enter(state: str) -> dict[str, object]:
    return {"state": state, "reason": "because"}


def _fill() -> dict[str, object]:
    told = {"field": "A10", "verdict": "value", "value": SECRET, "entry": 1, "version": 1}
    return {**told, "registered": None}


def read_numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'scope="row"[^>]*>(\d+)</th>', page)]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("archivist", 403),
        ("operator", 403),
        ("coordinator", 403),
        ("administrator", 403),
        ("supervisor", 200),
    ],
)
def test_the_trail_opens_by_role(app: Flask, sign_in: SignIn, who: str, status: int) -> None:
    visitor = sign_in(who)
    assert visitor.get("/trail").status_code == status
    checked = visitor.submit("/trail/verification").status_code
    assert checked == (302 if status == 200 else 403)


def test_events_are_shown_newest_first_and_reading_them_is_one(
    happened: None, store: Store, sign_in: SignIn
) -> None:
    page = sign_in("supervisor").get("/trail").text
    numbers = read_numbers(page)
    assert numbers == sorted(numbers, reverse=True)
    with store.read() as session:
        (read,) = [e for e in list_events(session, "trail:all") if e.action == "trail:read"]
    assert (read.actor, read.seq) == ("supervisor", numbers[0])


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("subject=document:7", [1, 2]),
        ("actor=operator", [2]),
        ("actor=system&subject=document:7", [1]),
        ("action=document:state", [1]),
        ("day=2026-03-02", [1]),
        ("day=2026-03-03", [2]),
        ("action=document:state&day=2026-03-03", []),
    ],
)
def test_events_are_found_by_subject_person_action_and_day(
    happened: None, sign_in: SignIn, question: str, shown: list[int]
) -> None:
    assert read_numbers(sign_in("supervisor").get(f"/trail?{question}").text) == shown[::-1]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ({"subject": "document 7"}, [2, 1]),
        ({"subject": "Document no. 7"}, [2, 1]),
        ({"subject": "document 8"}, []),
        ({"day": "2.3.2026"}, [1]),
        ({"day": "02.03.2026"}, [1]),
    ],
)
def test_events_are_asked_for_as_people_write(
    happened: None, sign_in: SignIn, question: dict[str, str], shown: list[int]
) -> None:
    answer = sign_in("supervisor").get("/trail", query_string=question)
    assert read_numbers(answer.text) == shown


def test_a_day_that_is_none_is_said_to_be_so(happened: None, sign_in: SignIn) -> None:
    for day in ("yesterday", "31.2.2026"):
        assert "Give the day as" in sign_in("supervisor").get(f"/trail?day={day}").text


def test_a_georgian_page_says_in_georgian_what_events_are_about(
    happened: None, act: Begin, sign_in: SignIn
) -> None:
    with act() as doing:
        doing.record("document:read", "document:7", after={"page": "return note"})
        doing.record("document:read", "document:7", after={"page": "version 2"})
        doing.record("user:password", "user:2")
    supervisor = sign_in("supervisor", "ka")
    supervisor.get("/trail")
    page = supervisor.get("/trail").text
    shown = re.sub(r"<[^>]*>", "\n", page)
    for words in ("დოკუმენტი №7", "მთელი ჟურნალი", "ყველაფერი", "ვერსია 2", "დაბრუნების ფურცელი"):
        assert words in shown
    for code in ("document:7", "trail:all", "return note", "version 2", "user:2"):
        assert code not in shown
    georgian = supervisor.get("/trail", query_string={"subject": "დოკუმენტი №7"})
    assert read_numbers(georgian.text) == [4, 3, 2, 1]


def test_a_day_begins_at_midnight_in_georgia(
    app: Flask, act: Begin, clock: Clock, sign_in: SignIn
) -> None:
    clock.advance(hours=12)  # midnight between the second and the third of March
    with act() as doing:
        doing.record("case:read", "case:1")
    supervisor = sign_in("supervisor")
    assert 1 in read_numbers(supervisor.get("/trail?day=2026-03-03").text)
    assert 1 not in read_numbers(supervisor.get("/trail?day=2026-03-02").text)


def test_what_stands_on_papers_is_not_told_here(happened: None, sign_in: SignIn) -> None:
    page = sign_in("supervisor").get("/trail").text
    assert "Field entered" in page
    assert "01001012345" not in page and "because" not in page


def test_screens_neither_repeat_nor_lose_an_event(app: Flask, act: Begin, sign_in: SignIn) -> None:
    with act() as doing:
        for number in range(70):
            doing.record("case:read", f"case:{number}")
    supervisor = sign_in("supervisor")
    first = supervisor.get("/trail?action=case:read").text
    onward = re.search(r'href="(/trail\?[^"]*before=\d+)"', first)
    assert onward
    second = supervisor.get(onward[1].replace("&amp;", "&")).text
    assert read_numbers(first) + read_numbers(second) == list(range(70, 0, -1))


def test_a_whole_trail_is_verified_and_said_to_be_whole(
    happened: None, store: Store, settings: Settings, clock: Clock, sign_in: SignIn
) -> None:
    supervisor = sign_in("supervisor")
    assert "Never yet" in supervisor.get("/trail").text
    seal_trail(store, settings.seals, clock())
    supervisor.submit("/trail/verification")
    page = supervisor.get("/trail").text
    assert "The trail is whole" in page
    assert "Daily seals" in page
    with store.read() as session:
        (told,) = [e for e in list_events(session, "trail:all") if e.action == "trail:verify"]
    assert told.after == {"events": told.seq - 1, "fault": None}


def test_a_broken_trail_names_its_first_broken_event(
    happened: None, store: Store, sign_in: SignIn
) -> None:
    attack(
        store,
        lambda session: session.execute(text("UPDATE audit_event SET actor = 'x' WHERE seq = 2")),
    )
    supervisor = sign_in("supervisor")
    supervisor.submit("/trail/verification")
    page = supervisor.get("/trail").text
    assert "The trail is broken: event 2" in page
    assert "Broken</strong>" in supervisor.get("/trail").text


def test_every_event_and_all_that_it_tells_has_words() -> None:
    told = {key for _, after in ACTIONS.values() for key in after}
    assert set(ACTIONS) - set(WORDED) == set()
    assert told - set(FACTS) == set()


def test_every_outcome_and_every_purpose_has_words() -> None:
    assert set(Outcome) - set(OUTCOMES) == set()
    assert {VISIT, ASSIGNMENT} == set(PURPOSES)


def test_an_event_of_tomorrow_is_told_as_it_was_recorded(app: Flask, clock: Clock) -> None:
    recorded = AuditEvent(
        seq=1,
        at=clock(),
        actor="somebody",
        role="a role of tomorrow",
        action="paper:fold",
        subject="paper:1",
        before={"corners": 4},
        after={"corners": 2, "state": "folded"},
        law=None,
    )
    with app.test_request_context(headers={"Accept-Language": "en"}):
        shown = Teller({}, {}, "en").tell(recorded)
    assert (shown.title, shown.who) == ("paper:fold", "somebody")
    assert [(fact.name, fact.before, fact.after) for fact in shown.facts] == [
        ("corners", "4", "2"),
        ("State", None, "folded"),
    ]
