"""What a person is told of services that gave no answer, and how long that stands."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL
from tests.workflow.registers.conftest import TODAY, Bring
from tests.workflow.registers.extracts import make_row, name_columns, write_csv
from tests.workflow.registers.serving import serve
from tests.workflow.registers.test_asking_again import FIRST, NOT_REACHED, work
from tests.workflow.registers.test_checking import ask_of, fail, store_declaration
from tests.workflow.registers.test_services import enter_record
from validation.registers import Register
from workflow.settings import Settings
from workflow.store.documents import find_document
from workflow.store.models.paper import DocumentState
from workflow.store.models.registers import AskedAnswer, UnreachedRegister

ONE, OTHER = (str(DECLARED[f"members[{row}].personal_number"]) for row in (1, 2))
BOTH = (Register.BORDER, Register.VEHICLES)


def list_unreached(desk: Desk, document_id: int) -> Mapping[str, list[str]]:
    """Register -> the people whom its warning names."""
    found = [f.parameters for f in desk.findings(document_id) if f.code == NOT_REACHED[0]]
    told = {register: each["people"] for each in found for register in each["register"]}
    assert len(told) == len(found)
    return told


def leave_unreached(desk: Desk, settings: Settings) -> int:
    """A paper that is ready, checked without two registers; somebody let that stand."""
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    with serve(fail) as service:
        addresses = (service.address(register=register) for register in BOTH)
        work(desk, ask_of(settings, *addresses), document_id)
    assert desk.review(document_id, FIRST, A9="4") is DocumentState.READY
    return document_id


def test_each_register_names_the_people_it_told_nothing_about(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk, {"A9": DOUBTFUL})
    work(desk, settings, document_id)
    with desk.act() as act:
        version_id = find_document(act.session, document_id).current.id
        for register, number in zip(BOTH, (ONE, OTHER), strict=True):
            act.session.add(
                UnreachedRegister(
                    version_id=version_id,
                    register=register.value,
                    people=[number],
                    code="register_unreached",
                    given_up_at=act.now,
                )
            )
    desk.review(document_id, FIRST, A9="4")
    assert list_unreached(desk, document_id) == {
        "register_border": [ONE],
        "register_vehicles": [OTHER],
    }


def test_what_was_let_stand_of_two_registers_stands_when_one_of_them_answers(
    desk: Desk, settings: Settings, bring: Bring, tmp_path: Path
) -> None:
    document_id = leave_unreached(desk, settings)
    rows = [name_columns(Register.BORDER), make_row(Register.BORDER, personal_number="99999999999")]
    bring(write_csv(tmp_path / "border.csv", rows), Register.BORDER, TODAY)
    assert enter_record(desk, document_id) is not None


@pytest.mark.parametrize("number", [ONE, OTHER])
def test_what_was_let_stand_of_two_people_stands_when_one_of_them_becomes_known(
    desk: Desk, settings: Settings, number: str
) -> None:
    document_id = leave_unreached(desk, settings)
    with desk.act() as act:  # somebody else's paper names the same person
        act.session.add(
            AskedAnswer(
                register=Register.BORDER.value,
                personal_number=number,
                entries=[],
                as_of=date(2026, 3, 1),
                asked_at=act.now,
                source="a service",
            )
        )
    assert enter_record(desk, document_id) is not None
