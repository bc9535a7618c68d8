import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from validation.months import add_months
from validation.parameters import load_law
from workflow.cases.deadlines import (
    LastDay,
    add_working_days,
    due_on,
    is_working_day,
    list_extra_holidays,
)

LAW = tomllib.loads(Path(__file__).with_name("deadlines.toml").read_text(encoding="utf-8"))
CHAIN = ("application_entry", "declaration_filling", "declaration_entry", "scoring")


@pytest.mark.parametrize("chain", LAW["chain"], ids=lambda chain: chain["name"])
def test_the_days_of_article_11_are_those_worked_out_by_hand(chain: dict[str, Any]) -> None:
    for year in chain["years"]:
        day: date | None = date(year, 11, 2)
        for name in CHAIN:
            assert day is not None
            day = due_on(name, day)
            assert day == date.fromisoformat(f"{year}-{chain[name]}"), (year, name)


@pytest.mark.parametrize("case", LAW["date"], ids=lambda case: case["name"])
def test_a_deadline_ends_on_the_day_worked_out_by_hand(case: dict[str, Any]) -> None:
    assert due_on(case["deadline"], case["start"]) == case.get("due")


def test_the_law_of_another_day_can_be_asked_for() -> None:
    filled = date(2010, 11, 23)
    assert due_on("declaration_entry", filled, law_day=date(2014, 1, 1)) == date(2010, 11, 29)


def test_a_last_day_that_is_free_moves_only_where_that_is_asked_for() -> None:
    start = date(2026, 11, 3)
    assert due_on("declaration_filling", start) == date(2026, 11, 23)
    moved = due_on("declaration_filling", start, last_day=LastDay.NEXT_WORKING_DAY)
    assert moved == date(2026, 11, 24)


def test_a_month_ends_with_its_last_day() -> None:
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_holidays_that_move_and_weekends_are_no_working_days() -> None:
    free = (date(2026, 4, 12), date(2026, 4, 13), date(2026, 4, 18), date(2026, 5, 26))
    assert not any(is_working_day(day) for day in free)
    assert is_working_day(date(2026, 4, 14))
    assert add_working_days(date(2026, 4, 10), 1) == date(2026, 4, 14)


def test_days_that_a_decree_adds_are_free(tmp_path: Path) -> None:
    decree = 'from = 2026-03-02\ndays = 2\nunit = "rest_days"\nlaw = "a decree"\n'
    file = tmp_path / "calendar" / "extra_holidays.toml"
    file.parent.mkdir()
    file.write_text(f"[[value]]\n{decree}", encoding="utf-8")
    assert list_extra_holidays(load_law(tmp_path)) == {date(2026, 3, 2), date(2026, 3, 3)}


def test_no_decree_is_shipped_that_nobody_signed() -> None:
    assert list_extra_holidays(load_law()) == frozenset()
