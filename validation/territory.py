"""The territorial units of the agency, found by the place that an address names.

A family belongs to the unit of its place of residence (order 02-150, annex 3, art. 2(1)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from validation.toml_data import DATA, read_toml

TERRITORY = DATA / "territory.toml"
"""All units, under their regions."""
_SEPARATORS = str.maketrans("", "", " -\N{EN DASH}\N{EM DASH}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the agency, with the place that it keeps."""

    code: str
    name: str
    region: str
    by_unit: bool
    """The region is one city: another of its units is another region to the law."""


@dataclass(frozen=True, slots=True)
class Territory:
    """All units, by what they are asked by."""

    by_code: Mapping[str, Unit]
    by_place: Mapping[str, Unit]
    """Name of a municipality or a district, without spaces and hyphens -> its unit."""
    cities: frozenset[str]
    """Names of cities that several units share: the district decides."""


def find_unit_code(municipality: str | None, settlement: str | None = None) -> str | None:
    """The unit that an address belongs to; None where its names leave that open.

    A settlement decides only in a city that several units share: elsewhere villages of
    one name stand in several municipalities.
    """
    territory = load_territory()
    place = _bare(municipality)
    if place not in territory.cities:
        unit = territory.by_place.get(place)
        return unit.code if unit else None
    district = territory.by_place.get(_bare(settlement))
    return district.code if district and district.by_unit else None


def is_other_region(code: str, other: str) -> bool | None:
    """Whether two units lie in different regions; None where the law leaves that open.

    Order 02-150, annex 3, art. 12(3) calls another district of Tbilisi another region; two
    municipalities of one region it does not mention.
    """
    units = load_territory().by_code
    if code == other:
        return False
    if code not in units or other not in units:
        return None
    if units[code].region != units[other].region or units[code].by_unit:
        return True
    return None


def name_unit(code: str) -> str:
    """What a unit is called; its code where nobody named it."""
    unit = load_territory().by_code.get(code)
    return unit.name if unit else code


@cache
def load_territory(file: Path = TERRITORY) -> Territory:
    """All units of a file."""
    regions = read_toml(file).get("region", [])
    by_code: dict[str, Unit] = {}
    by_place: dict[str, Unit] = {}
    for region in regions:
        for entry in region["units"]:
            by_unit = region.get("by_unit", False) is True
            unit = Unit(entry["code"], entry["name"], region["name"], by_unit)
            places = {_bare(name) for name in (entry["name"], *entry.get("also", ()))}
            by_code[unit.code] = unit
            by_place |= dict.fromkeys(places, unit)
    cities = {_bare(region["name"]) for region in regions if region.get("by_unit")}
    return Territory(by_code, by_place, frozenset(cities))


def _bare(name: str | None) -> str:
    """A name as it compares: spaces and hyphens are written now so, now so."""
    return (name or "").translate(_SEPARATORS)
