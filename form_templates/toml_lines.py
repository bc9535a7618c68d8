"""Finds the line of a key in a TOML file, so that a fault can be gone to."""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from form_templates.errors import TemplateFault
from form_templates.toml_table import name_entry


def locate_fault(fault: TemplateFault) -> None:
    """Give a fault the line of its key, where its file has one."""
    if fault.line is None and fault.file.is_file():
        fault.line = find_line(fault.file, fault.key)


def find_line(file: Path, key: str) -> int:
    """The line of a key; for an absent one that of the table it belongs to, else the first."""
    lines = read_lines(file.read_text(encoding="utf-8-sig", errors="replace"))
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


def read_lines(text: str) -> dict[str, int]:
    """Key -> line from 1, keys named as faults name them: `A.A1.codes`, `option.A1.2`.

    Empty for a text that is not TOML: that is a fault with a line of its own.
    """
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
    lines: dict[str, int] = {}
    entries: dict[tuple[str, ...], int] = {}
    heading = ""
    for line, source, values in _split_statements(text):
        if source.lstrip().startswith("["):
            heading = _name_heading(tuple(_descend(values)), whole, entries)
            lines.setdefault(heading, line)
            continue
        for key in _list_keys(values):
            lines.setdefault(f"{heading}.{key}" if heading else key, line)
    return lines


def _split_statements(text: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each heading and each key with its value: first line, source and what it says.

    A statement ends with the first line up to which it is TOML by itself: a value
    over several lines is none before its last.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    start = 0
    while start < len(lines):
        source, values = next(
            (source, values)
            for source in accumulate(lines[start:])
            if (values := _parse(source)) is not None
        )
        if values:
            yield start + 1, source, values
        start += source.count("\n")


def _parse(source: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError):
        return None


def _descend(values: object) -> Iterator[str]:
    """The parts of a heading, from what it says alone."""
    while isinstance(values, dict) and values:
        part, values = next(iter(values.items()))
        yield part


def _name_heading(
    path: tuple[str, ...], whole: Mapping[str, Any], entries: dict[tuple[str, ...], int]
) -> str:
    """What the table under a heading is called; a list of tables goes on to its next entry."""
    names: list[str] = []
    node: Any = whole
    for depth, part in enumerate(path, start=1):
        node = node[part]
        if not isinstance(node, list):
            names.append(part)
            continue
        above = path[:depth]
        if above == path:
            entries[above] = entries.get(above, 0) + 1
            for below in [p for p in entries if p[:depth] == above and p != above]:
                del entries[below]
        node = node[entries[above] - 1]
        names.append(name_entry(part, entries[above], node))
    return ".".join(names)


def _list_keys(values: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """The keys of one statement, those inside an inline table included."""
    for name, value in values.items():
        yield f"{place}{name}"
        if isinstance(value, dict):
            yield from _list_keys(value, f"{place}{name}.")
