"""Finds what is wrong with the codes of an edition before a rule stumbles over it."""

from collections.abc import Iterator
from pathlib import Path

from form_templates.errors import TemplateFault
from form_templates.specification import Template
from form_templates.toml_lines import locate_fault
from validation.errors import ValidationFault
from validation.rules.catalog import list_rules
from validation.vocabulary import Vocabulary, find_codes, place_codes, read_vocabulary


class MissingVocabulary(TemplateFault):
    """Rules speak of the form, and nobody says what the codes of this edition mean."""

    code = "missing_vocabulary"
    message = "Rules speak of this form: name the codes they ask for, or leave [codes] empty."


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


def _find_unknown(vocabulary: Vocabulary, template: Template) -> Iterator[TemplateFault]:
    """Questions and codes that are named and not printed."""
    asked = {question.id: question for _, question in template.questions()}
    for name, meanings in vocabulary.codes.items():
        place = f"codes.{name}"
        if name not in asked:
            yield UnknownQuestion(vocabulary.file, place)
            continue
        for meaning, code in meanings.items():
            if code not in asked[name].codes:
                printed = ", ".join(asked[name].codes) or "none"
                yield UnknownCode(
                    vocabulary.file, f"{place}.{meaning}", f"{code}; it has: {printed}"
                )
