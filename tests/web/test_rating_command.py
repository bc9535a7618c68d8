"""`blanki rating` as a person calls it, on a store of its own."""

import pytest
from click.testing import CliRunner

from tests.workflow.registered import POOR, RICH, register_case, register_record
from web.cli.main import blanki
from workflow.store.trail import EventFilter, list_newest_events

DECLARATION = "family_declaration"


@pytest.fixture
def run(settings, store):
    """Calls the command on the store of the test."""
    where = {"BLANKI_DATA": str(settings.data), "BLANKI_DATABASE_URL": settings.database_url}

    def call(*words: str):
        return CliRunner().invoke(blanki, ["rating", *words], env=where)

    return call


def declare(act, values, family_code):
    with act() as doing:
        return register_record(doing, register_case(doing, family_code), DECLARATION, values).id


def test_everybody_who_waits_is_rated_and_told_so(act, run):
    declare(act, POOR, "0000000017")
    declare(act, RICH, "0000000025")
    result = run("run")
    assert result.exit_code == 0, result.output
    poor, rich = result.output.splitlines()
    assert "0000000017" in poor and "13613, below the limit of 65001 (demonstration" in poor
    assert "0000000025" in rich and "not below the limit" in rich
    assert "nobody waits" in run("run").output


def test_who_cannot_be_scored_is_named_and_holds_nobody_up(act, run):
    declare(act, {key: value for key, value in POOR.items() if key != "A8"}, "0000000017")
    declare(act, POOR, "0000000025")
    result = run("run")
    assert result.exit_code == 1
    assert "not scored: answer_missing: A8" in result.output
    assert "0000000025" in result.output


@pytest.mark.parametrize(
    ("language", "word", "said"),
    [("en", "Salary", "not the official one"), ("ka", "ხელფასი", "არა ოფიციალური")],
)
def test_a_score_is_explained_line_by_line(act, run, store, language, word, said):
    declare(act, POOR, "0000000017")
    run("run")
    result = run("explain", "1", "--language", language)
    assert result.exit_code == 0, result.output
    assert said in result.output and word in result.output
    assert "125.43 / 322.50" in result.output and "13613" in result.output
    with store.read() as session:
        assert list_newest_events(session, EventFilter(), None, 1)[0].action == "case:read"


def test_a_rating_that_is_not_there_is_a_slip_of_whoever_typed_it(run):
    result = run("explain", "4711")
    assert result.exit_code == 2
    assert "there is no rating 4711" in result.output
