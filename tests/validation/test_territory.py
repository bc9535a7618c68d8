import tomllib

import pytest

from validation.territory import (
    TERRITORY,
    find_unit_code,
    is_other_region,
    load_territory,
    name_unit,
)


@pytest.mark.parametrize(
    ("municipality", "settlement", "code"),
    [
        ("გურჯაანი", None, "0605"),
        ("გურჯაანი", "ვაკე", "0605"),
        ("ვაკე-საბურთალო", None, "1104"),
        ("ვაკე საბურთალო", None, "1104"),
        ("საბურთალო", None, "1104"),
        ("თბილისი", "ჩუღურეთი", "1105"),
        ("თბილისი", None, None),
        ("თბილისი", "გორი", None),
        ("ზუგდიდი", None, None),
        (None, "გორი", None),
        (None, None, None),
        ("", "", None),
    ],
)
def test_an_address_belongs_to_the_unit_that_its_municipality_or_district_names(
    municipality: str | None, settlement: str | None, code: str | None
) -> None:
    assert find_unit_code(municipality, settlement) == code


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        ("1101", "0601", True),
        ("1105", "1102", True),
        ("1105", "1105", False),
        ("0601", "0605", None),
        ("0601", "0601", False),
        ("0601", "9999", None),
    ],
)
def test_a_district_of_the_capital_is_a_region_and_a_municipality_is_left_open(
    before: str, after: str, other: bool | None
) -> None:
    assert is_other_region(before, after) is other


def test_no_two_units_share_a_code_or_a_place() -> None:
    regions = tomllib.loads(TERRITORY.read_text(encoding="utf-8"))["region"]
    units = [unit for region in regions for unit in region["units"]]
    places = [name for unit in units for name in (unit["name"], *unit.get("also", ()))]
    territory = load_territory()
    assert len(territory.by_code) == len(units) == 68
    assert len(territory.by_place) == len(places)


def test_a_unit_that_nobody_named_goes_by_its_code() -> None:
    assert (name_unit("0605"), name_unit("9999")) == ("გურჯაანი", "9999")
