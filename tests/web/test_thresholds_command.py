"""`blanki thresholds` as a person calls it, on a store of its own."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tests.acting import Begin, Clock
from tests.workflow.cases.conftest import Desk, desk
from tests.workflow.cases.papers import DECLARED, DRAWN
from tests.workflow.trust.readings import ALL_MARKS, drawn, gather
from web.cli.main import blanki
from workflow.settings import Settings
from workflow.store.models.paper import File
from workflow.store.models.trust import ThresholdSet
from workflow.store.session import Store
from workflow.trust.keeping import keep_lessons
from workflow.trust.learning import learn_threshold

__all__ = ["desk"]

FIELD = "A10"
Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, store: Store) -> Run:
    """Calls the command on the store of the test."""
    where = {"BLANKI_DATA": str(settings.data), "BLANKI_DATABASE_URL": settings.database_url}

    def call(*words: str) -> Result:
        return CliRunner().invoke(blanki, ["thresholds", *words], env=where)

    return call


@pytest.fixture
def learned(act: Begin) -> int:
    """A set that raises the threshold of marks; its number."""
    too_many = gather(drawn(1000, 0.9999), drawn(40, 0.985, right=False))
    with act() as doing:
        lesson = learn_threshold(ALL_MARKS, too_many, 0.94, target=1)
        kept = keep_lessons(doing, [lesson], simulated=False)
        assert kept is not None
        return kept.id


def look_at_drawn(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    desk.review(document_id, "operator", **{FIELD: str(DECLARED[FIELD])})


def test_too_few_decisions_are_said_and_nothing_is_kept(desk: Desk, run: Run, store: Store) -> None:
    look_at_drawn(desk)
    result = run("learn", "--target", "1", "--kind", "marks")
    assert result.exit_code == 0, result.output
    assert "too few" in result.output and "nothing is kept" in result.output
    assert "digits" not in result.output
    with store.read() as session:
        assert session.query(ThresholdSet).count() == 0


def test_a_dry_run_says_so(desk: Desk, run: Run) -> None:
    look_at_drawn(desk)
    result = run("learn", "--dry-run")
    assert result.exit_code == 0 and "dry run" in result.output


def test_only_the_asked_form_is_told_of(desk: Desk, run: Run) -> None:
    look_at_drawn(desk)
    lines = [line for line in run("learn", "--form", "application").output.splitlines()]
    assert not any("family_declaration" in line or "marks" in line for line in lines)
    assert "family_declaration" in run("learn", "--form", "family_declaration").output


def test_a_set_is_put_in_force_and_shown_so(run: Run, learned: int) -> None:
    assert "in force" not in run("show").output
    assert run("enforce", str(learned)).exit_code == 0
    shown = run("show").output
    assert f"{learned} (in force)" in shown and "0.99" in shown
    assert run("enforce", "shipped").exit_code == 0
    assert "in force" not in run("show").output


@pytest.mark.parametrize("chosen", ["99", "newest", "-1"])
def test_a_set_that_is_not_there_is_wrong_usage(run: Run, chosen: str) -> None:
    assert run("enforce", chosen).exit_code == 2


def test_reliability_is_printed_by_kind(desk: Desk, run: Run) -> None:
    look_at_drawn(desk)
    output = run("calibration").output
    assert "marks: 1 decided" in output and "digits: 0 decided" in output


def test_reading_that_did_not_change_does_not_drift(desk: Desk, run: Run) -> None:
    desk.check()
    result = run("drift", "--days", "100000")
    assert result.exit_code == 0, result.output
    assert "0 of" in result.output


def test_the_scanner_of_a_file_is_kept(desk: Desk, store: Store, run: Run, clock: Clock) -> None:
    desk.check()
    with store.write() as session:
        session.query(File).update({"scanner": "front desk"})
    assert "front desk" in run("learn", "--scanner", "front desk").output
    assert "front desk" not in run("learn", "--scanner", "another").output
