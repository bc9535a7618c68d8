"""Which month the income of a declaration is of."""

from datetime import date

from validation.months import add_months
from validation.parameters import Law


def find_income_month(filled: date, law: Law) -> date | None:
    """The first day of the month that C3 speaks of; None where no law of that day says.

    The month before that of filling counts as the first (order 01-14, annex 1,
    art. 8(4)(a)): a declaration filled on any day of November speaks of September.
    """
    back = law.value_on("income/preceding_month", filled)
    if back is None or back.number is None:
        return None
    return add_months(filled.replace(day=1), -int(back.number))
