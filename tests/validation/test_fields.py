from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from marshmallow.fields import Field

from validation.fields import (
    CircledCode,
    CircledCodes,
    DateField,
    DecimalNumber,
    FamilyCode,
    Lari,
    PersonalNumber,
    Phone,
    PlainText,
    Presence,
    TimeField,
    WholeNumber,
)

MONEY = Lari(2)


def refuse(field: Field[Any], raw: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        field.deserialize(raw)
    return str(refusal.value.messages[0])


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (MONEY, "  15050", Decimal("150.50")),
        (MONEY, "150  50", Decimal("150.50")),
        (MONEY, "150    ", Decimal("150.00")),
        (MONEY, "15050", Decimal("150.50")),
        (MONEY, "000", Decimal("0.00")),
        (MONEY, "    000", Decimal("0.00")),
        (MONEY, "150.5", Decimal("150.50")),
        (DecimalNumber(4), "  10001", Decimal("1.0001")),
        (DecimalNumber(0), " 12 ", Decimal(12)),
        (WholeNumber(), " 7", 7),
        (WholeNumber(), "007", 7),
        (DateField(), "29022016", date(2016, 2, 29)),
        (TimeField(), "0905", time(9, 5)),
        (TimeField(), "0000", time(0, 0)),
        (PersonalNumber(11), "01001012345", "01001012345"),
        (Phone(), "599123456", "599123456"),
        (FamilyCode(), "0012345678", "0012345678"),
        (PlainText(), " abc d ", "abc d"),
        (CircledCode(["1", "2"]), "2", "2"),
        (CircledCodes(["1", "2"]), ["2", "1"], ("2", "1")),
        (CircledCodes(["1", "2"]), (), ()),
        (Presence(), False, False),
    ],
)
def test_characters_become_the_value_they_mean(field: Field[Any], raw: Any, value: Any) -> None:
    assert field.deserialize(raw) == value


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        (MONEY, "50", "invalid_number"),
        (MONEY, "", "invalid_number"),
        (MONEY, "1505 ", "invalid_number"),
        (MONEY, "1 5  00", "invalid_number"),
        (MONEY, "     50", "invalid_number"),
        (MONEY, "  150 5", "invalid_number"),
        (MONEY, "  15o50", "invalid_number"),
        (MONEY, "150.505", "invalid_number"),
        (MONEY, "150. 5", "invalid_number"),
        (MONEY, ".50", "invalid_number"),
        (MONEY, "-150.50", "invalid_number"),
        (WholeNumber(), "1 2", "invalid_number"),
        (WholeNumber(), "\u0664", "invalid_number"),
        (WholeNumber(), 7, "invalid_number"),
        (DateField(), "31022015", "invalid_date"),
        (DateField(), " 1022015", "invalid_date"),
        (DateField(), "01 02015", "invalid_date"),
        (DateField(), "00000000", "invalid_date"),
        (TimeField(), "2400", "invalid_time"),
        (TimeField(), " 930", "invalid_time"),
        (PersonalNumber(11), "0100101234", "invalid_personal_number"),
        (PersonalNumber(11), "010 1012345", "invalid_personal_number"),
        (PersonalNumber(11), "010010123456", "invalid_personal_number"),
        (Phone(), "599 12345", "invalid_phone"),
        (FamilyCode(), "12 45", "invalid_code"),
        (PlainText(), "  ", "invalid_answer"),
        (CircledCode(["1", "2"]), "3", "invalid_answer"),
        (CircledCodes(["1", "2"]), ["3"], "invalid_answer"),
        (CircledCodes(["1", "2"]), "12", "invalid_answer"),
        (Presence(), "yes", "invalid_answer"),
    ],
)
def test_characters_that_could_mean_two_things_are_refused(
    field: Field[Any], raw: Any, code: str
) -> None:
    assert refuse(field, raw) == code


@given(st.integers(0, 9_999_999))
def test_every_amount_that_fills_its_cells_comes_back_to_the_tetri(tetri: int) -> None:
    assert MONEY.deserialize(f"{tetri:07d}") == Decimal(tetri) / 100


@given(st.integers(0, 99_999), st.integers(0, 99))
def test_an_amount_never_changes_with_its_place_among_the_whole_cells(
    lari: int, tetri: int
) -> None:
    right, left = f"{lari:>5}{tetri:02d}", f"{lari:<5}{tetri:02d}"
    assert MONEY.deserialize(right) == MONEY.deserialize(left) == Decimal(f"{lari}.{tetri:02d}")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_of_the_calendar_comes_back(day: date) -> None:
    assert DateField().deserialize(day.strftime("%d%m%Y")) == day
