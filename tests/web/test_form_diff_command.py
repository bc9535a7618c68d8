import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_templates.editing.changes import Difference
from tests.form_templates.two_editions import FORM, KA, NEW, OLD, TEMPLATE, make_editions
from web.cli.main import blanki

FLAT = 'id = "flat"\nkind = "digits"\nrequired = false\nformat = "integer"\ncells = [4]'


def run(*words: str) -> Result:
    return CliRunner().invoke(blanki, ["form", "diff", *words], prog_name="blanki")


@pytest.fixture
def drafts(tmp_path: Path) -> str:
    """A folder with the shipped assignment form and a draft with fewer cells for the flat."""
    make_editions(
        tmp_path / "forms",
        (TEMPLATE, FLAT, FLAT.replace("[4]", "[3]")),
        (KA, 'flat = "ბინა"', 'flat = "ბინის ნომერი"'),
    )
    return str(tmp_path / "forms")


def test_what_changed_is_told_with_what_follows(drafts: str) -> None:
    result = run(FORM, str(OLD), str(NEW), "--forms", drafts)
    assert result.exit_code == 0
    assert result.output.startswith(f"{FORM}: {OLD} -> {NEW}\n\nquestion flat: Flat\n")
    for line in (
        "  Wording: ბინა -> ბინის ნომერი",
        "    for rules: answers are carried over: see that it still asks the same",
        "  Cells: 4 -> 3",
        "    for reading: it is read in another way",
        "    for rules: answers are carried over; long ones find no room in print",
        "  Place on the paper: page 1 -> page 1",
    ):
        assert line in result.output.splitlines()


def test_the_same_is_told_to_programs_as_json_lines(drafts: str) -> None:
    result = run(FORM, str(OLD), str(NEW), "--forms", drafts, "--json")
    told = [json.loads(line) for line in result.output.splitlines()]
    assert {frozenset(difference) for difference in told} == {frozenset(Difference.__slots__)}
    (cells,) = [d for d in told if d["change"] == "cells"]
    assert (cells["id"], cells["before"], cells["after"]) == ("flat", "4", "3")
    assert (cells["reading"], cells["rules"]) == ("otherwise", "no_room")


def test_a_draft_is_compared_with_the_edition_that_ships(tmp_path: Path, drafts: str) -> None:
    own = tmp_path / "own" / FORM
    own.mkdir(parents=True)
    (Path(drafts) / FORM / str(NEW)).rename(own / str(NEW))
    result = run(FORM, str(OLD), str(NEW), "--forms", str(own.parent))
    assert result.exit_code == 0 and "Cells: 4 -> 3" in result.output


def test_an_edition_does_not_differ_from_itself() -> None:
    assert run(FORM, str(OLD), str(OLD)).output.splitlines()[-1] == "no difference"


@pytest.mark.parametrize(
    "words",
    [
        ("no_such_form", str(OLD), str(OLD)),
        (FORM, str(OLD), "2026-01-02"),
        (FORM, str(OLD), "1 May"),
        (FORM, str(OLD)),
    ],
)
def test_a_wrong_edition_is_a_mistake_of_usage(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output and "Error:" in result.output
