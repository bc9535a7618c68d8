"""Of whom an extract without its bad rows says nothing is not taken as unknown to the register."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.acting import Begin, Clock
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DECLARED
from tests.workflow.registers.conftest import TODAY, Bring
from tests.workflow.registers.extracts import GIORGI, NINO, make_row, name_columns, write_csv
from validation.registers import ExtractGap, Register
from validation.wording import write_message
from web.documents.findings import restore_finding
from workflow.cases.authorising import authorise
from workflow.registers.asking import find_answers
from workflow.registers.gaps import find_gaps
from workflow.registers.importing import OnBadRows
from workflow.store.models.paper import DocumentState
from workflow.store.models.registers import AskedAnswer
from workflow.store.session import Store

BORDER = Register.BORDER
LEAVING = "01001012346"
"""The second member of the paper."""
ONE_ROW = {Register.CIVIL}


def bring_in_part(
    bring: Bring, folder: Path, register: Register, as_of: date = TODAY, **good: str
) -> str:
    """One good row, and a bad one of somebody whose number is lost; what answers name as source."""
    rows = [name_columns(register), make_row(register, **good)]
    path = write_csv(
        folder / f"{register}.csv", [*rows, make_row(register, personal_number="100101234")]
    )
    return bring(path, register, as_of, OnBadRows.SKIP).edition.source


def look(store: Store, *numbers: str) -> tuple[set[str], Mapping[Register, ExtractGap]]:
    """Of whom something is known, and what may be missing."""
    with store.read() as session:
        found = find_answers(session, numbers)
        known = {number for answers in found.values() for number in answers}
        return known, find_gaps(session, numbers, found)


@pytest.mark.parametrize("register", Register)
def test_of_whom_an_extract_in_part_has_no_row_nothing_is_known(
    store: Store, bring: Bring, tmp_path: Path, register: Register
) -> None:
    source = bring_in_part(bring, tmp_path, register)
    known, gaps = look(store, NINO, GIORGI)
    assert known == {NINO}
    whole = register in ONE_ROW  # elsewhere a further row of hers may have been left out
    missing = (GIORGI,) if whole else (NINO, GIORGI)
    assert gaps == {register: ExtractGap(source, 1, missing)}


def test_of_whom_a_whole_extract_has_no_row_the_register_knows_nothing(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring(write_csv(tmp_path / "b.csv", [name_columns(BORDER), make_row(BORDER)]), BORDER)
    assert look(store, NINO, GIORGI) == ({NINO, GIORGI}, {})


def test_a_whole_extract_of_a_newer_day_closes_the_gap(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_in_part(bring, tmp_path, BORDER, TODAY - timedelta(days=1))
    bring(write_csv(tmp_path / "b.csv", [name_columns(BORDER), make_row(BORDER)]), BORDER)
    assert look(store, NINO, GIORGI) == ({NINO, GIORGI}, {})


def test_a_service_that_answers_closes_the_gap(
    store: Store, act: Begin, clock: Clock, bring: Bring, tmp_path: Path
) -> None:
    bring_in_part(bring, tmp_path, BORDER)
    with act() as doing:
        for number in (NINO, GIORGI):
            asked = AskedAnswer(
                register="border",
                personal_number=number,
                entries=[],
                as_of=TODAY,
                asked_at=clock(),
                source="service",
            )
            doing.session.add(asked)
    assert look(store, NINO, GIORGI) == ({NINO, GIORGI}, {})


def test_an_extract_in_part_that_came_later_is_none_of_an_earlier_day(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_in_part(bring, tmp_path, BORDER)
    yesterday = TODAY - timedelta(days=1)
    with store.read() as session:
        assert find_gaps(session, [GIORGI], {}, yesterday) == {}


def test_a_person_is_told_on_the_paper_what_may_be_missing(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    source = bring_in_part(bring, tmp_path, Register.CIVIL, personal_number=LEAVING)
    document_id = desk.check()
    codes = {code for code, _ in desk.codes(document_id)}
    assert "number_in_civil_register" not in codes  # nobody says that she is unknown
    (found,) = (f for f in desk.findings(document_id) if f.code == "register_extracts_are_whole")
    assert found.parameters["people"] == [DECLARED["members[1].personal_number"]]
    for language in ("en", "ka"):
        assert source in write_message(restore_finding(found), language)
    assert desk.state(document_id) is DocumentState.REVIEW


def test_an_extract_of_long_ago_still_answers_and_a_person_is_told_of_what_day_it_is(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    columns = name_columns(Register.CIVIL)
    row = make_row(Register.CIVIL, personal_number=LEAVING)
    path = write_csv(tmp_path / "civil.csv", [columns, row])
    bring(path, Register.CIVIL, date(2012, 3, 1))
    document_id = desk.check()
    codes = {code for code, _ in desk.codes(document_id)}
    assert "names_as_registered" in codes
    (found,) = (f for f in desk.findings(document_id) if f.code == "register_answers_are_new")
    assert found.severity == "warning"
    assert found.parameters["as_of"] == "2012-03-01"
    assert {answer["as_of"] for answer in found.evidence} == {"2012-03-01"}
    assert "2012-03-01" in write_message(restore_finding(found))


def test_what_was_let_stand_of_an_old_answer_stands_the_next_day_too(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    stay = make_row(BORDER, left_on="2010-01-05", returned_on="2010-02-01")
    path = write_csv(tmp_path / "border.csv", [name_columns(BORDER), stay])
    bring(path, BORDER, TODAY - timedelta(days=100))
    document_id = desk.check()
    assert desk.review(document_id, "operator") is DocumentState.READY
    desk.clock.advance(days=1)
    with desk.act(desk.people["operator"]) as act:
        assert authorise(act, document_id, desk.find(document_id).revision) is not None
