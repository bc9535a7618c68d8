import re
from pathlib import Path

import pytest

from validation.coverage import Means, find_unknown, measure_coverage
from validation.errors import BrokenData
from validation.outcomes import load_outcomes
from validation.parameters import load_law
from validation.requirements import Requirement, Tag, load_requirements
from validation.rules.catalog import list_all_rules

REQUIREMENTS = load_requirements()
PARTS_TO_BUILD = {"workflow", "rating", "municipal"}
COVERAGE = {
    c.requirement.id: c for c in measure_coverage(REQUIREMENTS, list_all_rules(), load_law())
}
PROJECT = Path(__file__).parents[2]


def count(pattern: str) -> int:
    return sum(bool(re.fullmatch(pattern, id_)) for id_ in REQUIREMENTS)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [(r"T\d\d", 26), (r"X-\d\d", 20), (r"G\d\d", 20), (r"R000-.*", 16), (r"R001-.*", 65)],
)
def test_the_catalogue_holds_what_the_sources_number(pattern: str, number: int) -> None:
    assert count(pattern) == number


def test_the_catalogue_holds_every_article_of_the_two_orders() -> None:
    articles = {id_.split(".")[0].split("-")[1] for id_ in REQUIREMENTS if id_.startswith("R003-")}
    assert {str(n) for n in range(2, 17)} <= articles
    articles = {id_.split(".")[0].split("-")[1] for id_ in REQUIREMENTS if id_.startswith("R001-")}
    assert {str(n) for n in range(1, 15)} == articles


@pytest.mark.parametrize("id_", REQUIREMENTS)
def test_each_requirement_is_kept_by_something(id_: str) -> None:
    assert COVERAGE[id_].is_covered


def test_what_is_open_is_open_for_a_part_that_is_to_be_built() -> None:
    opened = {r.open for r in REQUIREMENTS.values()} - {None}
    assert opened <= PARTS_TO_BUILD


def test_no_rule_and_no_value_keeps_what_no_source_asks_for() -> None:
    assert find_unknown(REQUIREMENTS, list_all_rules(), load_law()) == ()


def test_each_rule_names_what_it_keeps() -> None:
    assert [rule.code for rule in list_all_rules() if not rule.meets] == []


def test_each_outcome_that_keeps_a_requirement_exists() -> None:
    named = {k.name for c in COVERAGE.values() for k in c.kept_by if k.means is Means.OUTCOME}
    assert named <= set(load_outcomes())


@pytest.mark.parametrize("file", sorted({t for r in REQUIREMENTS.values() for t in r.tests}))
def test_each_test_that_the_catalogue_names_is_there(file: str) -> None:
    assert (PROJECT / file).exists()


def test_each_contradiction_is_a_setting_with_its_way_out() -> None:
    for id_ in (id_ for id_ in REQUIREMENTS if id_.startswith("X-")):
        assert Means.SETTING in {k.means for k in COVERAGE[id_].kept_by}, id_


def test_a_requirement_that_nothing_keeps_is_not_covered() -> None:
    lonely = Requirement("R009-1", Tag.HARD, "Nobody keeps it.", "", (), None, None, ())
    [found] = measure_coverage({"R009-1": lonely}, (), load_law())[:1]
    assert not found.is_covered


def test_a_rule_that_names_an_unknown_requirement_is_found() -> None:
    assert "members_oldest_first: R003-7.4" in find_unknown({}, list_all_rules(), load_law())


@pytest.mark.parametrize(
    "entry", ['tag = "hard"', 'tag = "new"\ntext = "x"', 'tag = "hard"\ntext = "x"\nkeeps = []']
)
def test_a_broken_entry_is_a_fault_that_names_it(tmp_path: Path, entry: str) -> None:
    (tmp_path / "some.toml").write_text(f'["R009-1"]\n{entry}\n', encoding="utf-8")
    with pytest.raises(BrokenData) as fault:
        load_requirements(tmp_path)
    assert fault.value.key == "R009-1"
