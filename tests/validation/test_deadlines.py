import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validation.law_folders import choose, copy_law
from validation.deadlines import due_from_all, due_on, open_from
from validation.errors import UnknownLawValue, WrongLawValue
from validation.months import add_months, add_years
from validation.parameters import LAW, load_law
from validation.public_holidays import YearNotKnown, list_known_years

CASES = Path(__file__).parents[1] / "law" / "deadlines"
CHAIN = {
    "T02": ("application_entry", "received"),
    "T03": ("listing", "T02"),
    "T04": ("allocation", "T02"),
    "T05": ("declaration_filling", "T02"),
    "T06": ("declaration_entry", "T05"),
    "T07": ("scoring", "T06"),
}
DAYS = st.dates(date(2016, 1, 1), date(2080, 1, 1))
FEW = settings(max_examples=60, deadline=None)


def read_cases(file: str, table: str) -> list[Any]:
    text = (CASES / f"{file}.toml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(text)[table]]


@pytest.mark.parametrize("case", read_cases("article_11", "chain"))
def test_the_days_of_article_11_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    for year in case["years"]:
        days: dict[str, date | None] = {"received": date(year, 11, 2)}
        assert date(year, 11, 2).isoweekday() == case["weekday"]
        for id_, (name, before) in CHAIN.items():
            start = days[before]
            assert start is not None
            days[id_] = due_on(name, start, case.get("law_day"))
            if id_ in case:
                assert days[id_] == date.fromisoformat(f"{year}-{case[id_]}"), (year, id_)


@pytest.mark.parametrize("case", read_cases("last_days", "date"))
def test_a_deadline_ends_on_the_day_worked_out_by_hand(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    law = choose(tmp_path, case["choices"]) if "choices" in case else load_law()
    assert due_on(case["deadline"], case["start"], case.get("law_day"), law) == case.get("due")


@pytest.mark.parametrize("case", read_cases("first_days", "date"))
def test_something_may_be_done_from_the_day_worked_out_by_hand(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    law = choose(tmp_path, case["choices"]) if "choices" in case else load_law()
    assert open_from(case["deadline"], case["start"], law=law) == case.get("open")


@pytest.mark.parametrize("case", read_cases("several_starts", "date"))
def test_of_several_events_the_one_whose_time_ends_first_decides(case: dict[str, Any]) -> None:
    assert due_from_all(case["deadline"], case["starts"]) == case.get("due")
    assert due_from_all(case["deadline"], reversed(case["starts"])) == case.get("due")


def test_a_minimum_has_no_last_day_and_a_last_day_is_no_minimum() -> None:
    with pytest.raises(ValueError, match="third_visit is least"):
        due_on("third_visit", date(2026, 11, 2))
    with pytest.raises(ValueError, match="scoring is latest"):
        open_from("scoring", date(2026, 11, 2))


def test_a_deadline_that_nobody_wrote_down_is_a_fault() -> None:
    with pytest.raises(UnknownLawValue, match="patience"):
        due_on("patience", date(2026, 11, 2))


def test_working_days_of_a_year_without_known_holidays_are_refused() -> None:
    late = date(list_known_years()[-1] + 1, 6, 1)
    with pytest.raises(YearNotKnown, match=str(late.year)):
        due_on("application_entry", late)


def test_calendar_days_need_no_holidays_and_end_with_the_calendar() -> None:
    late = date(list_known_years()[-1] + 1, 6, 1)
    assert due_on("scoring", late) == late + timedelta(days=7)
    for name in ("scoring", "first_visit"):
        with pytest.raises(YearNotKnown, match="9999"):
            due_on(name, date(9999, 12, 30))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days = 7", "days = 0"),
        ("days = 7", "days = 1.5"),
        ("days = 7", "days = -7"),
        ('unit = "calendar_days"', 'unit = "days"'),
    ],
)
def test_a_number_that_cannot_be_counted_is_refused_with_its_file(
    tmp_path: Path, old: str, new: str
) -> None:
    text = (LAW / "deadlines" / "scoring.toml").read_text(encoding="utf-8")
    law = copy_law(tmp_path, {"deadlines/scoring": text.replace(old, new)})
    with pytest.raises(WrongLawValue, match=r"scoring\.toml"):
        due_on("scoring", date(2026, 11, 27), law=law)


def test_a_month_that_is_too_short_ends_the_term() -> None:
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@FEW
@given(DAYS, st.integers(1, 48))
def test_a_term_of_months_ends_in_its_month_and_never_behind_its_day(
    start: date, months: int
) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
    assert end.day <= start.day


@FEW
@given(DAYS, st.integers(0, 60), st.sampled_from(["agent_correction", "scoring", "change_report"]))
def test_who_begins_later_is_due_no_earlier(start: date, later: int, name: str) -> None:
    first, second = due_on(name, start), due_on(name, start + timedelta(days=later))
    assert first is not None
    assert second is not None
    assert start < first <= second
