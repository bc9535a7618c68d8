"""Finds what is wrong with the codes of an edition before a rule stumbles over it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from form_templates.errors import TemplateFault
from form_templates.specification import Template
from form_templates.toml_lines import locate_fault
from validation.errors import ValidationFault
from validation.rules.catalog import list_rules
from validation.vocabulary import (
    EDITIONS,
    NOT_PRINTED,
    Vocabulary,
    find_codes,
    place_codes,
    read_vocabulary,
)


class MissingVocabulary(TemplateFault):
    """Rules speak of the form, and nobody says what the codes of this edition mean."""

    code = "missing_vocabulary"
    message = "Rules speak of this form: name the codes that they ask for."


class MissingMeaning(TemplateFault):
    """Another edition names a code that rules ask for, and this one does not: they are silent."""

    code = "missing_meaning"
    message = 'Name the code that means this, or "" where none does: rules ask for it.'


class BrokenVocabulary(TemplateFault):
    """The codes of an edition cannot be read."""

    code = "broken_vocabulary"
    message = 'Write [codes] with lines like: reason = { waiver = "3" }.'


class UnknownQuestion(TemplateFault):
    """Codes are named of a question that the edition does not ask."""

    code = "unknown_question"
    message = "The edition has no such question."


class UnknownCode(TemplateFault):
    """A meaning is given to a code that the edition does not print."""

    code = "unknown_code"
    message = "The question has no such code."


def inspect_vocabulary(template: Template, folder: Path) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with the codes of an edition, with the lines to go to."""
    faults = tuple(_find_faults(template, folder))
    for fault in faults:
        locate_fault(fault)
    return faults


def _find_faults(template: Template, folder: Path) -> Iterator[TemplateFault]:
    file = find_codes(template.key, folder)
    if not file.exists():
        if list_rules(template.key.form):
            yield MissingVocabulary(place_codes(template.key, folder))
        return
    try:
        vocabulary = read_vocabulary(file)
    except ValidationFault as broken:
        yield BrokenVocabulary(broken.file, broken.key, broken.detail)
        return
    yield from _find_unknown(vocabulary, template)
    yield from _find_unnamed(vocabulary, template)


def _find_unknown(vocabulary: Vocabulary, template: Template) -> Iterator[TemplateFault]:
    """Questions and codes that are named and not printed."""
    asked = {question.id: question for _, question in template.questions()}
    for name, meanings in vocabulary.codes.items():
        place = f"codes.{name}"
        if name not in asked:
            yield UnknownQuestion(vocabulary.file, place)
            continue
        for meaning, code in meanings.items():
            if code not in (NOT_PRINTED, *asked[name].codes):
                printed = ", ".join(asked[name].codes) or "none"
                yield UnknownCode(
                    vocabulary.file, f"{place}.{meaning}", f"{code}; it has: {printed}"
                )


def _find_unnamed(vocabulary: Vocabulary, template: Template) -> Iterator[TemplateFault]:
    """Meanings that shipped editions of the form name, of questions that this one asks too."""
    asked = {question.id for _, question in template.questions()}
    missing: dict[str, str] = {}
    for file in sorted((EDITIONS / template.key.form).glob("*.toml")):
        for name, meanings in _read_others(file).items():
            if name in asked:
                missing |= dict.fromkeys(_list_unnamed(vocabulary, name, meanings), file.stem)
    for place, edition in missing.items():
        yield MissingMeaning(vocabulary.file, place, f"named by the edition of {edition}")


def _list_unnamed(vocabulary: Vocabulary, name: str, meanings: Iterable[str]) -> list[str]:
    """The keys that are missing; that of the question alone where nothing is said of it."""
    if name not in vocabulary.codes:
        return [f"codes.{name}"]
    own = vocabulary.codes[name]
    return [f"codes.{name}.{meaning}" for meaning in meanings if meaning not in own]


def _read_others(file: Path) -> Mapping[str, Mapping[str, str]]:
    """The codes of an edition; a broken file is told where that edition is inspected."""
    with suppress(ValidationFault):
        return read_vocabulary(file).codes
    return {}
