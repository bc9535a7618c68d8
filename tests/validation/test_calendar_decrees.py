from datetime import date
from pathlib import Path

import pytest

from tests.validation.law_folders import DAYS_OF_REST, DAYS_WORKED, copy_law
from validation.calendar import open_calendar
from validation.decrees import list_decrees, list_needless_decrees
from validation.errors import BrokenData, ValidationFault, WrongLawValue
from validation.parameters import LAW, load_law
from validation.public_holidays import list_regular_rest

REST = """
[[value]]
from = 2026-03-02
days = 2
unit = "rest_days"
law = "a decree"

[[value]]
from = 2026-05-25
days = 1
unit = "rest_days"
law = "another decree"
"""
WORKED = """
[[value]]
from = 2026-03-07
days = 1
unit = "worked_days"
law = "a decree"
"""


def test_days_by_decree_are_free_and_the_days_worked_for_them_are_not(tmp_path: Path) -> None:
    calendar = open_calendar(copy_law(tmp_path, {DAYS_OF_REST: REST, DAYS_WORKED: WORKED}))
    assert calendar.rest == {date(2026, 3, 2), date(2026, 3, 3), date(2026, 5, 25)}
    assert calendar.worked == {date(2026, 3, 7)}


def test_no_decree_is_shipped_that_nobody_signed() -> None:
    assert list_decrees(load_law()) == ()


@pytest.mark.parametrize("day", [date(2024, 5, 17), date(2025, 8, 29)])
def test_days_that_the_government_did_decree_are_known_as_holidays(day: date) -> None:
    assert day in list_regular_rest(day.year)
    assert not open_calendar().is_working_day(day)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (DAYS_OF_REST, "days = 2", "days = 0", "value[1].days"),
        (DAYS_OF_REST, "days = 1", "days = -1", "value[2].days"),
        (DAYS_OF_REST, "days = 1", "days = 1.5", "value[2].days"),
        (DAYS_OF_REST, "2026-05-25", "2206-05-25", "value[2].from"),
        (DAYS_OF_REST, "2026-03-02", "1926-03-02", "value[1].from"),
        (DAYS_OF_REST, "2026-05-25", "2026-03-03", "value[2].from"),
        (DAYS_OF_REST, "2026-05-25", "2026-03-02", "value.from"),
        (DAYS_OF_REST, "2026-05-25", "2025-05-25", "value.from"),
        (DAYS_OF_REST, 'unit = "rest_days"', 'unit = "worked_days"', "value[1].unit"),
        (DAYS_OF_REST, 'law = "a decree"', "", "value[1].law"),
        (DAYS_OF_REST, "from = 2026-03-02", "", "value[1].from"),
        (DAYS_WORKED, "2026-03-07", "2026-03-03", "value[1].from"),
        (DAYS_WORKED, "days = 1", "days = 0", "value[1].days"),
    ],
)
def test_a_typing_error_is_refused_with_its_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str
) -> None:
    texts = {DAYS_OF_REST: REST, DAYS_WORKED: WORKED}
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(WrongLawValue) as fault:
        open_calendar(copy_law(tmp_path, texts))
    assert fault.value.key == key
    assert fault.value.file.as_posix().endswith(f"{file}.toml")


def test_a_day_that_no_calendar_has_is_refused_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenData, match=r"rest_days\.toml"):
        copy_law(tmp_path, {DAYS_OF_REST: REST.replace("2026-05-25", "2026-02-30")})


def test_a_decree_stands_behind_the_entry_that_says_there_is_none(tmp_path: Path) -> None:
    shipped = (LAW / f"{DAYS_OF_REST}.toml").read_text(encoding="utf-8")
    wrong = REST.replace("days = 1", "days = 0")
    law = copy_law(tmp_path, {DAYS_OF_REST: shipped + REST})
    assert [decree.key for decree in list_decrees(law)] == ["value[2]", "value[3]"]
    with pytest.raises(WrongLawValue) as fault:
        open_calendar(copy_law(tmp_path / "wrong", {DAYS_OF_REST: shipped + wrong}))
    assert fault.value.key == "value[3].days"


@pytest.mark.parametrize(
    ("file", "old", "new", "needless"),
    [
        (DAYS_OF_REST, "2026-05-25", "2026-05-26", "value[2]"),
        (DAYS_OF_REST, "2026-05-25", "2026-05-24", "value[2]"),
        (DAYS_OF_REST, "days = 1", "days = 2", None),
        (DAYS_WORKED, "2026-03-07", "2026-03-06", "value[1]"),
        (DAYS_WORKED, "2026-03-07", "2026-03-08", None),
    ],
)
def test_an_entry_that_changes_no_day_is_a_warning_and_no_refusal(
    tmp_path: Path, file: str, old: str, new: str, needless: str | None
) -> None:
    texts = {DAYS_OF_REST: REST, DAYS_WORKED: WORKED}
    texts[file] = texts[file].replace(old, new, 1)
    law = copy_law(tmp_path, texts)
    open_calendar(law)
    found: list[ValidationFault] = [*list_needless_decrees(list_decrees(law))]
    assert [fault.key for fault in found] == ([needless] if needless else [])


def test_no_shipped_entry_is_needless() -> None:
    assert list(list_needless_decrees(list_decrees(load_law()))) == []
