from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from validation.errors import BrokenData, UnknownLawValue, WrongLawValue
from validation.parameters import LAW, load_law, value_on

TWO_WORDINGS = """
[[value]]
from = 2007-12-28
days = 4
unit = "calendar_days"
law = "order-02-150/annex-3/art-11(5)"

[[value]]
from = 2013-08-21
days = 4
unit = "working_days"
law = "order-02-150/annex-3/art-11(5)"
amended_by = "04-374/o"

[[value]]
from = 2030-01-01
repealed = true
unit = "working_days"
law = "order-1"
"""


def write_law(folder: Path, text: str) -> Path:
    (folder / "deadlines").mkdir()
    (folder / "deadlines" / "enter_declaration.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        (date(2007, 12, 28), "calendar_days"),
        (date(2013, 8, 20), "calendar_days"),
        (date(2013, 8, 21), "working_days"),
        (date(2029, 12, 31), "working_days"),
    ],
)
def test_a_value_is_that_of_the_day(tmp_path: Path, day: date, unit: str) -> None:
    value = load_law(write_law(tmp_path, TWO_WORDINGS)).value_on("deadlines/enter_declaration", day)
    assert value is not None
    assert (value.number, value.unit) == (Decimal(4), unit)


@pytest.mark.parametrize("day", [date(2007, 12, 27), date(2030, 1, 1), date(2031, 1, 1)])
def test_a_value_holds_neither_before_it_begins_nor_after_its_repeal(
    tmp_path: Path, day: date
) -> None:
    law = load_law(write_law(tmp_path, TWO_WORDINGS))
    assert law.value_on("deadlines/enter_declaration", day) is None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("from = 2007-12-28", "", "value[1].from"),
        ("from = 2007-12-28", 'from = "2007-12-28"', "value[1].from"),
        ("from = 2007-12-28", "from = 2007-12-28T00:00:00Z", "value[1].from"),
        ('unit = "calendar_days"', "", "value[1].unit"),
        ("days = 4", "", "value[1]"),
        ("days = 4", "days = 4\nhours = 96", "value[1]"),
        ("days = 4", 'days = "four"', "value[1].days"),
        ("days = 4", "days = true", "value[1].days"),
        ('law = "order-1"', "", "value[3].law"),
        ("from = 2013-08-21", "from = 2007-12-28", "value.from"),
        ("from = 2013-08-21", "from = 2001-01-01", "value.from"),
    ],
)
def test_a_fault_names_the_file_and_the_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(WrongLawValue) as fault:
        load_law(write_law(tmp_path, TWO_WORDINGS.replace(old, new, 1)))
    assert fault.value.key == key
    assert "enter_declaration.toml" in str(fault.value)


@pytest.mark.parametrize("text", ["", "value = 4", "[[value"])
def test_a_file_without_values_is_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises((WrongLawValue, BrokenData)) as fault:
        load_law(write_law(tmp_path, text))
    assert "enter_declaration.toml" in str(fault.value)


def test_asking_for_a_value_that_nobody_wrote_down_is_a_fault() -> None:
    with pytest.raises(UnknownLawValue):
        value_on("ages/wisdom", date(2015, 5, 1))


def test_the_edition_of_the_law_changes_with_any_word_of_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    same = [load_law(write_law(tmp_path / name, TWO_WORDINGS)).edition for name in ("a", "b")]
    amended = TWO_WORDINGS.replace("days = 4", "days = 5", 1)
    other = load_law(write_law(tmp_path / "c", amended)).edition
    assert same[0] == same[1] != other


def test_a_decimal_of_the_law_stays_exact(tmp_path: Path) -> None:
    text = TWO_WORDINGS.replace("days = 4", "days = 149.6", 1)
    value = load_law(write_law(tmp_path, text)).value_on(
        "deadlines/enter_declaration", date(2010, 1, 1)
    )
    assert value is not None
    assert value.number == Decimal("149.6")


@pytest.mark.parametrize(
    ("name", "day", "number", "assumed"),
    [
        ("ages/majority", date(2015, 5, 1), 18, False),
        ("ages/pension_women", date(2015, 5, 1), 60, True),
        ("ages/pension_men", date(2026, 11, 21), 65, True),
        ("identity/personal_number", date(2010, 5, 21), 11, True),
        ("bans/registration_waiver", date(2013, 8, 21), 1, False),
    ],
)
def test_the_shipped_law_says(name: str, day: date, number: int, assumed: bool) -> None:
    value = value_on(name, day)
    assert value is not None
    assert (value.number, value.assumed) == (Decimal(number), assumed)


def test_every_shipped_value_can_be_loaded() -> None:
    assert len(load_law().values) == len(list(LAW.rglob("*.toml"))) > 0
