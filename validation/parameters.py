"""What the law states, each as of the day it is asked for.

One file a number, a list of codes or a scale under `law/`; its path is its name:
`ages/majority`. What the sources contradict each other in is a setting under
`law/settings/`. A change of law is a further entry with its first day; a repeal is an
entry with `repealed = true`. Nothing is ever deleted, so an old case can be recomputed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from validation.errors import UnknownLawValue, UnknownSetting
from validation.law_entries import (
    About,
    Choice,
    LegalCodes,
    LegalValue,
    Scale,
    Setting,
)
from validation.law_files import (
    build_about,
    build_lists,
    build_scales,
    build_setting,
    build_values,
    name_file,
    read_law_file,
)
from validation.toml_data import DATA

__all__ = [
    "LAW",
    "SETTINGS",
    "Law",
    "LegalCodes",
    "LegalValue",
    "Scale",
    "Setting",
    "load_law",
    "value_on",
]

LAW = DATA / "law"
SETTINGS = "settings/"
"""Stands before the names of settings where names of all kinds stand together."""


class _Dated(Protocol):
    @property
    def start(self) -> date: ...


_Entry = TypeVar("_Entry", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Law:
    """All dated values, lists, scales and settings of one folder, and their edition."""

    root: Path
    values: Mapping[str, tuple[LegalValue, ...]]
    """Name -> its values, oldest first; the same for the lists and the scales."""
    lists: Mapping[str, tuple[LegalCodes, ...]]
    scales: Mapping[str, tuple[Scale, ...]]
    settings: Mapping[str, Setting]
    """Name without its folder: `declaration_entry`."""
    about: Mapping[str, About]
    """Name -> what it is, in both languages; settings with their folder."""
    meets: Mapping[str, tuple[str, ...]]
    """Name -> requirements of the catalogue that it fulfils; settings with their folder."""
    edition: str
    """Changes whenever any file does; a decision stores it beside its day."""

    def value_on(self, name: str, day: date) -> LegalValue | None:
        """The value that holds on a day; None before it begins and after it is repealed."""
        value = _find_begun(self.root, self.values, name, day)
        return value if value and value.number is not None else None

    def codes_on(self, name: str, day: date) -> LegalCodes | None:
        """The list of codes that holds on a day; None before it begins and after its repeal."""
        listed = _find_begun(self.root, self.lists, name, day)
        return listed if listed and listed.codes else None

    def scale_on(self, name: str, day: date) -> Scale | None:
        """The scale that holds on a day; None before it begins and after its repeal."""
        scale = _find_begun(self.root, self.scales, name, day)
        return scale if scale and scale.bands else None

    def choice_on(self, name: str, day: date) -> str:
        """The option of a setting on a day, by its name."""
        return self.choose_on(name, day).option

    def choose_on(self, name: str, day: date) -> Choice:
        """The choice of a setting on a day, with its source."""
        if name not in self.settings:
            raise UnknownSetting(self.root, SETTINGS + name)
        return self.settings[name].choose_on(day)


@cache
def load_law(root: Path = LAW) -> Law:
    """All that the law states under a folder, checked; a fault names its file and key."""
    files = sorted(root.rglob("*.toml"))
    data = {name_file(root, file): read_law_file(file) for file in files}
    return Law(
        root,
        values={name: build_values(name, d) for name, d in data.items() if "value" in d},
        lists={name: build_lists(name, d) for name, d in data.items() if "list" in d},
        scales={name: build_scales(name, d) for name, d in data.items() if "scale" in d},
        settings={
            setting.name: setting
            for setting in (
                build_setting(name.removeprefix(SETTINGS), d)
                for name, d in data.items()
                if "choice" in d
            )
        },
        about={name: build_about(d) for name, d in data.items()},
        meets={name: tuple(d.get("meets", ())) for name, d in data.items()},
        edition=_mark_edition(root, files),
    )


def value_on(name: str, day: date) -> LegalValue | None:
    """The value of the shipped law that holds on a day."""
    return load_law().value_on(name, day)


def _mark_edition(root: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(name_file(root, file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _find_begun(
    root: Path, entries: Mapping[str, tuple[_Entry, ...]], name: str, day: date
) -> _Entry | None:
    """The last entry that has begun by a day, a repeal too."""
    if name not in entries:
        raise UnknownLawValue(root, name)
    return next((entry for entry in reversed(entries[name]) if entry.start <= day), None)
