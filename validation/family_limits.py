"""The numbers of the law that the facts of a family hang on, as of one day."""

from dataclasses import dataclass
from datetime import date

from validation.parameters import Law


@dataclass(frozen=True, slots=True)
class Limits:
    """Ages in completed years, and counts; None where the law has none on the day."""

    majority: int | None
    working_age: int | None
    """Youngest age that counts as able to work."""
    pension_women: int | None
    pension_men: int | None
    disabled_child: int | None
    orphan: int | None
    child_of_lone_mother: int | None
    child_benefit: int | None
    first_year: int | None
    large_family: int | None
    """Minor children from which a family is one of many children."""


_NAMES = {
    "majority": "ages/majority",
    "working_age": "ages/able_bodied",
    "pension_women": "ages/pension_women",
    "pension_men": "ages/pension_men",
    "disabled_child": "ages/disabled_child",
    "orphan": "ages/orphan",
    "child_of_lone_mother": "ages/child_of_lone_mother",
    "child_benefit": "benefits/child_benefit_age",
    "first_year": "ages/first_year",
    "large_family": "gurjaani/many_children_least",
}
"""Limit -> name of the value in the law."""


def read_limits(law: Law, day: date) -> Limits:
    """Every limit as the law has it on a day."""
    return Limits(**{limit: _read_limit(law, name, day) for limit, name in _NAMES.items()})


def _read_limit(law: Law, name: str, day: date) -> int | None:
    """Ages and members come in whole numbers."""
    value = law.value_on(name, day)
    return int(value.number) if value and value.number is not None else None
