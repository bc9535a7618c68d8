from datetime import date

import pytest

from validation.income_months import find_income_month
from validation.parameters import load_law


@pytest.mark.parametrize(
    ("filled", "month"),
    [
        (date(2015, 11, 1), date(2015, 9, 1)),
        (date(2015, 11, 30), date(2015, 9, 1)),
        (date(2016, 1, 31), date(2015, 11, 1)),
        (date(2016, 2, 29), date(2015, 12, 1)),
        (date(2016, 4, 30), date(2016, 2, 1)),
    ],
)
def test_a_declaration_speaks_of_the_second_month_before_its_own(filled: date, month: date) -> None:
    assert find_income_month(filled, load_law()) == month


def test_before_the_order_no_month_is_known() -> None:
    assert find_income_month(date(2015, 4, 30), load_law()) is None
