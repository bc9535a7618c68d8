"""The editor's check: all that is wrong with the files of the law, at once."""

import re
from collections.abc import Iterator
from pathlib import Path

from validation.articles import find_act, find_article, find_missing
from validation.errors import BrokenData
from validation.law_entry_shape import Entry
from validation.law_files import name_file
from validation.law_shape import list_shape_faults, name_kind
from validation.law_units import load_units
from validation.parameters import LAW
from validation.requirements import load_requirements
from validation.toml_data import read_toml

Faults = Iterator[tuple[str, str]]
"""Key in the file, and what is wrong there."""

_LINE = re.compile(r"at line (\d+)")
_NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)+")
_DISEASE = re.compile(r"[A-Z]\d\d(\.\d)?")


def check_law(root: Path = LAW) -> Iterator[str]:
    """Every fault of a folder of law as `file:key: what`, in the order of the files."""
    files = sorted(file for file in root.rglob("*") if file.is_file())
    names = {name_file(root, file) for file in files}
    numbers: dict[str, str] = {}
    for file in files:
        place = file.relative_to(root).as_posix()
        for key, what in _list_file_faults(root, file, names, numbers):
            yield f"{place}:{key}: {what}"


def _list_file_faults(root: Path, file: Path, names: set[str], numbers: dict[str, str]) -> Faults:
    """All faults of one file; the further ones only where it can be used at all."""
    name = name_file(root, file)
    if file.suffix != ".toml":
        yield "", "not a .toml file: nobody reads it"
        return
    if not _NAME.fullmatch(name):
        yield "", "name it topic/what_it_is.toml, in small Latin letters"
    try:
        data = read_toml(file)
    except BrokenData as fault:
        line = _LINE.search(fault.detail)
        yield f"line {line[1]}" if line else "", fault.detail
        return
    shape = [(fault.key, fault.detail or fault.message) for fault in list_shape_faults(file, data)]
    yield from shape
    yield from _list_heading_faults(data)
    if not shape:
        yield from _list_entry_faults(data)
        if "choice" in data:
            yield from _list_setting_faults(name, data, names, numbers)


def _list_heading_faults(data: Entry) -> Faults:
    """What a reader of the web or the command line would miss."""
    for key, what in (
        ("about", "an English sentence on what this is"),
        ("about_ka", "a Georgian sentence on what this is"),
        ("meets", "requirements that it fulfils; [] where it fulfils none"),
    ):
        if key not in data and not (key == "meets" and "id" in data):
            yield key, what
    meets = data.get("meets")
    for id_ in meets if isinstance(meets, list) else ():
        if isinstance(id_, str) and id_ not in load_requirements():
            yield "meets", f"no requirement is called {id_}"


def _list_entry_faults(data: Entry) -> Faults:
    """Units, articles and the order of repeals."""
    kind = name_kind(data) or ""
    held = False
    for number, entry in enumerate(data[kind], 1):
        key = f"{kind}[{number}]"
        for word in ("unit", "gives"):
            if word in entry and entry[word] not in load_units():
                yield f"{key}.{word}", f"unknown unit {entry[word]}: see law_units.toml"
        yield from ((f"{key}.law", what) for what in _find_citation_fault(entry["law"]))
        for code in entry.get("codes", ()):
            if _DISEASE.match(code) and not _is_range(code):
                yield f"{key}.codes", f"{code} is no code or range of codes"
        ends = entry.get("repealed") is True
        if ends and not held and not entry.get("assumed"):
            what = "repealed and never begun" if number == 1 else "repealed twice"
            yield f"{key}.repealed", f"{what}; if no number is known yet: assumed = true"
        held = not ends


def _list_setting_faults(
    name: str, data: Entry, names: set[str], numbers: dict[str, str]
) -> Faults:
    """Sources of the options, the number of the setting and what it says it steers."""
    for option, entry in data["options"].items():
        laws = entry["law"] if isinstance(entry["law"], list) else [entry["law"]]
        for law in laws:
            yield from ((f"options.{option}.law", what) for what in _find_citation_fault(law))
    first = numbers.setdefault(data["id"], name)
    if first != name:
        yield "id", f"{data['id']} is {first} already"
    if data["id"] not in load_requirements():
        yield "id", f"no requirement is called {data['id']}"
    for steered in _NAME.finditer(data["steers"]):
        if steered[0] not in names:
            yield "steers", f"there is no {steered[0]}"


def _find_citation_fault(law: str) -> Iterator[str]:
    """Why a citation leads nowhere; nothing where it leads to a place or to a known gap."""
    act, _, place = law.partition("/")
    if find_missing(law) is not None:
        return
    if find_act(act) is None:
        yield f"unknown act {act}"
        return
    article = find_article(law)
    if article is None or not article.exact:
        yield f"{act} has no {place}"


def _is_range(printed: str) -> bool:
    """Whether it is one code, or two of which the lower is first: N18.3, C00-C97."""
    ends = printed.split("-")
    sound = all(_DISEASE.fullmatch(end) for end in ends) and len({len(end) for end in ends}) == 1
    return sound and len(ends) <= 2 and (len(ends) == 1 or ends[0] < ends[1])
