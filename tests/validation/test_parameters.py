import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.validation.law_folders import write_law
from validation.errors import BrokenData, UnknownLawValue, WrongLawValue
from validation.parameters import LAW, load_law, value_on
from validation.toml_data import DATA

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


def write_value(folder: Path, text: str) -> Path:
    return write_law(folder, {"deadlines/enter_declaration": text})


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
    value = load_law(write_value(tmp_path, TWO_WORDINGS)).value_on(
        "deadlines/enter_declaration", day
    )
    assert value is not None
    assert (value.number, value.unit) == (Decimal(4), unit)


@pytest.mark.parametrize("day", [date(2007, 12, 27), date(2030, 1, 1), date(2031, 1, 1)])
def test_a_value_holds_neither_before_it_begins_nor_after_its_repeal(
    tmp_path: Path, day: date
) -> None:
    law = load_law(write_value(tmp_path, TWO_WORDINGS))
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
        load_law(write_value(tmp_path, TWO_WORDINGS.replace(old, new, 1)))
    assert fault.value.key == key
    assert "enter_declaration.toml" in str(fault.value)


@pytest.mark.parametrize("text", ["", "value = 4", "[[value"])
def test_a_file_without_values_is_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises((WrongLawValue, BrokenData)) as fault:
        load_law(write_value(tmp_path, text))
    assert "enter_declaration.toml" in str(fault.value)


def test_asking_for_a_value_that_nobody_wrote_down_is_a_fault() -> None:
    with pytest.raises(UnknownLawValue):
        value_on("ages/wisdom", date(2015, 5, 1))


def test_the_edition_of_the_law_changes_with_any_word_of_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    same = [load_law(write_value(tmp_path / name, TWO_WORDINGS)).edition for name in ("a", "b")]
    amended = TWO_WORDINGS.replace("days = 4", "days = 5", 1)
    other = load_law(write_value(tmp_path / "c", amended)).edition
    assert same[0] == same[1] != other


def test_a_decimal_of_the_law_stays_exact(tmp_path: Path) -> None:
    text = TWO_WORDINGS.replace("days = 4", "days = 149.6", 1)
    value = load_law(write_value(tmp_path, text)).value_on(
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


@pytest.mark.parametrize(
    ("name", "day", "number"),
    [
        ("gurjaani/newborn", date(2014, 12, 31), None),
        ("gurjaani/newborn", date(2015, 1, 1), 300),
        ("gurjaani/newborn", date(2015, 12, 31), 300),
        ("gurjaani/newborn", date(2016, 1, 1), None),
        ("benefits/child_benefit", date(2021, 6, 30), 50),
        ("benefits/child_benefit", date(2021, 7, 1), 100),
        ("benefits/child_benefit", date(2022, 6, 1), 150),
        ("benefits/child_benefit", date(2023, 7, 1), 200),
        ("benefits/child_benefit_limit", date(2021, 6, 30), 100001),
        ("benefits/child_benefit_limit", date(2021, 7, 1), 120001),
        ("benefits/subsistence_minimum", date(2018, 5, 31), "149.6"),
        ("benefits/subsistence_minimum", date(2018, 6, 1), 175),
        ("protocols/visits", date(2010, 5, 19), None),
    ],
)
def test_an_old_case_is_recomputed_with_the_numbers_of_its_day(
    name: str, day: date, number: int | str | None
) -> None:
    value = value_on(name, day)
    assert (value.number if value else None) == (None if number is None else Decimal(number))


def test_nothing_shipped_holds_before_its_first_day_or_after_its_repeal() -> None:
    law = load_law()
    for name, values in law.values.items():
        assert law.value_on(name, values[0].start - timedelta(days=1)) is None
        repealed = [value.start for value in values if value.number is None]
        assert all(law.value_on(name, day) is None for day in repealed)


def test_every_shipped_file_can_be_loaded_and_says_what_it_is() -> None:
    law = load_law()
    files = {file.relative_to(LAW).with_suffix("").as_posix() for file in LAW.rglob("*.toml")}
    settings = {f"settings/{name}" for name in law.settings}
    assert files == law.values.keys() | law.lists.keys() | law.scales.keys() | settings
    assert files == {name for name, about in law.about.items() if about.en and about.ka}


def test_the_numbers_that_code_asks_for_are_all_written_down() -> None:
    law = load_law()
    asked = re.compile(
        r"\b(?:legal_number|legal_value|value_on|codes_on|scale_on)\(\s*\"([^\"]+)\""
    )
    sources = [*DATA.rglob("*.py"), *(DATA.parent / "workflow").rglob("*.py")]
    names = {name for file in sources for name in asked.findall(file.read_text(encoding="utf-8"))}
    assert "ages/majority" in names
    assert names - law.values.keys() - law.lists.keys() - law.scales.keys() == set()


def test_a_value_keeps_the_requirements_that_it_fulfils() -> None:
    law = load_law()
    assert law.meets["protocols/visit_span"] == ("R003-14.4", "T20")
    assert law.about["ages/majority"].en.startswith("Completed years")
