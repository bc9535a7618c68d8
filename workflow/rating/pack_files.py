"""From the files of a methodology pack to a checked Pack, or a fault with file and key."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from workflow.rating.faults import BrokenPack, NoPack
from workflow.rating.pack import Addition, Band, Input, Measure, Needs, Pack, Parameter
from workflow.rating.pack_rules import LEAST_WELFARE, SCORE, check_pack

ROOT = Path(__file__).with_name("packs")
PACK_FILE = "pack.toml"
LANGUAGES = ("en", "ka")
_WORDS = ("input", "value", "coefficient", "amount", "total", "welfare", "needs", "score")
_Part = TypeVar("_Part")


def load_pack(day: date, root: Path = ROOT) -> Pack:
    """The pack that holds on a day: an official one before a demonstration, then the newest."""
    begun = [pack for pack in list_packs(root) if pack.start <= day]
    if not begun:
        raise NoPack(day.isoformat())
    return max(begun, key=lambda pack: (pack.official, pack.start))


def open_pack(key: str, root: Path = ROOT) -> Pack:
    """The pack that a rating names; raises NoPack where it is not there any more."""
    for pack in list_packs(root):
        if pack.key == key:
            return pack
    raise NoPack(key)


@cache
def list_packs(root: Path = ROOT) -> tuple[Pack, ...]:
    """Every pack under a folder, checked, in the order of their folders."""
    return tuple(read_pack(file) for file in sorted(root.glob(f"*/*/{PACK_FILE}")))


def read_pack(file: Path) -> Pack:
    """One pack with its wording, whole and checked."""
    content = file.read_bytes()
    data = _parse(content, file)
    head = _take(data, "pack", dict, file)
    needs = _take(data, "needs", dict, file)
    pack = Pack(
        name=_take(head, "name", str, file, "pack"),
        start=_take(head, "from", date, file, "pack"),
        official=_take(head, "official", bool, file, "pack"),
        form=_take(head, "form", str, file, "pack"),
        editions=frozenset(_take(head, "editions", list, file, "pack")),
        parameters=dict(_build_parameters(_take(data, "parameters", dict, file), file)),
        welfare=_build_parts(Input, data, "welfare", file),
        needs=Needs(
            table=_take(needs, "table", str, file, "needs"),
            born=_take(needs, "born", str, file, "needs"),
            bands=_build_parts(Band, needs, "bands", file),
            additions=_build_parts(Addition, needs, "additions", file),
        ),
        checksum=hashlib.sha256(content).hexdigest(),
        labels={language: _read_labels(file, language) for language in LANGUAGES},
    )
    for place, table in (("", data), ("pack.", head), ("needs.", needs)):
        for key in table:
            raise BrokenPack.at(file, place + key, "no such key here")
    if file.parent.name != pack.start.isoformat() or file.parent.parent.name != pack.name:
        raise BrokenPack.at(file, "pack.from", "the folders are not named by name and date")
    check_pack(pack, file)
    _check_labels(pack, file)
    return pack


def _parse(content: bytes, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode(), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BrokenPack.at(file, "", str(fault)) from fault


def _take(table: dict[str, Any], key: str, kind: type[_Part], file: Path, place: str = "") -> _Part:
    """Take a value of a kind out of a table; what is left over in the end is misspelt."""
    value = table.pop(key, None)
    if not isinstance(value, kind):
        named = f"{place}.{key}" if place else key
        raise BrokenPack.at(file, named, f"{value!r}; wanted: {kind.__name__}")
    return value


def _build_parameters(table: Mapping[str, Any], file: Path) -> Iterator[tuple[Parameter, Measure]]:
    """The single numbers: each of them, and no other."""
    for name in sorted(set(table) ^ set(Parameter)):
        raise BrokenPack.at(file, f"parameters.{name}", "missing, or no such parameter")
    for name in Parameter:
        yield name, _build_part(Measure, table[name], f"parameters.{name}", file)


def _build_parts(
    kind: type[_Part], table: dict[str, Any], key: str, file: Path
) -> tuple[_Part, ...]:
    entries = _take(table, key, list, file)
    return tuple(
        _build_part(kind, entry, f"{key}.{entry.get('id', number)}", file)
        for number, entry in enumerate(entries, start=1)
    )


def _build_part(kind: type[_Part], entry: Mapping[str, Any], key: str, file: Path) -> _Part:
    """One table as a part of the pack; its keys are the part's own."""
    numbers = {"number", "coefficient", "weight"}
    exact = {k: Decimal(v) if k in numbers and type(v) is int else v for k, v in entry.items()}
    for name, value in exact.items():
        if name in numbers and not isinstance(value, Decimal):
            raise BrokenPack.at(file, f"{key}.{name}", f"{value!r}; wanted: a number")
    try:
        return kind(**exact)
    except TypeError as fault:
        raise BrokenPack.at(file, key, str(fault).partition(".__init__() ")[2]) from fault


def _read_labels(file: Path, language: str) -> dict[str, str]:
    wording = file.with_name(f"labels.{language}.toml")
    tables = _parse(wording.read_bytes(), wording)
    return {
        f"{table}.{key}": text for table, texts in tables.items() for key, text in texts.items()
    }


def _check_labels(pack: Pack, file: Path) -> None:
    """Every line that can be written has its wording in each language."""
    lines = {f"line.{name}" for name in pack.part_ids}
    lines |= {f"line.{name}" for name in (Parameter.BASE, LEAST_WELFARE, SCORE)}
    wanted = lines | {"pack.title", "pack.statement"} | {f"word.{word}" for word in _WORDS}
    for language, labels in pack.labels.items():
        for key in sorted(wanted ^ set(labels)):
            name = file.with_name(f"labels.{language}.toml")
            raise BrokenPack.at(name, key, "the wording is missing, or nothing bears it")
