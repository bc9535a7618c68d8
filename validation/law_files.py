"""Files of the law, built into what the program asks for."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from validation.law_entries import (
    About,
    Band,
    Border,
    Choice,
    LegalCodes,
    LegalValue,
    Option,
    Scale,
    Setting,
)
from validation.law_entry_shape import NOT_THE_NUMBER, Entry
from validation.law_shape import list_shape_faults
from validation.toml_data import read_toml


def read_law_file(file: Path) -> Entry:
    """The contents of a file of the law; the first fault in it is raised."""
    data = read_toml(file)
    for fault in list_shape_faults(file, data):
        raise fault
    return data


def name_file(root: Path, file: Path) -> str:
    """The name of what a file holds: `ages/majority`."""
    return file.relative_to(root).with_suffix("").as_posix()


def build_about(data: Entry) -> About:
    """What the file says about itself; empty where it says nothing."""
    return About(data.get("about", ""), data.get("about_ka", ""))


def build_values(name: str, data: Entry) -> tuple[LegalValue, ...]:
    """The dated numbers of a file, oldest first."""
    return tuple(
        LegalValue(name, entry["from"], _take_number(entry), entry["unit"], **_take_source(entry))
        for entry in data["value"]
    )


def build_lists(name: str, data: Entry) -> tuple[LegalCodes, ...]:
    """The dated lists of a file, oldest first."""
    return tuple(
        LegalCodes(name, entry["from"], tuple(entry.get("codes", ())), **_take_source(entry))
        for entry in data["list"]
    )


def build_scales(name: str, data: Entry) -> tuple[Scale, ...]:
    """The dated scales of a file, oldest first."""
    return tuple(
        Scale(
            name,
            entry["from"],
            tuple(_build_band(band) for band in entry.get("bands", ())),
            entry["unit"],
            entry["gives"],
            **_take_source(entry),
        )
        for entry in data["scale"]
    )


def build_setting(name: str, data: Entry) -> Setting:
    """The setting of a file with its options and its dated choices."""
    choices = tuple(
        Choice(entry["from"], entry["choice"], **_take_source(entry)) for entry in data["choice"]
    )
    options = {word: _build_option(word, option) for word, option in data["options"].items()}
    return Setting(data["id"], name, options, choices, data["steers"])


def _build_option(name: str, option: Entry) -> Option:
    laws = option["law"]
    sources = tuple(laws) if isinstance(laws, list) else (laws,)
    return Option(name, sources, About(option["says"], option["says_ka"]))


def _build_band(band: Entry) -> Band:
    return Band(
        _build_border(band, "from", "above"),
        _build_border(band, "to", "below"),
        Decimal(band["least"]) if "least" in band else None,
        Decimal(band["most"]),
        Decimal(band["cap"]) if "cap" in band else None,
    )


def _build_border(band: Entry, included: str, excluded: str) -> Border | None:
    if included in band:
        return Border(Decimal(band[included]), True)
    return Border(Decimal(band[excluded]), False) if excluded in band else None


def _take_number(entry: Entry) -> Decimal | None:
    """The one number of an entry, under whatever word it stands; None for a repeal."""
    named = [word for word in entry if word not in NOT_THE_NUMBER]
    return Decimal(entry[named[0]]) if named else None


def _take_source(entry: Entry) -> dict[str, Any]:
    """What every dated entry says of where it comes from."""
    return {
        "law": entry["law"],
        "amended_by": entry.get("amended_by"),
        "assumed": entry.get("assumed", False),
        "note": entry.get("note"),
    }
