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
from form_templates.toml_words import explain_syntax

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)
_ABSENT = object()
MOST = 100_000
"""Of whatever is counted without a limit of its own."""
LONGEST_MM = 2000.0
_LONGEST_FOUND = 60


def read_toml(file: Path) -> dict[str, object]:
    """The whole file as plain values, or a fault that names the line."""
    return parse_toml(read_text(file), file)


def read_text(file: Path) -> str:
    """The whole file as text, or a fault."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MissingFile(file, detail=error.strerror or "") from error
    try:
        # Some editors begin a file with a mark of its encoding.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BrokenToml(file, detail="save it in the encoding UTF-8", line=line) from error


def parse_toml(text: str, file: Path) -> dict[str, object]:
    """The text of a file as plain values, or a fault that names the line."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at_line = re.search(r"line (\d+)", str(error))
        line = int(at_line[1]) if at_line else text.count("\n") + 1
        raise BrokenToml(file, detail=explain_syntax(str(error)), line=line) from error


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

    def take_count(self, name: str, default: int | None = None, most: int = MOST) -> int:
        """A whole number from 0 to the most; required unless a default is given."""
        value = self._take(name, default)
        if type(value) is int and 0 <= value <= most:
            return value
        return self._refuse(name, value, f"a whole number up to {most}", default or 0)

    def take_length(self, name: str, least_mm: float = 0.1) -> float | None:
        """A length in mm that paper may have, or None where the key is absent."""
        if not self.has(name):
            return None
        value = self._take(name, None)
        number = value if isinstance(value, int | float) and type(value) is not bool else 0
        if least_mm <= number <= LONGEST_MM:
            return float(number)
        wanted = f"a length in mm from {least_mm:g} to {LONGEST_MM:g}"
        return self._refuse(name, value, wanted, None)

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

    def take_texts(self, name: str, most: int = MOST) -> tuple[str, ...]:
        """A list of so many words at most, empty where the key is absent."""
        value = self._take(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            return self._refuse(name, value, 'a list as ["1", "2"]', ())
        if len(value) > most:
            return self._refuse(name, len(value), f"a list of at most {most}", ())
        return tuple(value)

    def take_counts(self, name: str, most: int = MOST, most_in_all: int = MOST) -> tuple[int, ...]:
        """A list of whole numbers from 1 to the most, empty where the key is absent."""
        value = self._take(name, [])
        if not isinstance(value, list) or not all(type(v) is int and v > 0 for v in value):
            return self._refuse(name, value, "a list as [2, 2, 4]", ())
        if max(value, default=0) > most or sum(value) > most_in_all:
            wanted = f"a list as [2, 2, 4], each up to {most}, {most_in_all} in all"
            return self._refuse(name, value, wanted, ())
        return tuple(value)

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
            found = _shorten(repr(value))
            self.report(fault(self.file, self.key(name), f"{found}; wanted: {wanted}"))
        return instead


def _shorten(found: str) -> str:
    """What was found instead of a value, as far as it can be read in a line."""
    return found if len(found) <= _LONGEST_FOUND else f"{found[:_LONGEST_FOUND]}..."


def name_entry(name: str, number: int, entry: Mapping[str, object]) -> str:
    """What the entry of a list of tables is called in faults: its id, else its number."""
    return str(entry.get("id", f"{name}[{number}]"))
