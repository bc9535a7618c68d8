"""A service is asked anew where its answer has grown old before the paper takes effect."""

from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DOUBTFUL
from tests.workflow.registers.conftest import TODAY
from tests.workflow.registers.serving import Say, make_answer, say_json, serve
from tests.workflow.registers.test_asking_again import (
    FIRST,
    NOT_REACHED,
    say_unknown,
    use,
    work,
)
from tests.workflow.registers.test_checking import fail, store_declaration
from tests.workflow.registers.test_services import enter_record
from validation.parameters import value_on
from workflow.acts import find_legal_day
from workflow.settings import Settings
from workflow.store.models.paper import DocumentState

OLD = ("register_answers_are_new", None)


def count_days() -> int:
    """How long an answer of the border is new."""
    most = value_on("registers/border", TODAY)
    assert most is not None and most.number is not None
    return int(most.number)


def say_of_today(desk: Desk) -> Say:
    """Nobody has crossed the border up to now."""

    def say(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
        today = find_legal_day(desk.clock()).isoformat()
        known: dict[str, list[object]] = {number: [] for number in asked["personal_numbers"]}
        say_json(handler, make_answer(known, as_of=today))

    return say


@pytest.mark.parametrize(
    ("later", "follows"), [(0, DocumentState.READY), (1, DocumentState.RECEIVED)]
)
def test_who_was_answered_about_is_asked_about_anew_once_the_answer_is_old(
    desk: Desk, settings: Settings, later: int, follows: DocumentState
) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(say_of_today(desk)) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        desk.clock.advance(days=count_days() + later)
        assert desk.review(document_id, FIRST, A9="4") is follows
        assert OLD not in desk.codes(document_id)  # nobody looks up what the program asks next
        work(desk, asking, document_id)
    assert len(service.asked) == 1 + later
    assert OLD not in desk.codes(document_id)
    assert desk.state(document_id) is DocumentState.READY
    assert enter_record(desk, document_id) is not None


def test_a_ready_paper_that_lay_long_is_asked_about_before_it_is_entered(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(say_of_today(desk)) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        assert desk.review(document_id, FIRST, A9="4") is DocumentState.READY
        desk.clock.advance(days=count_days() + 1)
        assert enter_record(desk, document_id) is None
        assert desk.state(document_id) is DocumentState.RECEIVED
        work(desk, asking, document_id)
        assert enter_record(desk, document_id) is not None
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("say", "asked"),
    [
        pytest.param(fail, 6, id="a service that fails"),
        pytest.param(say_unknown, 1, id="a service that knows nothing newer"),
    ],
)
def test_a_service_that_gives_nothing_newer_is_asked_no_more_and_a_person_is_told_how_old_it_is(
    desk: Desk, settings: Settings, say: Say, asked: int
) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(say_unknown) as service:
        asking = use(settings, service)
        work(desk, asking, document_id)
        desk.clock.advance(days=count_days() + 1)
        assert desk.review(document_id, FIRST, A9="4") is DocumentState.RECEIVED
        service.say = say
        work(desk, asking, document_id)
        assert desk.state(document_id) is DocumentState.REVIEW
        assert OLD in desk.codes(document_id)
        assert NOT_REACHED not in desk.codes(document_id)  # there is an answer, if an old one
        assert desk.review(document_id, FIRST) is DocumentState.READY
        assert enter_record(desk, document_id) is not None
    assert len(service.asked) == 1 + asked
