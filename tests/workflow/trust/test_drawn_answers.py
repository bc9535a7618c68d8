"""Answers that were accepted and drawn by lot: looked at, and changed by nobody alone."""

from dataclasses import replace

import pytest

from form_templates.model import Kind
from ocr.readings import FieldReading, FieldState, Reason
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL, DRAWN, list_sides
from workflow.cases.doubts import Doubt
from workflow.cases.settling import Need
from workflow.store.decisions import find_record
from workflow.store.models.paper import DocumentState
from workflow.trust.drawing import is_drawn

FIRST, SECOND, UMPIRE = "operator", "second_operator", "coordinator"
FIELD = "A10"
READ, OTHERWISE = str(DECLARED[FIELD]), "1"
QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def find_task(desk: Desk, document_id: int) -> Doubt:
    (doubt,) = desk.doubts(document_id)
    return doubt


def test_a_drawn_answer_waits_for_a_person_who_is_not_led(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    assert desk.state(document_id) is DocumentState.REVIEW
    task = find_task(desk, document_id)
    assert (task.field, task.need, task.drawn, task.codes) == (FIELD, Need.ONE, True, ())


def test_a_look_that_confirms_changes_nothing(desk: Desk) -> None:
    alone, looked_at = desk.check(), desk.check(changes={FIELD: DRAWN})
    assert desk.review(looked_at, FIRST, **{FIELD: READ}) is DocumentState.AUTHORISED
    with desk.store.read() as session:
        records = [find_record(session, document_id) for document_id in (alone, looked_at)]
    first, second = (record.values for record in records if record)
    assert first == second


def test_one_person_alone_does_not_overrule_what_the_program_was_sure_of(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    assert desk.review(document_id, FIRST, **{FIELD: OTHERWISE}) is DocumentState.SECOND_REVIEW
    assert find_task(desk, document_id).need is Need.TWO


def test_two_people_who_read_it_otherwise_correct_it(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    desk.review(document_id, FIRST, **{FIELD: OTHERWISE})
    assert desk.review(document_id, SECOND, **{FIELD: OTHERWISE}) is DocumentState.READY


def test_a_coordinator_settles_where_the_second_sides_with_the_program(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    desk.review(document_id, FIRST, **{FIELD: OTHERWISE})
    assert desk.review(document_id, SECOND, **{FIELD: READ}) is DocumentState.SETTLE
    assert desk.review(document_id, UMPIRE, **{FIELD: READ}) is DocumentState.READY


def test_beside_a_doubt_a_drawn_answer_is_one_more_to_decide(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN, "A9": DOUBTFUL})
    assert {(d.field, d.drawn) for d in desk.doubts(document_id)} == {(FIELD, True), ("A9", False)}
    answers = {FIELD: READ, "A9": "4"}
    assert desk.review(document_id, FIRST, **answers) is DocumentState.READY


def read_field(number: int, kind: Kind = Kind.CIRCLE, *, review: bool = False) -> FieldReading:
    spec = replace(list_sides("application")[0].fields[0], id=f"F{number}", kind=kind)
    return FieldReading(spec, FieldState.READ, Reason.NONE, "1", 0.99, review, QUAD)


def test_about_the_share_is_drawn_and_reading_again_draws_the_same() -> None:
    drawn = [n for n in range(20_000) if is_drawn(read_field(n), "page", 0.01)]
    assert 150 < len(drawn) < 250
    assert drawn == [n for n in range(20_000) if is_drawn(read_field(n), "page", 0.01)]
    assert drawn != [n for n in range(20_000) if is_drawn(read_field(n), "another", 0.01)]


@pytest.mark.parametrize(
    "field", [read_field(1, review=True), read_field(1, Kind.TEXT)], ids=["doubted", "text"]
)
def test_only_accepted_answers_that_have_a_threshold_are_drawn(field: FieldReading) -> None:
    assert not is_drawn(field, "page", 1.0)
    assert is_drawn(read_field(1), "page", 1.0)


@pytest.mark.parametrize(
    ("name", "state", "drawn"),
    [
        ("members[3].surname", FieldState.READ, True),
        ("applicant_birth_date", FieldState.READ, True),
        ("members[3].surname", FieldState.UNREADABLE, False),
        ("members[3].age", FieldState.READ, False),
    ],
)
def test_of_what_is_doubted_only_who_somebody_is_is_drawn(
    name: str, state: FieldState, drawn: bool
) -> None:
    """A register may confirm it; then nobody would look."""
    doubted = read_field(1, Kind.LETTERS, review=True)
    named = replace(doubted, spec=replace(doubted.spec, id=name), state=state)
    assert is_drawn(named, "page", 1.0) is drawn
    assert not is_drawn(named, "page", 0.0)
