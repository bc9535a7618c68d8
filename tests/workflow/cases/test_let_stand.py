"""Which warnings stand because people let one like them stand."""

import pytest

from workflow.cases.decided import name_parameters
from workflow.cases.let_stand import LetStand, Told

CODE = "register_not_reached"
SEEN = {"register": ["register_border", "register_civil"], "people": ["1", "2"], "day": "1"}


def tell(code: str = CODE, field: str | None = None, **changes: object) -> Told:
    return code, field, name_parameters(SEEN | changes)


@pytest.mark.parametrize(
    "told",
    [
        tell(),
        tell(people=["2"]),
        tell(people=["2", "1"]),
        tell(register=["register_civil"], people=["1"]),
    ],
)
def test_a_warning_that_says_no_more_than_people_saw_stands(told: Told) -> None:
    assert told in LetStand(frozenset({tell()}))


@pytest.mark.parametrize(
    "told",
    [
        tell(people=["1", "3"]),
        tell(people=["1", "2", "3"]),
        tell(people="1"),
        tell(register=["register_income"]),
        tell(day="2"),
        tell(more="1"),
        tell(code="register_extracts_are_whole"),
        tell(field="A1"),
    ],
)
def test_a_warning_of_anything_else_does_not_stand(told: Told) -> None:
    assert told not in LetStand(frozenset({tell()}))


def test_a_list_of_anything_but_people_and_registers_is_told_as_it_stands() -> None:
    seen = LetStand(frozenset({tell(other=["a", "b"])}))
    assert tell(other=["a"]) not in seen


def test_where_nobody_let_anything_stand_nothing_does() -> None:
    assert not LetStand()
    assert tell() not in LetStand()
