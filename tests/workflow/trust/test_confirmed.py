"""What a register confirms goes past people; what is left with them stands for nothing else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ocr.thresholds import ReadKind
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL
from tests.workflow.registers.conftest import Bring
from tests.workflow.registers.conftest import bring as bring
from tests.workflow.registers.extracts import NINO, make_row, name_columns, write_csv
from validation.registers import Register
from workflow.store.models.paper import Batch, Source
from workflow.trust.calibration import measure_calibration
from workflow.trust.confirmed import ConfirmedLooks, measure_confirmed
from workflow.trust.gathering import gather_confirmed, gather_evidence, gather_readings
from workflow.trust.judged import Evidence, Origin

FIRST, SECOND = "operator", "second_operator"
FIELD, OTHER = "members[1].personal_number", "01001099999"
MISREAD = DOUBTFUL | {"value": OTHER}
LOT = {"drawn": True}
DIGITS = Origin(ReadKind.DIGITS, None, None)
Tell = Callable[[], object]


@pytest.fixture
def tell(bring: Bring, tmp_path: Path) -> Tell:
    """Brings an extract with the people of the papers, as they should be read."""
    people = [
        make_row(
            Register.CIVIL,
            personal_number=str(DECLARED[f"members[{row}].personal_number"]),
            first_name=str(DECLARED[f"members[{row}].first_name"]),
            surname=str(DECLARED[f"members[{row}].surname"]),
            birth_date=str(DECLARED[f"members[{row}].birth_date"]),
            sex="",
        )
        for row in (1, 2)
    ]
    extract = [name_columns(Register.CIVIL), *people]
    return lambda: bring(write_csv(tmp_path / "civil.csv", extract))


def enter(desk: Desk, document_id: int, number: str, *who: str) -> None:
    """People say what the number is, one after another."""
    for one in who or (FIRST,):
        desk.enter(desk.take(document_id, one), one, FIELD, number)
        desk.clock.advance(seconds=601)


def gather(desk: Desk) -> Evidence:
    with desk.store.read() as session:
        return gather_evidence(session)


def count_looks(desk: Desk) -> ConfirmedLooks:
    with desk.store.read() as session:
        return measure_confirmed(gather_confirmed(session))


@pytest.mark.parametrize(("is_told", "counted"), [(True, 0), (False, 1)])
def test_where_a_register_takes_the_right_ones_the_wrong_ones_are_no_sample(
    desk: Desk, tell: Tell, is_told: bool, counted: int
) -> None:
    if is_told:
        tell()
    for _ in range(2):
        desk.check(changes={FIELD: DOUBTFUL})
    enter(desk, desk.check(changes={FIELD: MISREAD}), NINO)
    evidence = gather(desk)
    assert measure_calibration(ReadKind.DIGITS, evidence).n == counted
    spared = evidence.select(DIGITS).spared
    assert (spared.count, spared.drawn) == (3 if is_told else 0, [])


def test_what_was_drawn_stands_for_all_confirmed_or_not(desk: Desk, tell: Tell) -> None:
    tell()
    desk.check(changes={FIELD: DOUBTFUL})
    enter(desk, desk.check(changes={FIELD: DOUBTFUL | LOT}), NINO)
    enter(desk, desk.check(changes={FIELD: MISREAD | LOT}), NINO, FIRST, SECOND)
    spared = gather(desk).select(DIGITS).spared
    assert (spared.count, [one.right for one in spared.drawn]) == (3, [True, False])
    assert gather(desk).drawn == []  # those stand for what was accepted
    assert count_looks(desk).n == 1  # of the other one the register has told something else


def test_a_confirmed_value_counts_as_wrong_once_two_people_read_it_otherwise(
    desk: Desk, tell: Tell
) -> None:
    tell()
    document_id = desk.check(changes={FIELD: DOUBTFUL | LOT})
    enter(desk, document_id, OTHER)
    assert count_looks(desk).n == 0
    enter(desk, document_id, OTHER, SECOND)
    assert count_looks(desk) == ConfirmedLooks(1, 1, 1000.0)


def test_on_simulated_paper_no_register_comes_between(desk: Desk, tell: Tell) -> None:
    tell()
    document_id = desk.check(changes={FIELD: MISREAD})
    with desk.store.write() as session:
        session.query(Batch).update({"source": Source.DEMONSTRATION})
    enter(desk, document_id, NINO)
    assert gather(desk).spared.count == 0
    assert measure_calibration(ReadKind.DIGITS, gather(desk)).n == 1


def test_drift_goes_by_the_lot_from_the_day_that_a_register_tells_something(
    desk: Desk, tell: Tell
) -> None:
    desk.check(changes={FIELD: DOUBTFUL, "A9": DOUBTFUL})
    for is_told in (False, True):
        if is_told:
            tell()
        with desk.store.read() as session:
            readings = gather_readings(session, desk.clock() - timedelta(days=1), 100)
        assert [r.lot for r in readings if r.lot is not None] == [False] * is_told
