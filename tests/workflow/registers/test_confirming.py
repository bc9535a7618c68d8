"""Whom the civil register has as they were read, no operator is asked about."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ocr.readings import Reason
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DOUBTFUL, UNCLEAR, find_position
from tests.workflow.registers.conftest import Bring
from tests.workflow.registers.extracts import NINO, make_row, name_columns, write_csv
from tests.workflow.registers.serving import serve
from tests.workflow.registers.test_checking import ask_of, run, store_declaration
from validation.registers import Register
from workflow.cases.entries import acknowledge
from workflow.cases.settling import Need
from workflow.settings import Settings
from workflow.store.documents import find_document
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import DocumentState

SUGGESTED = {"reason": Reason.SUGGESTION, "review": True, "confidence": 0.8}
PERSON = "members[1]."
NAMES = {f"{PERSON}surname": SUGGESTED, f"{PERSON}first_name": SUGGESTED}
SURNAME, NUMBER = f"{PERSON}surname", f"{PERSON}personal_number"
FIRST = "operator"
CONFIRMED = ("person_confirmed", NUMBER)


@pytest.fixture
def tell(bring: Bring, tmp_path: Path) -> Callable[[], object]:
    """Brings an extract where the first member of the paper, and only she, stands as on it."""
    names = {"first_name": "abc", "surname": "abc", "sex": "", "birth_date": "1950-03-01"}
    rows = [name_columns(Register.CIVIL), make_row(Register.CIVIL, **names)]
    return lambda: bring(write_csv(tmp_path / "civil.csv", rows))


@pytest.fixture
def register(tell: Callable[[], object]) -> None:
    """The extract is there from the beginning."""
    tell()


def list_asked(desk: Desk, document_id: int) -> set[str]:
    """The fields that people are asked about."""
    return {doubt.field or "" for doubt in desk.doubts(document_id)}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "changes", [NAMES, {**NAMES, NUMBER: DOUBTFUL, f"{PERSON}birth_date": DOUBTFUL}]
)
def test_names_and_number_that_the_register_has_ask_nobody(
    desk: Desk, changes: Mapping[str, Any]
) -> None:
    document_id = desk.check(changes=changes)
    assert not list_asked(desk, document_id) & set(changes)
    (found,) = (f for f in desk.findings(document_id) if (f.code, f.field) == CONFIRMED)
    assert found.severity == "info"
    assert set(found.parameters["other"]) == set(changes)
    (evidence,) = found.evidence
    assert (evidence["personal_number"], evidence["register"]) == (NINO, "civil")
    (event,) = desk.trail(document_id, "document:check")
    assert f"person_confirmed {NUMBER}" in event.after["findings"]


def test_without_a_register_a_person_is_asked_about_each(desk: Desk) -> None:
    document_id = desk.check(changes=NAMES)
    assert set(NAMES) <= list_asked(desk, document_id)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("field", [NUMBER, f"{PERSON}first_name"])
def test_what_is_unclear_on_the_paper_stays_so(desk: Desk, field: str) -> None:
    document_id = desk.check(changes={**NAMES, field: UNCLEAR})
    assert set(NAMES) <= list_asked(desk, document_id) | {field}
    assert CONFIRMED not in desk.codes(document_id)


@pytest.mark.usefixtures("register")
def test_nobody_on_simulated_paper_is_confirmed(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk, NAMES)
    with desk.act() as act:
        find_document(act.session, document_id).simulated = True
    run(desk, settings, document_id)
    assert set(NAMES) <= list_asked(desk, document_id)


@pytest.mark.usefixtures("register")
def test_a_paper_that_is_sure_in_all_else_takes_effect_with_the_names_as_read(desk: Desk) -> None:
    plain = desk.check()
    document_id = desk.check(changes=NAMES)
    assert desk.state(document_id) == desk.state(plain)
    told = desk.codes(document_id) - desk.codes(plain)
    assert told == {CONFIRMED}


@pytest.mark.usefixtures("register")
def test_a_number_that_a_person_corrects_leaves_the_names_to_a_person_again(desk: Desk) -> None:
    document_id = desk.check(changes={**NAMES, "A9": DOUBTFUL})
    assert not list_asked(desk, document_id) & set(NAMES)
    desk.scan_again(document_id, {**NAMES, NUMBER: DOUBTFUL | {"value": "01001099999"}})
    assert set(NAMES) | {NUMBER} <= list_asked(desk, document_id)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(("said", "is_asked"), [("abc", True), ("abx", True), (None, False)])
def test_a_name_that_people_gave_vouches_for_nothing_else(
    desk: Desk, said: str | None, is_asked: bool
) -> None:
    """The register may have put it before them: it would vouch for itself."""
    misread = SUGGESTED | ({"value": "abx"} if said else {})
    document_id = desk.check(changes={**NAMES, SURNAME: misread, "A9": DOUBTFUL})
    hold = desk.take(document_id, FIRST)
    if said:
        desk.enter(hold, FIRST, SURNAME, said)
    desk.scan_again(document_id, kept=[find_position("family_declaration", SURNAME)])
    assert (f"{PERSON}first_name" in list_asked(desk, document_id)) is is_asked


def list_asked_of_border(desk: Desk, settings: Settings) -> set[str]:
    """About whom border crossings are asked where all numbers but one are in doubt."""
    changes = {**NAMES, NUMBER: DOUBTFUL, "representative_personal_number": DOUBTFUL}
    document_id = store_declaration(desk, changes)
    with serve() as service:
        run(desk, ask_of(settings, service.address(register=Register.BORDER)), document_id)
    return {number for asked in service.asked for number in asked["personal_numbers"]}


@pytest.mark.usefixtures("register")
def test_services_are_asked_about_a_number_once_it_is_confirmed(
    desk: Desk, settings: Settings
) -> None:
    """Of the other registers: a doubtful number may be a stranger's, a confirmed one is not."""
    assert NINO in list_asked_of_border(desk, settings)


def test_a_service_is_not_asked_about_a_number_that_nothing_confirms(
    desk: Desk, settings: Settings
) -> None:
    assert NINO not in list_asked_of_border(desk, settings)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("field", "value", "verdict", "is_asked"),
    [
        (SURNAME, "abc", Verdict.UNSIGNED, True),
        (SURNAME, None, Verdict.UNCLEAR, True),
        (SURNAME, None, Verdict.EMPTY, True),
        (SURNAME, "abd", Verdict.VALUE, True),
        (NUMBER, NINO, Verdict.UNSIGNED, True),
        (SURNAME, "abc", Verdict.VALUE, False),
        (SURNAME, None, Verdict.UNREADABLE, False),
    ],
)
def test_what_a_person_said_of_the_scan_before_is_not_forgotten(
    desk: Desk, field: str, value: str | None, verdict: Verdict, is_asked: bool
) -> None:
    document_id = desk.check(changes={**NAMES, "A9": DOUBTFUL})
    desk.enter(desk.take(document_id, FIRST), FIRST, field, value, verdict)
    desk.scan_again(document_id, NAMES)
    desk.scan_again(document_id, NAMES)
    asked = list_asked(desk, document_id) & set(NAMES)
    assert asked == (set(NAMES) if is_asked else set())


def test_whom_people_have_yet_to_agree_on_is_not_confirmed(
    desk: Desk, tell: Callable[[], object]
) -> None:
    document_id = desk.check(changes={**NAMES, NUMBER: DOUBTFUL})
    hold = desk.take(document_id, FIRST)
    for field, value in {NUMBER: "01001099999", **dict.fromkeys(NAMES, "abc")}.items():
        desk.enter(hold, FIRST, field, value)
    tell()
    desk.finish(hold, FIRST)
    assert CONFIRMED not in desk.codes(document_id)


@pytest.fixture
def drawn(desk: Desk, register: None) -> int:
    """A paper without any doubt but a surname, which the register has, and the lot has drawn."""
    document_id = desk.check(changes={**NAMES, SURNAME: SUGGESTED | {"drawn": True}})
    hold = desk.take(document_id, FIRST)
    for task in desk.tasks(document_id, FIRST):
        if task.need is Need.LOOK:
            with desk.act(desk.people[FIRST]) as act:
                acknowledge(act, hold, task.codes[0], task.field)
    return document_id


def test_a_confirmed_value_that_is_drawn_is_entered_by_somebody_who_is_not_led(
    desk: Desk, drawn: int
) -> None:
    (task,) = desk.tasks(drawn, FIRST)
    assert (task.field, task.need, task.drawn, task.codes) == (SURNAME, Need.ONE, True, ())
    assert CONFIRMED in desk.codes(drawn)
    assert desk.review(drawn, FIRST, **{SURNAME: "abc"}) is DocumentState.READY


def test_one_person_alone_does_not_overrule_what_the_register_has(desk: Desk, drawn: int) -> None:
    hold = desk.take(drawn, FIRST)
    desk.enter(hold, FIRST, SURNAME, "abd")
    desk.finish(hold, FIRST)
    assert f"{PERSON}first_name" in list_asked(desk, drawn)
    answered = desk.review(drawn, FIRST, **{f"{PERSON}first_name": "abc"})
    assert answered is DocumentState.SECOND_REVIEW


def test_where_no_register_confirms_it_what_was_drawn_is_a_plain_doubt(desk: Desk) -> None:
    document_id = desk.check(changes={SURNAME: SUGGESTED | {"drawn": True}})
    (doubt,) = desk.doubts(document_id)
    assert not doubt.drawn and doubt.codes
    assert desk.review(document_id, FIRST, **{SURNAME: "abc"}) is DocumentState.READY
