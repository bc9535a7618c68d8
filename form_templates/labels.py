"""The wording of an edition: one file a language, complete in all or refused."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from form_templates.checking import FOOT_SIGNATURE
from form_templates.errors import MissingLabel, UnknownKey, WrongValue
from form_templates.specification import Template
from form_templates.toml_table import read_toml

LANGUAGES = ("ka", "en")
WORDS = (
    "representative",
    "agent",
    "correction",
    "correction_cells",
    "signature",
    "stamp",
    "text",
    "page",
    "sheet",
    "member",
    "simulated",
    "name",
    "foot_signature",
    "fill_hint",
)
"""Small printed words that every form needs; an edition may have more."""


def load_labels(template: Template, folder: Path) -> dict[str, dict[str, str]]:
    """Language -> key -> wording, every key of the template in every language."""
    labels = {language: _read_wording(_file(folder, language)) for language in LANGUAGES}
    for language, wording in labels.items():
        _refuse_unknown(template, wording, _file(folder, language))
    wanted = {*_needed_keys(template), *(key for wording in labels.values() for key in wording)}
    for language, wording in labels.items():
        for key in sorted(wanted.difference(wording)):
            raise MissingLabel(_file(folder, language), key)
    return labels


def _file(folder: Path, language: str) -> Path:
    return folder / f"labels.{language}.toml"


def _read_wording(file: Path) -> dict[str, str]:
    return dict(_flatten(read_toml(file), "", file))


def _flatten(table: Mapping[str, object], place: str, file: Path) -> Iterator[tuple[str, str]]:
    """The wordings with their dotted keys: [option.A10] 1 = ... is `option.A10.1`."""
    for name, value in table.items():
        key = f"{place}{name}"
        if isinstance(value, dict):
            yield from _flatten(value, f"{key}.", file)
        elif not isinstance(value, str):
            raise WrongValue(file, key, f"{value!r}; wanted: words in quotation marks")
        elif not value.strip():
            raise MissingLabel(file, key)
        else:
            yield key, value


def _needed_keys(template: Template) -> Iterator[str]:
    """Every key that the form cannot be printed without."""
    yield from ("title", "act", f"field.{FOOT_SIGNATURE}")
    yield from (f"word.{word}" for word in WORDS)
    for section in template.sections:
        yield f"section.{section.id}"
        yield from (f"text.{section.id}.{n}" for n in range(1, section.paragraphs + 1))
        if section.group is not None:
            yield f"word.row_{section.group}"
    for _, question in template.questions():
        yield f"field.{question.id}"
        yield from (f"option.{question.id}.{code}" for code in question.codes)


def _optional_keys(template: Template) -> Iterator[str]:
    """Notes in small print, and short wordings for narrow places."""
    yield from (f"note.{section.id}" for section in template.sections)
    for _, question in template.questions():
        yield from (f"note.{question.id}", f"short.{question.id}")


def _refuse_unknown(template: Template, wording: Mapping[str, str], file: Path) -> None:
    """Fail on wording of something that the form does not have."""
    known = {*_needed_keys(template), *_optional_keys(template)}
    for key in wording:
        if key not in known and not key.startswith("word."):
            raise UnknownKey(file, key)
