"""What a file of the law must look like: every fault in it, with its key.

Loading stops at the first fault; the editor's check shows them all.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from validation.errors import WrongLawFile, WrongLawValue, WrongList, WrongScale, WrongSetting
from validation.law_entry_shape import (
    Entry,
    Faults,
    are_tables,
    is_text,
    join_words,
    list_choice_faults,
    list_codes_faults,
    list_dated_faults,
    list_option_faults,
    list_scale_faults,
    list_value_faults,
)

FileFaults = Iterator[WrongLawFile]

KINDS: dict[str, tuple[type[WrongLawFile], Callable[[Entry], Faults]]] = {
    "value": (WrongLawValue, list_value_faults),
    "list": (WrongList, list_codes_faults),
    "scale": (WrongScale, list_scale_faults),
    "choice": (WrongSetting, list_choice_faults),
}
"""Word above each entry of a file -> the fault and the check of what stands below it."""
_TOP = frozenset({"about", "about_ka", "meets"})
_SETTING_TOP = frozenset({"id", "steers", "options"})


def name_kind(data: Entry) -> str | None:
    """What a file holds: `value`, `list`, `scale` or `choice`; None where that is not clear."""
    kinds = [kind for kind in KINDS if kind in data]
    return kinds[0] if len(kinds) == 1 else None


def list_shape_faults(file: Path, data: Entry) -> FileFaults:
    """Every fault that keeps a file of the law from being used."""
    kind = name_kind(data)
    if kind is None:
        yield WrongLawValue(file, "value", f"entries of one kind: {join_words(KINDS)}")
        return
    known = _TOP | {kind} | (_SETTING_TOP if kind == "choice" else frozenset())
    for key in sorted(data.keys() - known):
        yield WrongLawFile(file, key, f"unknown; known are {join_words(known)}")
    yield from _list_heading_faults(file, data)
    if kind == "choice":
        yield from _list_setting_faults(file, data)
    yield from _list_entries_faults(file, kind, data[kind])


def _list_heading_faults(file: Path, data: Entry) -> FileFaults:
    for key in ("about", "about_ka"):
        if key in data and not is_text(data[key]):
            yield WrongLawFile(file, key, "a sentence")
    meets = data.get("meets", [])
    if not isinstance(meets, list) or not all(map(is_text, meets)):
        yield WrongLawFile(file, "meets", 'ids of requirements: ["R003-7.4"]')


def _list_entries_faults(file: Path, kind: str, entries: Any) -> FileFaults:
    fault, check = KINDS[kind]
    if not are_tables(entries):
        yield fault(file, kind, f"no entry: write [[{kind}]]")
        return
    for number, entry in enumerate(entries, 1):
        for key, what in (*list_dated_faults(entry), *check(entry)):
            yield fault(file, f"{kind}[{number}].{key}".rstrip("."), what)
    days = [entry["from"] for entry in entries if type(entry.get("from")) is date]
    if days != sorted(set(days)):
        yield fault(file, f"{kind}.from", "entries stand oldest first, one a day")


def _list_setting_faults(file: Path, data: Entry) -> FileFaults:
    for key in ("id", "steers"):
        if not is_text(data.get(key)):
            yield WrongSetting(file, key, "a text")
    options = data.get("options")
    if not isinstance(options, dict) or len(options) < 2:
        yield WrongSetting(file, "options", "two options at least")
        return
    for name, option in options.items():
        if not isinstance(option, dict):
            yield WrongSetting(file, f"options.{name}", "a table with law, says and says_ka")
            continue
        for key, what in list_option_faults(option):
            yield WrongSetting(file, f"options.{name}.{key}", what)
    yield from _list_strange_choices(file, data["choice"], options)


def _list_strange_choices(file: Path, entries: Any, options: Entry) -> FileFaults:
    for number, entry in enumerate(entries if are_tables(entries) else (), 1):
        chosen = entry.get("choice")
        if is_text(chosen) and chosen not in options:
            what = f"{chosen} is no option; options are {join_words(options)}"
            yield WrongSetting(file, f"choice[{number}].choice", what)
