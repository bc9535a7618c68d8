"""Which columns the extract of a register has, under which headings; data in columns.toml."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from validation.errors import BrokenData
from validation.registers import Register
from validation.toml_data import read_toml

COLUMNS = Path(__file__).with_name("columns.toml")
PERSONAL_NUMBER = "personal_number"


class CellKind(StrEnum):
    """What a cell holds."""

    PERSONAL_NUMBER = "personal_number"
    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    FLAG = "flag"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an extract."""

    name: str
    kind: CellKind
    may_be_empty: bool
    headings: tuple[str, ...]
    """What may stand above it beside its name, as written in the data."""
    words: Mapping[str, str]
    """Word in its one way of writing -> code or truth value that it means."""

    @property
    def codes(self) -> tuple[str, ...]:
        """What its words mean, each once."""
        return tuple(dict.fromkeys(self.words.values()))


@dataclass(frozen=True, slots=True)
class Shape:
    """What an extract of one register looks like."""

    register: Register
    columns: tuple[Column, ...]
    """The personal number first, then the parts of an entry."""
    is_one_row_a_person: bool

    def find_column(self, heading: str) -> Column | None:
        """The column that a heading names; None for one that is none of ours."""
        wanted = fold_word(heading)
        return next((column for column in self.columns if wanted in _list_names(column)), None)


def fold_word(text: str) -> str:
    """A word in its one way of writing: capitals, spaces and underscores do not matter."""
    return " ".join(unicodedata.normalize("NFC", text).replace("_", " ").casefold().split())


@cache
def load_shapes(file: Path = COLUMNS) -> Mapping[Register, Shape]:
    """The shape of every register; a fault names what is wrong with the data."""
    data = read_toml(file)
    try:
        return {register: _build_shape(register, data) for register in Register}
    except (KeyError, ValueError) as fault:
        raise BrokenData(file, detail=str(fault)) from fault


def _build_shape(register: Register, data: Mapping[str, Any]) -> Shape:
    told = data["register"][register.value]
    number = {"kind": CellKind.PERSONAL_NUMBER, **data[PERSONAL_NUMBER]}
    columns = {PERSONAL_NUMBER: number, **told["columns"]}
    return Shape(
        register,
        tuple(_build_column(name, column, data["flags"]) for name, column in columns.items()),
        told.get("one_row_a_person", False) is True,
    )


def _build_column(name: str, told: Mapping[str, Any], flags: Mapping[str, Any]) -> Column:
    kind = CellKind(told["kind"])
    meanings = flags if kind is CellKind.FLAG else told.get("codes", {})
    return Column(
        name=name,
        kind=kind,
        may_be_empty=told.get("may_be_empty", False) is True,
        headings=tuple(told["headings"]),
        words=dict(_list_words(meanings)),
    )


def _list_words(meanings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for meaning, words in meanings.items():
        for word in (meaning, *words):
            yield fold_word(word), meaning


@cache
def _name_column(name: str, headings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold_word, (name, *headings)))


def _list_names(column: Column) -> frozenset[str]:
    return _name_column(column.name, column.headings)
