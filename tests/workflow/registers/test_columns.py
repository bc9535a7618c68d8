from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from form_templates.catalog import list_templates, load
from form_templates.specification import Template
from tests.workflow.registers.extracts import GOOD
from validation.errors import BrokenData
from validation.registers import Register, RegisterAnswer
from workflow.registers.columns import PERSONAL_NUMBER, CellKind, load_shapes
from workflow.registers.entries import (
    ENTRY_OF,
    describe_answer,
    describe_entry,
    restore_answer,
    restore_entry,
)
from workflow.registers.faults import WrongDay
from workflow.registers.rows import RowRefused, read_row, set_limits

LIMITS = set_limits(date(2026, 3, 1))


@pytest.mark.parametrize("register", Register)
def test_an_extract_has_a_column_for_every_part_of_an_entry(register: Register) -> None:
    names = [column.name for column in load_shapes()[register].columns]
    assert names == [PERSONAL_NUMBER, *(part.name for part in fields(ENTRY_OF[register]))]


@pytest.mark.parametrize("register", Register)
def test_a_heading_means_one_column(register: Register) -> None:
    shape = load_shapes()[register]
    for column in shape.columns:
        assert column.headings
        for heading in (column.name, *column.headings):
            assert shape.find_column(f"  {heading.upper()} ") is column
    assert shape.find_column("something else") is None


@pytest.mark.parametrize("register", Register)
def test_a_column_of_codes_has_codes(register: Register) -> None:
    for column in load_shapes()[register].columns:
        assert bool(column.codes) is (column.kind in {CellKind.CODE, CellKind.FLAG})


@pytest.mark.parametrize(("register", "prefix"), [("income", "C3_"), ("vehicles", "D5_")])
def test_the_kinds_are_the_questions_of_the_declaration(register: str, prefix: str) -> None:
    asked = {q.id for _, q in load_declaration().questions() if q.id.startswith(prefix)}
    (kind,) = (c for c in load_shapes()[Register(register)].columns if c.name == "kind")
    assert set(kind.codes) <= asked and len(kind.codes) > 5


def load_declaration() -> Template:
    key = max(key for key in list_templates() if key.form == "family_declaration")
    return load(key.form, key.edition)


@pytest.mark.parametrize("register", Register)
def test_an_entry_comes_back_from_json_as_it_was(register: Register) -> None:
    number, entry = read_row(load_shapes()[register], GOOD[register], LIMITS)
    assert restore_entry(register, describe_entry(entry)) == entry
    answer = RegisterAnswer(register, number, (entry, entry), date(2026, 2, 1), "a.csv, edition 1")
    assert restore_answer(describe_answer(answer)) == answer


def test_broken_data_name_their_file(tmp_path: Path) -> None:
    file = tmp_path / "columns.toml"
    file.write_text("[flags]\n", encoding="utf-8")
    with pytest.raises(BrokenData, match=r"columns\.toml"):
        load_shapes(file)


def test_a_day_before_our_law_is_refused() -> None:
    with pytest.raises(WrongDay, match="1999"):
        set_limits(date(1999, 1, 1))


ACCEPTED = [
    ("civil", "birth_date", "01.03.1950", date(1950, 3, 1)),
    ("civil", "birth_date", "", None),
    ("civil", "sex", "მამრობითი", "male"),
    ("civil", "citizen", "არა", False),
    ("civil", "citizen", "", None),
    ("civil", "first_name", " ნინო ", "ნინო"),
    ("income", "month", "01.2026", date(2026, 1, 1)),
    ("income", "month", "2026-01-01", date(2026, 1, 1)),
    ("income", "kind", "საარსებო  შემწეობა", "C3_09"),
    ("property", "address", "", ""),
]
REFUSED = [
    ("civil", "personal_number", "1001012345", "not 11 digits; a spreadsheet drops zeros"),
    ("civil", "personal_number", "010010123456", "not 11 digits"),
    ("civil", "personal_number", "0100101234A", "not 11 digits"),
    ("civil", "personal_number", "٠١٠٠١٠١٢٣٤٥", "not 11 digits"),
    ("civil", "personal_number", "", "empty"),
    ("civil", "birth_date", "1950-02-30", "no such day"),
    ("civil", "birth_date", "3/1/1950", "no date"),
    ("civil", "birth_date", "2026-03-02", "after 2026-03-01"),
    ("civil", "birth_date", "0950-03-01", "too long ago"),
    ("civil", "died_on", "1949-01-01", "before the birth date"),
    ("civil", "sex", "x", "unknown code “x”; known: female, male"),
    ("civil", "citizen", "perhaps", "unknown code"),
    ("civil", "first_name", "", "empty"),
    ("civil", "first_name", "a" * 501, "too long"),
    ("civil", "first_name", "a\tb", "control"),
    ("civil", "surname", "#N/A", "shows an error"),
    ("border", "returned_on", "2026-01-04", "before the day of leaving"),
    ("income", "month", "2026-01-15", "no month"),
    ("income", "month", "2026-04", "after 2026-03-01"),
    ("income", "kind", "C3_15", "unknown code"),
    ("income", "amount", "1250.50 GEL", "no amount"),
    ("income", "amount", "-3", "no amount"),
    ("income", "amount", "1.005", "no amount"),
    ("property", "area", "many", "no number"),
    ("property", "share", "0", "over 0 and at most 1"),
    ("property", "share", "1.5", "over 0 and at most 1"),
]


@pytest.mark.parametrize(("register", "column", "text", "value"), ACCEPTED)
def test_a_cell_is_read_as_what_its_column_asks_for(
    register: str, column: str, text: str, value: object
) -> None:
    shape = load_shapes()[Register(register)]
    _, entry = read_row(shape, {**GOOD[shape.register], column: text}, LIMITS)
    assert getattr(entry, column) == value


@pytest.mark.parametrize(("register", "column", "text", "reason"), REFUSED)
def test_a_cell_that_says_something_else_is_refused_with_its_reason(
    register: str, column: str, text: str, reason: str
) -> None:
    shape = load_shapes()[Register(register)]
    with pytest.raises(RowRefused) as refused:
        read_row(shape, {**GOOD[shape.register], column: text}, LIMITS)
    ((named, why),) = refused.value.faults
    assert named == column
    assert reason in why


def test_all_that_is_wrong_with_a_row_is_named_at_once() -> None:
    row = {**GOOD[Register.INCOME], "amount": "much", "month": "May"}
    with pytest.raises(RowRefused) as refused:
        read_row(load_shapes()[Register.INCOME], row, LIMITS)
    assert [column for column, _ in refused.value.faults] == ["month", "amount"]
