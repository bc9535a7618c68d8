import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.validation.law_folders import DAYS_OF_REST, choose, copy_law
from validation.calendar_check import list_calendar_faults, list_calendar_warnings
from validation.deadline_table import Bound, Deadline, find_deadline, load_deadlines
from validation.deadlines import due_on, due_where_counting
from validation.errors import BrokenData
from validation.parameters import load_law

LAW = load_law()
DEADLINES = list(load_deadlines().values())
TODAY = date(2026, 11, 21)
GEORGIAN = re.compile("[\u10d0-\u10f0]")


def test_every_deadline_of_the_catalogue_stands_in_the_table() -> None:
    named = {id_ for deadline in DEADLINES for id_ in deadline.find_ids(LAW)}
    assert named == {f"T{number:02}" for number in range(1, 27)}


def test_every_number_among_the_deadlines_has_a_row() -> None:
    values = {name for name in LAW.values if name.startswith("deadlines/")}
    assert values <= {deadline.value for deadline in DEADLINES}


@pytest.mark.parametrize("deadline", DEADLINES, ids=lambda deadline: deadline.name)
def test_a_deadline_says_what_it_is_in_both_languages(deadline: Deadline) -> None:
    about = deadline.describe(LAW)
    assert about.en.endswith(".")
    assert not GEORGIAN.search(about.en)
    assert GEORGIAN.search(about.ka)


def test_every_shipped_day_can_be_counted() -> None:
    assert list(list_calendar_faults(LAW)) == []
    assert list(list_calendar_warnings(LAW)) == []


def test_all_that_keeps_days_from_being_counted_is_said_at_once(tmp_path: Path) -> None:
    entry = '[[value]]\nfrom = 2026-05-26\ndays = {days}\nunit = "{unit}"\nlaw = "x"\n'
    files = {
        "deadlines/scoring": entry.format(days=0, unit="days"),
        DAYS_OF_REST: entry.format(days=0, unit="rest_days"),
    }
    law = copy_law(tmp_path, files)
    faults = {(fault.file.stem, fault.key) for fault in list_calendar_faults(law)}
    assert faults == {("rest_days", "value[1].days"), ("scoring", "2026-05-26")}
    assert list(list_calendar_warnings(law)) == []


def test_a_row_whose_number_is_missing_is_a_fault(tmp_path: Path) -> None:
    law = copy_law(tmp_path, {})
    values = {name: law.values[name] for name in law.values if name != "deadlines/scoring"}
    [fault] = list_calendar_faults(replace(law, values=values))
    assert fault.key == "scoring"


def test_a_needless_decree_is_a_warning(tmp_path: Path) -> None:
    entry = '[[value]]\nfrom = 2026-05-26\ndays = 1\nunit = "rest_days"\nlaw = "x"\n'
    law = copy_law(tmp_path, {DAYS_OF_REST: entry})
    assert list(list_calendar_faults(law)) == []
    assert [fault.key for fault in list_calendar_warnings(law)] == ["value[1]"]


@pytest.mark.parametrize("deadline", DEADLINES, ids=lambda deadline: deadline.name)
def test_a_deadline_names_settings_and_options_that_there_are(deadline: Deadline) -> None:
    if deadline.setting is not None:
        assert {*deadline.options} < {*LAW.settings[deadline.setting].options}
    if deadline.wording is not None:
        units = {value.unit for value in LAW.values[deadline.value]}
        assert units == {*LAW.settings[deadline.wording].options}


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("declaration_entry", Bound.LATEST),
        ("score_from_filling", Bound.EXACT),
        ("third_visit", Bound.LEAST),
        ("protocol_after_warning", Bound.LEAST),
        ("waiver_ban", Bound.BAR),
        ("false_data_ban", Bound.BAR),
    ],
)
def test_the_day_of_a_deadline_means(name: str, bound: Bound) -> None:
    assert find_deadline(name).bound is bound


@pytest.mark.parametrize(
    ("choices", "counting"),
    [
        ({}, {"scoring", "declaration_filling", "assignment_decision", "assignment_visit"}),
        (
            {"score_deadline": "thirtieth_day", "visit_deadline": "one_month"},
            {"score_from_filling", "first_visit", "assignment_decision", "assignment_visit"},
        ),
        (
            {"assignment_timers": "from_score"},
            {"scoring", "declaration_filling", "assignment_visit"},
        ),
    ],
)
def test_of_rival_deadlines_the_one_that_the_setting_names_counts(
    tmp_path: Path, choices: dict[str, str], counting: set[str]
) -> None:
    law = choose(tmp_path, choices)
    rivals = [deadline for deadline in DEADLINES if deadline.setting]
    assert {one.name for one in rivals if one.counts_on(TODAY, law)} == counting
    assert find_deadline("cross_check").counts_on(TODAY, law)


def test_a_time_whose_rival_counts_has_no_last_day(tmp_path: Path) -> None:
    by_statement = choose(tmp_path, {"assignment_timers": "from_statement"})
    both = [due_where_counting("assignment_visit", TODAY, law) for law in (LAW, by_statement)]
    assert both == [due_on("assignment_visit", TODAY), None]
    assert due_where_counting("cross_check", TODAY, by_statement) is not None


def test_a_protocol_under_way_stops_the_days_of_article_11_and_no_other(tmp_path: Path) -> None:
    stopped = {d.name for d in DEADLINES if not d.runs_beside_protocol(TODAY, LAW)}
    ids = {id_ for name in stopped for id_ in find_deadline(name).find_ids(LAW)}
    assert ids == {"T02", "T03", "T04", "T05", "T06", "T07"}
    running = choose(tmp_path, {"protocol_clock": "running"})
    assert all(deadline.runs_beside_protocol(TODAY, running) for deadline in DEADLINES)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[scoring]\nbound = "last"', "scoring.bound"),
        ("[scoring]\nstops = true", "scoring.bound"),
        ('[scoring]\nbound = "latest"\nstop = true', "scoring"),
    ],
)
def test_a_row_that_says_something_else_is_a_fault(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "table.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenData) as fault:
        load_deadlines(file)
    assert fault.value.key == key
