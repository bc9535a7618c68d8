"""What the civil register has follows the number as it stands for whoever decides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from ocr.readings import Reason
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL
from tests.workflow.registered import add_extract
from validation.registers import CivilEntry
from workflow.cases.decided import load_decided, load_template
from workflow.cases.entries import enter_value
from workflow.cases.suggesting import find_suggestion
from workflow.store.documents import find_document
from workflow.store.models.decisions import Verdict

SURNAME, FIRST_NAME = "members[1].surname", "members[1].first_name"
NUMBER = "members[1].personal_number"
PERSON = str(DECLARED[NUMBER])
MISREAD_NUMBER = {**DOUBTFUL, "value": "01001099999"}
MISREAD = {"reason": Reason.SUGGESTION, "review": True, "confidence": 0.8, "value": "abx"}
REGISTERED = CivilEntry("abc", "abc", date(1950, 3, 1), None, None, None, None)


@pytest.fixture(autouse=True)
def _register(desk: Desk) -> None:
    """An extract of the civil register with the first member of the paper in it."""
    with desk.act() as act:
        add_extract(act, PERSON, REGISTERED)


def suggest(desk: Desk, document_id: int, who: str, field: str = SURNAME) -> str | None:
    """What is offered to a person for a field."""
    with desk.store.read() as session:
        document = find_document(session, document_id)
        template = load_template(document)
        assert template is not None
        decided = load_decided(session, document.current, template)
        user_id = desk.people[who].user_id
        found = find_suggestion(session, document, template, decided, field, user_id)
        return found.value if found else None


@pytest.mark.parametrize("field", [SURNAME, FIRST_NAME])
def test_a_misread_name_beside_a_registered_number_is_offered(desk: Desk, field: str) -> None:
    document_id = desk.check(changes={field: MISREAD})
    assert suggest(desk, document_id, "operator", field) == "abc"


@pytest.mark.parametrize("field", [NUMBER, "A9", "members[2].surname", "agent_surname"])
def test_of_anything_else_the_register_says_nothing(desk: Desk, field: str) -> None:
    document_id = desk.check(changes={field: DOUBTFUL})
    assert suggest(desk, document_id, "operator", field) is None


def test_a_number_put_right_brings_the_name_to_whoever_did_it_and_to_nobody_else(
    desk: Desk,
) -> None:
    document_id = desk.check(changes={SURNAME: MISREAD, NUMBER: MISREAD_NUMBER})
    assert suggest(desk, document_id, "operator") is None
    hold = desk.take(document_id, "operator")
    desk.enter(hold, "operator", NUMBER, PERSON)
    assert suggest(desk, document_id, "operator") == "abc"
    assert suggest(desk, document_id, "second_operator") is None
    desk.enter(hold, "operator", NUMBER, "01001099999", seen=1)
    assert suggest(desk, document_id, "operator") is None


def test_a_number_that_two_people_read_alike_counts_for_all(desk: Desk) -> None:
    changes: Mapping[str, Any] = {SURNAME: MISREAD, NUMBER: MISREAD_NUMBER}
    document_id = desk.check(changes=changes)
    said = {SURNAME: "abx", NUMBER: PERSON}
    desk.review(document_id, "operator", **said)
    desk.enter(desk.take(document_id, "second_operator"), "second_operator", NUMBER, PERSON)
    assert suggest(desk, document_id, "coordinator") == "abc"


def test_who_has_entered_a_name_is_offered_the_same_when_they_come_back_to_it(
    desk: Desk,
) -> None:
    document_id = desk.check(changes={SURNAME: MISREAD})
    desk.enter(desk.take(document_id, "operator"), "operator", SURNAME, "abd")
    assert suggest(desk, document_id, "operator") == "abc"


def test_nobody_on_simulated_paper_is_looked_up(desk: Desk) -> None:
    document_id = desk.check(changes={SURNAME: MISREAD})
    with desk.act() as act:
        find_document(act.session, document_id).simulated = True
    assert suggest(desk, document_id, "operator") is None


def test_the_trail_tells_which_extract_offered_what_was_entered(desk: Desk) -> None:
    document_id = desk.check(changes={SURNAME: MISREAD, FIRST_NAME: MISREAD})
    hold = desk.take(document_id, "operator")
    desk.enter(hold, "operator", FIRST_NAME, "abc")
    with desk.act(desk.people["operator"]) as act:
        document = find_document(act.session, document_id)
        template = load_template(document)
        assert template is not None
        decided = load_decided(act.session, document.current, template)
        offered = find_suggestion(act.session, document, template, decided, SURNAME, None)
        assert offered is not None
        enter_value(act, hold, SURNAME, Verdict.VALUE, "abc", 0, offered.answer)
    typed, taken = desk.trail(document_id, "declaration:field:enter")
    assert typed.after["registered"] is None
    assert taken.after["registered"] == {
        "register": "civil",
        "source": "civil.csv, edition 1",
        "as_of": "2026-03-01",
    }
