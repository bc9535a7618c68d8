"""A table of a template file that checks what is taken from it and what is left over."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from form_templates.errors import (
    BrokenToml,
    MissingFile,
    MissingKey,
    Report,
    TemplateFault,
    UnknownKey,
    WrongValue,
    raise_fault,
)

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)
_ABSENT = object()


def read_toml(file: Path) -> dict[str, object]:
    """The whole file as plain values, or a fault that names the line."""
    return parse_toml(read_text(file), file)


def read_text(file: Path) -> str:
    """The whole file as text, or a fault."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingFile(file, detail=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise BrokenToml(file, detail=f"not UTF-8 at byte {error.start}") from error


def parse_toml(text: str, file: Path) -> dict[str, object]:
    """The text of a file as plain values, or a fault that names the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at_line = re.search(r"line (\d+)", str(error))
        line = int(at_line[1]) if at_line else text.count("\n") + 1
        raise BrokenToml(file, detail=str(error), line=line) from error


@dataclass(frozen=True, slots=True)
class TomlTable:
    """Values under one heading; each is taken once, so that the rest is misspelt.

    A fault goes to `report`. Where that does not raise, something harmless stands in
    for the value, so that one reading finds every fault of a file.
    """

    file: Path
    place: str
    """Where the table stands, for faults: `A.A10`."""
    values: dict[str, object]
    report: Report = raise_fault
    asked: set[str] = field(default_factory=set)
    """Every name that was asked for."""

    def key(self, name: str) -> str:
        """The full name of a key, as faults give it."""
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        """Whether the key is there and not yet taken."""
        self.asked.add(name)
        return name in self.values

    def take_text(self, name: str, default: str | None = None) -> str:
        """Words; required unless a default is given."""
        value = self._take(name, default)
        if isinstance(value, str) and value.strip():
            return value
        return self._refuse(name, value, "words in quotation marks", "")

    def take_optional_text(self, name: str) -> str | None:
        """Words, or None where the key is absent."""
        return self.take_text(name) if self.has(name) else None

    def take_count(self, name: str, default: int | None = None) -> int:
        """A whole number from 0; required unless a default is given."""
        value = self._take(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        return self._refuse(name, value, "a whole number", default or 0)

    def take_length(self, name: str) -> float | None:
        """A length in mm, or None where the key is absent."""
        if not self.has(name):
            return None
        value = self._take(name, None)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return float(value)
        return self._refuse(name, value, "a length in mm", None)

    def take_truth(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._take(name, default)
        if isinstance(value, bool):
            return value
        return self._refuse(name, value, "true or false", default)

    def take_choice(
        self,
        name: str,
        choices: type[_Choice],
        default: _Choice | None,
        fault: type[TemplateFault] = WrongValue,
    ) -> _Choice:
        """One of a fixed set of words; required unless a default is given."""
        value = self._take(name, default)
        if isinstance(value, str) and value in {choice.value for choice in choices}:
            return choices(value)
        wanted = " | ".join(choices)
        return self._refuse(name, value, wanted, default or next(iter(choices)), fault)

    def take_optional_choice(self, name: str, choices: type[_Choice]) -> _Choice | None:
        """One of a fixed set of words, or None where the key is absent."""
        return self.take_choice(name, choices, None) if self.has(name) else None

    def take_texts(self, name: str) -> tuple[str, ...]:
        """A list of words, empty where the key is absent."""
        value = self._take(name, [])
        if isinstance(value, list) and all(isinstance(v, str) and v for v in value):
            return tuple(value)
        return self._refuse(name, value, 'a list as ["1", "2"]', ())

    def take_counts(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers from 1, empty where the key is absent."""
        value = self._take(name, [])
        if isinstance(value, list) and all(type(v) is int and v > 0 for v in value):
            return tuple(value)
        return self._refuse(name, value, "a list as [2, 2, 4]", ())

    def take_table(self, name: str) -> "TomlTable":
        """The table under a key, empty where the key is absent."""
        value = self._take(name, {})
        if not isinstance(value, dict):
            value = self._refuse(name, value, f"a table [{name}]", {})
        return TomlTable(self.file, self.key(name), value, self.report)

    def take_tables(self, name: str, prefix: str) -> Iterator["TomlTable"]:
        """The tables of a list, each known by the prefix and its id."""
        value = self._take(name, None)
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            value = self._refuse(name, value, f"tables [[{name}]]", [])
        for number, entry in enumerate(value, start=1):
            known_as = name_entry(name, number, entry)
            yield TomlTable(self.file, f"{prefix}{known_as}", dict(entry), self.report)

    def refuse_rest(self, known: Sequence[str] = ()) -> None:
        """Report every key that nobody asked for."""
        for name in self.values:
            if name not in known:
                near = get_close_matches(name, self.asked, 1)
                meant = f"did you mean `{near[0]}`?" if near else ""
                self.report(UnknownKey(self.file, self.key(name), meant))

    def _take(self, name: str, default: object) -> object:
        self.asked.add(name)
        if name in self.values:
            return self.values.pop(name)
        if default is None:
            self.report(MissingKey(self.file, self.key(name)))
            return _ABSENT
        return default

    def _refuse(
        self,
        name: str,
        value: object,
        wanted: str,
        instead: _Value,
        fault: type[TemplateFault] = WrongValue,
    ) -> _Value:
        """What stands in for a value that does not fit; an absent one is reported already."""
        if value is not _ABSENT:
            self.report(fault(self.file, self.key(name), f"{value!r}; wanted: {wanted}"))
        return instead


def name_entry(name: str, number: int, entry: Mapping[str, object]) -> str:
    """What the entry of a list of tables is called in faults: its id, else its number."""
    return str(entry.get("id", f"{name}[{number}]"))
