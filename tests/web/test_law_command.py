import json
import re
import shutil

from click.testing import CliRunner, Result

from validation.parameters import LAW, load_law
from validation.requirements import load_requirements
from web.cli.main import blanki


def run(*words: str) -> Result:
    return CliRunner().invoke(blanki, ["law", *words], prog_name="blanki")


def test_the_rules_of_a_form_stand_with_their_article_there() -> None:
    result = run("list", "rules", "--form", "application")
    assert result.exit_code == 0
    assert "waiver_explained" in result.stdout and "order-02-150/annex-3/art-2(3)" in result.stdout
    assert "members_oldest_first" not in result.stdout


def test_the_numbers_of_a_day_are_those_that_held_on_it() -> None:
    words = ("list", "values", "--day")
    before, after = (run(*words, day).stdout for day in ("2015-12-31", "2016-01-01"))
    assert "gurjaani/rent_most" in before and "gurjaani/rent_most" not in after


def test_settings_stand_with_what_else_could_be_chosen() -> None:
    result = run("list", "settings")
    assert all(f"X-{number:02d}" in result.stdout for number in range(1, 21))


def test_a_rule_is_shown_with_the_georgian_article_whole() -> None:
    result = run("show", "members_oldest_first")
    assert result.exit_code == 0
    assert "R003-7.4" in result.stdout
    assert "ასაკის კლების რიგითობით" in result.stdout


def test_numbers_settings_requirements_and_articles_are_shown_by_their_names() -> None:
    shown = {
        "ages/majority": "completed_years",
        "declaration_entry": "calendar_days",
        "X-07": "citizens_only",
        "R003-11.3": "NEW declaration",
        "order-02-150/annex-3/art-11(5)": "order-02-150/annex-3/art-11(5)",
    }
    for name, said in shown.items():
        result = run("show", name)
        assert (result.exit_code, said in result.stdout) == (0, True), name


def test_what_nobody_knows_is_refused_by_name() -> None:
    result = run("show", "no_such_thing")
    assert result.exit_code == 2 and "no_such_thing" in result.stderr


def test_everything_is_covered_and_what_is_open_is_said() -> None:
    result = run("coverage")
    assert result.exit_code == 0
    counted = re.search(r"(\d+) of (\d+) requirements are kept, (\d+) open;", result.stdout)
    assert counted is not None
    kept, number, opened = map(int, counted.groups())
    assert kept + opened == number == len(load_requirements())
    assert "open: workflow" in result.stdout and "kept by nothing" not in result.stdout


def test_other_programs_get_the_whole_catalogue() -> None:
    told = {one["id"]: one for one in json.loads(run("coverage", "--json").stdout)}
    assert {"means": "rule", "name": "members_oldest_first"} in told["R003-7.4"]["kept_by"]
    assert any("members_oldest_first" in test for test in told["R003-7.4"]["tests"])
    assert set(told) == set(load_requirements())


def test_the_whole_table_names_every_requirement() -> None:
    said = run("coverage", "--whole").stdout
    assert all(id_ in said for id_ in ("R003-7.4", "T26", "X-20", "G20"))


def test_sound_files_of_the_law_are_called_so() -> None:
    result = run("check")
    said = f"the files of the law are sound\nedition {load_law().edition}\n"
    assert (result.exit_code, result.stdout) == (0, said)


def test_every_fault_of_the_files_is_told_at_once(tmp_path) -> None:
    folder = tmp_path / "law"
    shutil.copytree(LAW, folder)
    for name in ("ages/majority", "bans/false_data"):
        file = folder / f"{name}.toml"
        file.write_text(file.read_text("utf-8").replace("years = ", "yaers = 1\nyears = "))
    result = run("check", str(folder))
    assert result.exit_code == 1
    assert "majority.toml" in result.stdout and "false_data.toml" in result.stdout


def test_the_example_of_article_11_is_printed_as_a_time_line() -> None:
    said = run("timeline", "--received", "2026-11-02").stdout
    days = ("2026-11-03", "2026-11-06", "2026-11-10", "2026-11-23", "2026-11-27", "2026-12-04")
    places = [said.index(day) for day in days]
    assert places == sorted(places)


def test_a_year_whose_holidays_nobody_knows_is_refused() -> None:
    result = run("timeline", "--received", "2400-01-05")
    assert result.exit_code == 2 and "2400" in result.stderr
