"""Tells what changed between two editions in the words of one language."""

from dataclasses import dataclass

from flask_babel import gettext as _

from form_templates.editing.changes import Change, Difference, ReadingEffect, RulesEffect, Subject
from form_templates.editing.difference import compare_editions
from form_templates.specification import Template
from web.articles import write_article
from web.forms.words import CHANGES, READING, RULES, word_value


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One difference as people read it."""

    change: str
    before: str
    after: str
    reading: str
    """What follows for whatever reads the paper; empty where nothing does."""
    rules: str
    """What follows for rules and records; empty where nothing does."""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A form, a section, a question or a code, with all that changed in it."""

    subject: Subject
    id: str
    name: str
    changes: tuple[ToldChange, ...]


def tell_differences(old: Template, new: Template, language: str) -> list[ChangedThing]:
    """All differences, those of one thing together, in the order of the form."""
    grouped: dict[tuple[Subject, str], list[Difference]] = {}
    for difference in compare_editions(old, new):
        grouped.setdefault((difference.subject, difference.id), []).append(difference)
    return [
        ChangedThing(
            subject=subject,
            id=id_,
            name=_name(found[0], old, new, language),
            changes=tuple(_tell(difference, old, new, language) for difference in found),
        )
        for (subject, id_), found in grouped.items()
    ]


def _tell(difference: Difference, old: Template, new: Template, language: str) -> ToldChange:
    before, after = _tell_sides(difference, old, new, language)
    reading, rules = difference.reading, difference.rules
    return ToldChange(
        change=str(CHANGES[difference.change]),
        before=before,
        after=after,
        reading="" if reading is ReadingEffect.NONE else str(READING[reading]),
        rules="" if rules is RulesEffect.NONE else str(RULES[rules]),
        questions=difference.questions,
    )


def _tell_sides(
    difference: Difference, old: Template, new: Template, language: str
) -> tuple[str, str]:
    """What it was and what it is: a wording in the reader's language, where that differs."""
    printed = difference.before, difference.after
    if not difference.wording:
        before, after = (_word(difference.change, value) for value in printed)
        return before, after
    before, after = (side.labels[language].get(difference.wording, "") for side in (old, new))
    return (before, after) if before != after else printed


def _word(change: Change, value: str) -> str:
    if change is Change.LAW and value:
        return write_article(value)
    if change is Change.PLACES:
        return str(_("page %(numbers)s", numbers=value))
    return word_value(change, value)


def _name(difference: Difference, old: Template, new: Template, language: str) -> str:
    """What the thing is called, by the newest edition that has it."""
    side = old if difference.change is Change.REMOVED else new
    return side.label(difference.label, language)
