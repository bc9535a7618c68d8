"""A number that people enter or correct is asked about before its paper takes effect."""

from collections.abc import Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL, add_version
from tests.workflow.registers.conftest import TODAY, Bring
from tests.workflow.registers.extracts import make_row, name_columns, write_csv
from tests.workflow.registers.serving import Say, Service, make_answer, say_json, serve
from tests.workflow.registers.test_checking import ask_of, fail, store_declaration
from validation.registers import Register
from validation.wording import write_message
from web.documents.findings import restore_finding
from workflow.cases.authorising import authorise
from workflow.errors import NotAllowed
from workflow.jobs.runner import run_step
from workflow.registers.asking import find_answers_of
from workflow.registers.services import keep_services
from workflow.settings import Settings
from workflow.store.documents import find_document
from workflow.store.models.decisions import FoundFinding
from workflow.store.models.paper import DocumentState
from workflow.store.models.registers import UnreachedRegister
from workflow.store.models.work import Step, StepState

FIRST, SECOND = "operator", "second_operator"
FIELD = "members[2].personal_number"
ENTERED = "01001012347"
NOT_REACHED = ("register_not_reached", None)


def say_unknown(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
    """Nobody has crossed the border."""
    say_json(handler, make_answer({number: [] for number in asked["personal_numbers"]}))


def list_asked(service: Service) -> list[list[str]]:
    return [asked["personal_numbers"] for asked in service.asked]


def use(settings: Settings, service: Service) -> Settings:
    """Border crossings are asked of the service."""
    return ask_of(settings, service.address(register=Register.BORDER))


def find_newest_step(desk: Desk, document_id: int) -> Step:
    with desk.store.read() as session:
        steps = session.query(Step).filter_by(subject=f"document:{document_id}")
        return steps.order_by(Step.id.desc()).limit(1).one()


def work(desk: Desk, settings: Settings, document_id: int) -> int:
    """Attempts at the newest step until it is done; how many there were."""
    for attempt in range(1, 20):
        run_step(desk.store, settings, find_newest_step(desk, document_id).id, "w", desk.clock)
        step = find_newest_step(desk, document_id)
        if step.state != StepState.PENDING or step.attempts == 0:
            return attempt
        desk.clock.now = max(step.not_before, desk.clock.now + timedelta(seconds=1))
    raise AssertionError("it never ends")


def enter(desk: Desk, document_id: int, number: str = ENTERED) -> DocumentState:
    """Two people say what the number is; warnings are let stand."""
    for who in (FIRST, SECOND):
        if desk.state(document_id) in (DocumentState.REVIEW, DocumentState.SECOND_REVIEW):
            desk.review(document_id, who, **{FIELD: number})
    return desk.state(document_id)


def check_twice(desk: Desk, settings: Settings, first: Say, then: Say) -> tuple[int, int]:
    """A paper is checked, its doubtful number entered, and it is checked again.

    Its id, and how many attempts the second check took; the service answers each in its way.
    """
    document_id = store_declaration(desk, {FIELD: DOUBTFUL})
    with serve(first) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        enter(desk, document_id)
        service.say = then
        return document_id, work(desk, asking, document_id)


def review_dwelling(desk: Desk, settings: Settings) -> int:
    """A paper that was checked where no service is named, and has left review: it is ready."""
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    work(desk, settings, document_id)
    assert desk.review(document_id, FIRST, A9="4") is DocumentState.READY
    return document_id


def find_not_reached(desk: Desk, document_id: int) -> FoundFinding:
    (found,) = (f for f in desk.findings(document_id) if f.code == NOT_REACHED[0])
    return found


def test_an_entered_number_is_asked_about_by_the_next_check(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk, {FIELD: DOUBTFUL})
    with serve(say_unknown) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        assert enter(desk, document_id) is DocumentState.RECEIVED
        assert len(service.asked) == 1  # whoever finishes waits for no service
        assert work(desk, asking, document_id) == 1
    assert list_asked(service) == [[DECLARED["members[1].personal_number"]], [ENTERED]]
    with desk.store.read() as session:
        assert set(find_answers_of(session, Register.BORDER, [ENTERED])) == {ENTERED}
    assert desk.state(document_id) is DocumentState.READY
    assert NOT_REACHED not in desk.codes(document_id)


def test_what_the_register_says_of_an_entered_number_goes_to_a_person(
    desk: Desk, settings: Settings
) -> None:
    def say_abroad(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
        stay = {"left_on": "2010-01-01", "returned_on": None}
        gone = {number: [stay] * (number == ENTERED) for number in asked["personal_numbers"]}
        say_json(handler, make_answer(gone))

    document_id, _ = check_twice(desk, settings, say_abroad, say_abroad)
    assert desk.state(document_id) is DocumentState.REVIEW
    assert ("members_count", FIELD) in desk.codes(document_id)


def test_a_number_that_people_put_right_is_asked_about_too(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(say_unknown) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        hold = desk.take(document_id, FIRST)
        desk.enter(hold, FIRST, "A9", "4")
        desk.enter(hold, FIRST, FIELD, ENTERED)
        assert desk.finish(hold, FIRST) is DocumentState.SECOND_REVIEW
        assert desk.review(document_id, SECOND, **{FIELD: ENTERED}) is DocumentState.RECEIVED
        work(desk, asking, document_id)
    assert list_asked(service)[1:] == [[ENTERED]]


def test_nobody_is_asked_again_where_no_number_is_new(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(say_unknown) as service:
        work(desk, use(settings, service), document_id)
        desk.clock.advance(days=3)
        assert desk.review(document_id, FIRST, A9="4") is DocumentState.READY
    assert len(service.asked) == 1


def test_while_a_register_is_asked_nobody_authorises_or_takes_the_paper(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk, {FIELD: DOUBTFUL})
    with serve(say_unknown) as service:
        work(desk, use(settings, service), document_id)
    enter(desk, document_id)
    with pytest.raises(NotAllowed), desk.act(desk.people[FIRST]) as act:
        authorise(act, document_id, desk.find(document_id).revision)
    with pytest.raises(NotAllowed):
        desk.take(document_id, "coordinator")


def test_a_service_that_fails_is_tried_as_often_as_at_first_and_then_a_person_is_told(
    desk: Desk, settings: Settings
) -> None:
    document_id, attempts = check_twice(desk, settings, say_unknown, fail)
    assert attempts == 6
    assert desk.state(document_id) is DocumentState.REVIEW
    found = find_not_reached(desk, document_id)
    assert found.parameters == {"register": ["register_border"], "people": [ENTERED]}
    for language in ("en", "ka"):
        assert ENTERED in write_message(restore_finding(found), language)
    assert desk.review(document_id, FIRST) is DocumentState.READY  # nobody is asked for ever


def test_a_warning_let_stand_says_nothing_of_a_number_entered_since(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk, {FIELD: DOUBTFUL})
    with serve(fail) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        assert enter(desk, document_id) is DocumentState.RECEIVED
        work(desk, asking, document_id)
    assert desk.state(document_id) is DocumentState.REVIEW
    people = [DECLARED["members[1].personal_number"], ENTERED]
    assert find_not_reached(desk, document_id).parameters["people"] == people


def test_a_service_that_answers_at_last_takes_the_warning_away(
    desk: Desk, settings: Settings
) -> None:
    document_id, _ = check_twice(desk, settings, fail, say_unknown)
    assert NOT_REACHED not in desk.codes(document_id)
    assert desk.state(document_id) is DocumentState.READY


def test_an_extract_of_the_day_takes_the_warning_away(
    desk: Desk, settings: Settings, bring: Bring, tmp_path: Path
) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(fail) as service:
        work(desk, use(settings, service), document_id)
    assert NOT_REACHED in desk.codes(document_id)
    columns = name_columns(Register.BORDER)
    path = write_csv(tmp_path / "border.csv", [columns, make_row(Register.BORDER)])
    bring(path, Register.BORDER, TODAY)
    desk.review(document_id, FIRST, A9="4")
    assert NOT_REACHED not in desk.codes(document_id)


def test_what_was_given_up_before_people_were_named_concerns_everybody(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    work(desk, settings, document_id)
    with desk.act() as act:
        act.session.add(
            UnreachedRegister(
                version_id=find_document(act.session, document_id).current.id,
                register="border",
                people=[],
                code="register_unreached",
                given_up_at=act.now,
            )
        )
    desk.review(document_id, FIRST, A9="4")
    numbers = {v for k, v in DECLARED.items() if k.endswith("personal_number")}
    assert set(find_not_reached(desk, document_id).parameters["people"]) == numbers


def test_a_service_that_came_after_the_check_is_asked_before_a_ready_paper_is_entered(
    desk: Desk, settings: Settings
) -> None:
    document_id = review_dwelling(desk, settings)
    with serve(say_unknown) as service:
        asking = use(settings, service)
        with desk.act() as act:
            keep_services(act, asking.register_addresses)
        with desk.act(desk.people[FIRST]) as act:
            assert authorise(act, document_id, desk.find(document_id).revision) is None
        assert desk.state(document_id) is DocumentState.RECEIVED
        work(desk, asking, document_id)
        assert desk.state(document_id) is DocumentState.READY
        with desk.act(desk.people[FIRST]) as act:
            assert authorise(act, document_id, desk.find(document_id).revision) is not None
    assert len(service.asked) == 1


def test_people_on_simulated_paper_are_invented_also_where_they_are_entered(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk, {FIELD: DOUBTFUL})
    with desk.act() as act:
        find_document(act.session, document_id).simulated = True
    with serve(say_unknown) as service:
        work(desk, use(settings, service), document_id)
        assert enter(desk, document_id) is DocumentState.READY
    assert service.asked == []


def test_who_comes_in_with_a_scan_while_others_are_asked_about_is_missing_and_told(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk)

    def scan_and_answer(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
        with desk.act() as act:
            document = find_document(act.session, document_id)
            add_version(act.session, document, act.now, answers={**DECLARED, FIELD: ENTERED})
        say_unknown(handler, asked)

    with serve(scan_and_answer) as service:
        work(desk, use(settings, service), document_id)
    assert find_not_reached(desk, document_id).parameters["people"] == [ENTERED]
    assert desk.state(document_id) is DocumentState.REVIEW
    with desk.store.read() as session:
        assert session.query(UnreachedRegister).one().code == "register_not_asked"
