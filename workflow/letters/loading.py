"""Loads letters: `<name>/{letter.toml, wording.ka.toml, letter.typ, sample.toml}`, whole or not."""

import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from form_templates.errors import DuplicateId, MissingFile
from form_templates.toml_table import TomlTable, read_toml
from workflow.letters.faults import BrokenLetter, UnknownLetter
from workflow.letters.model import Letter, ValueKind, ValueSpec, Wording
from workflow.letters.words import LANGUAGE, load_words

LETTERS = Path(__file__).parent
DAY = "day"
"""Every letter has its day: the PDF is dated by it, so the same values give the same bytes."""
_CHOOSING = (ValueKind.CHOICE, ValueKind.CHOICES)
_UNSPOKEN = (ValueKind.TABLE, ValueKind.TRUTH)
"""A layout shows them; no word stands for them in a sentence."""


def list_letters(root: Path = LETTERS) -> tuple[str, ...]:
    """The names of all letters."""
    return tuple(sorted(file.parent.name for file in root.glob("*/letter.toml")))


@cache
def load_letter(name: str, root: Path = LETTERS) -> Letter:
    """A letter with its wording, checked; a fault names the file and the key."""
    if name not in list_letters(root):
        raise UnknownLetter(name)
    folder = root / name
    table = _open_table(folder / "letter.toml")
    values = tuple(_build_value(entry) for entry in table.take_tables("value", ""))
    _refuse_repeated(folder / "letter.toml", values)
    letter = Letter(
        name=name,
        folder=folder,
        title=table.take_text("title"),
        law=table.take_texts("law"),
        assumed=table.take_truth("assumed", False),
        values=values,
        wording=_load_wording(folder / f"wording.{LANGUAGE}.toml", values),
    )
    table.refuse_rest()
    _check_letter(letter)
    return letter


def load_sample(letter: Letter) -> dict[str, object]:
    """Invented values that show the letter; not yet checked."""
    return read_toml(letter.folder / "sample.toml")


def _open_table(file: Path) -> TomlTable:
    return TomlTable(file, "", read_toml(file))


def _build_value(entry: TomlTable) -> ValueSpec:
    """A value as its table says; a key of another kind is refused."""
    kind = entry.take_choice("kind", ValueKind, None)
    is_table = kind is ValueKind.TABLE
    columns = entry.take_tables("column", f"{entry.place}.") if is_table else ()
    spec = ValueSpec(
        id=entry.take_text("id"),
        kind=kind,
        required=entry.take_truth("required", True),
        choices=entry.take_texts("choices") if kind in _CHOOSING else (),
        columns=tuple(_build_value(column) for column in columns),
        may_be_empty=is_table and entry.take_truth("may_be_empty", False),
    )
    entry.refuse_rest()
    if kind in _CHOOSING and not spec.choices:
        raise BrokenLetter(entry.file, entry.key("choices"), "nothing to choose from")
    return spec


def _refuse_repeated(file: Path, specs: tuple[ValueSpec, ...], place: str = "") -> None:
    seen: set[str] = set()
    for spec in specs:
        if spec.id in seen:
            raise DuplicateId(file, f"{place}{spec.id}")
        seen.add(spec.id)
        _refuse_repeated(file, spec.columns, f"{spec.id}.")


def _load_wording(file: Path, values: tuple[ValueSpec, ...]) -> Wording:
    """The wording: a heading for each column, words for each choice, nothing beside."""
    table = _open_table(file)
    tables = [spec for spec in values if not spec.is_scalar]
    choosing = [s for s in (*values, *(c for t in tables for c in t.columns)) if s.choices]
    columns, choices = table.take_table("column"), table.take_table("choice")
    wording = Wording(
        title=table.take_text("title"),
        act=table.take_text("act"),
        texts=_take_all(table.take_table("text")),
        labels=_take_all(table.take_table("label")),
        columns={t.id: _take_named(columns, t.id, [c.id for c in t.columns]) for t in tables},
        choices={s.id: _take_named(choices, s.id, s.choices) for s in choosing},
    )
    for left in (table, columns, choices):
        left.refuse_rest()
    return wording


def _take_all(table: TomlTable) -> Mapping[str, str]:
    return {name: table.take_text(name) for name in tuple(table.values)}


def _take_named(
    parent: TomlTable, place: str, names: list[str] | tuple[str, ...]
) -> dict[str, str]:
    """Exactly these wordings of a table."""
    table = parent.take_table(place)
    taken = {name: table.take_text(name) for name in names}
    table.refuse_rest()
    return taken


def _check_letter(letter: Letter) -> None:
    """What a letter must have beyond its single keys."""
    specs = {spec.id: spec for spec in letter.values}
    file = letter.folder / "letter.toml"
    if DAY not in specs or specs[DAY].kind is not ValueKind.DAY or not specs[DAY].required:
        raise BrokenLetter(file, DAY, "every letter needs its day")
    if not letter.law:
        raise BrokenLetter(file, "law", "no article asks for this letter")
    if not letter.layout.is_file():
        raise MissingFile(letter.layout, detail="a letter needs its layout")
    wording = letter.folder / f"wording.{LANGUAGE}.toml"
    for key, text in letter.wording.texts.items():
        try:
            placeholders = tuple(find_placeholders(text))
        except ValueError as error:
            raise BrokenLetter(wording, f"text.{key}", f"mind the braces: {error}") from error
        for name, case in placeholders:
            if wrong := _find_unspoken(specs.get(name), name, case):
                raise BrokenLetter(wording, f"text.{key}", wrong)


def _find_unspoken(spec: ValueSpec | None, name: str, case: str) -> str:
    """Why a sentence cannot hold what stands in braces; empty where it can."""
    if spec is None or spec.kind in _UNSPOKEN:
        return f"no value {name!r} that a sentence can hold"
    cases = ("", *load_words().months) if spec.kind is ValueKind.DAY else ("",)
    if case in cases:
        return ""
    if spec.kind is ValueKind.DAY:
        return f"{name}:{case}; wanted: {' | '.join(cases[1:])}"
    return f"{name}:{case}; only a day has a case"


def find_placeholders(text: str) -> Iterator[tuple[str, str]]:
    """The values that a sentence speaks of, each with its case.

    Raises ValueError where the braces are not closed.
    """
    for _, name, case, conversion in string.Formatter().parse(text):
        if name is not None:
            yield name, f"{case}!{conversion}" if conversion else case or ""
