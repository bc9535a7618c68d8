"""The wording of an edition: one file a language, complete in all or refused."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from form_templates.checking import FOOT_SIGNATURE
from form_templates.errors import (
    BrokenToml,
    MissingFile,
    MissingLabel,
    Report,
    TemplateFault,
    UnknownKey,
    WrongValue,
    raise_fault,
)
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


def load_labels(
    template: Template, folder: Path, report: Report = raise_fault
) -> dict[str, dict[str, str]]:
    """Language -> key -> wording, every key of the template in every language.

    Where `report` does not raise, a key stands in for its missing wording.
    """
    read = {language: _read_wording(_file(folder, language), report) for language in LANGUAGES}
    labels = {language: wording or {} for language, wording in read.items()}
    for language, wording in labels.items():
        _refuse_unknown(template, wording, _file(folder, language), report)
    wanted = {*_needed_keys(template), *(key for wording in labels.values() for key in wording)}
    for language, wording in labels.items():
        for key in sorted(wanted.difference(wording)):
            if read[language] is not None:
                report(MissingLabel(_file(folder, language), key))
            wording[key] = key
    return {language: wording | _number(template, wording) for language, wording in labels.items()}


def find_unreadable(folder: Path) -> list[TemplateFault]:
    """What is wrong with the label files alone, where there is no template to compare them with."""
    faults: list[TemplateFault] = []
    for language in LANGUAGES:
        _read_wording(_file(folder, language), faults.append)
    return faults


def _number(template: Template, wording: Mapping[str, str]) -> dict[str, str]:
    """The wording of repeated questions, which is written once: `Task` of 12 is `Task 12`."""
    numbered: dict[str, str] = {}
    for _, question in template.questions():
        if question.base is not None:
            number = question.id.removeprefix(question.base)
            numbered[f"field.{question.id}"] = f"{wording[f'field.{question.base}']} {number}"
            for code in question.codes:
                option = wording[f"option.{question.base}.{code}"]
                numbered[f"option.{question.id}.{code}"] = option
    return numbered


def _file(folder: Path, language: str) -> Path:
    return folder / f"labels.{language}.toml"


def _read_wording(file: Path, report: Report) -> dict[str, str] | None:
    """Key -> wording, or None where the file cannot be read: nothing is missing in it then."""
    try:
        return dict(_flatten(read_toml(file), "", file, report))
    except (BrokenToml, MissingFile) as fault:
        report(fault)
        return None


def _flatten(
    table: Mapping[str, object], place: str, file: Path, report: Report
) -> Iterator[tuple[str, str]]:
    """The wordings with their dotted keys: [option.A10] 1 = ... is `option.A10.1`."""
    for name, value in table.items():
        key = f"{place}{name}"
        if isinstance(value, dict):
            yield from _flatten(value, f"{key}.", file, report)
            continue
        if not isinstance(value, str):
            report(WrongValue(file, key, f"{value!r}; wanted: words in quotation marks"))
        elif not value.strip():
            report(MissingLabel(file, key))
        yield key, str(value)


def _needed_keys(template: Template) -> Iterator[str]:
    """Every key that the form cannot be printed without; others printed a placed one."""
    yield "title"
    if not template.placed:
        yield from ("act", f"field.{FOOT_SIGNATURE}")
        yield from (f"word.{word}" for word in WORDS)
    for section in template.sections:
        yield f"section.{section.id}"
        yield from (f"text.{section.id}.{n}" for n in range(1, section.paragraphs + 1))
        if section.group is not None:
            yield f"word.row_{section.group}"
    for _, question in template.questions():
        name = question.base or question.id
        yield f"field.{name}"
        yield from (f"option.{name}.{code}" for code in question.codes)


def _optional_keys(template: Template) -> Iterator[str]:
    """Notes in small print, and short wordings for narrow places."""
    yield "act"
    yield from (f"note.{section.id}" for section in template.sections)
    for _, question in template.questions():
        name = question.base or question.id
        yield from (f"note.{name}", f"short.{name}")


def _refuse_unknown(
    template: Template, wording: Mapping[str, str], file: Path, report: Report
) -> None:
    """Report wording of something that the form does not have."""
    known = {*_needed_keys(template), *_optional_keys(template)}
    for key in wording:
        if key not in known and not key.startswith("word."):
            report(UnknownKey(file, key))
