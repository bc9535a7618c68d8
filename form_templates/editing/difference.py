"""Compares two editions of a form: what changed for those who read it and those who judge it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from form_templates.editing.changes import Change, Difference, ReadingEffect, RulesEffect, Subject
from form_templates.editing.moves import compare_places
from form_templates.editions import (
    PRINTED_LANGUAGE,
    Asked,
    find_loss,
    index_questions,
    means_the_same,
)
from form_templates.specification import Section, Template

_R, _E = ReadingEffect, RulesEffect
_Row = tuple[Change, ReadingEffect, RulesEffect]
"""A change, named for the attribute that it is in, and what follows from it."""
_OF_FORM: tuple[_Row, ...] = (
    (Change.LAW, _R.NONE, _E.CITED),
    (Change.CORRECTION_RULE, _R.CORRECTIONS, _E.NONE),
    (Change.FAULTS_GO_TO, _R.NONE, _E.TRACK),
    (Change.CASE_FIELD, _R.NONE, _E.FAMILY),
    (Change.DAY_FIELD, _R.NONE, _E.DAY),
    (Change.SCRIBBLE_CANCELS, _R.OTHERWISE, _E.NONE),
)
_OF_SECTION: tuple[_Row, ...] = (
    (Change.ROWS, _R.ELSEWHERE, _E.NONE),
    (Change.FOOT_SIGNATURE, _R.OTHERWISE, _E.NONE),
    (Change.LAW, _R.NONE, _E.CITED),
    (Change.ASSUMED, _R.NONE, _E.NONE),
)
_OF_QUESTION: tuple[_Row, ...] = (
    (Change.KIND, _R.OTHERWISE, _E.RETYPED),
    (Change.CARDINALITY, _R.OTHERWISE, _E.RETYPED),
    (Change.FORMAT, _R.OTHERWISE, _E.RETYPED),
    (Change.CELLS, _R.OTHERWISE, _E.NONE),
    (Change.DECIMALS, _R.OTHERWISE, _E.RETYPED),
    (Change.LEXICON, _R.OTHERWISE, _E.NONE),
    (Change.REQUIRED, _R.NONE, _E.EMPTY),
    (Change.CORRECTION_RULE, _R.CORRECTIONS, _E.NONE),
    (Change.CRITICAL, _R.NONE, _E.ENTRY),
    (Change.AGENCY, _R.NONE, _E.NONE),
    (Change.LAW, _R.NONE, _E.CITED),
    (Change.ASSUMED, _R.NONE, _E.NONE),
)

_SECTION_SET = (Change.REMOVED, _R.NONE, _E.NONE), (Change.ADDED, _R.NONE, _E.NONE)
_QUESTION_SET = (Change.REMOVED, _R.LESS, _E.UNANSWERED), (Change.ADDED, _R.MORE, _E.UNKNOWN)
_CODE_SET = (Change.REMOVED, _R.LESS, _E.NOT_CARRIED), (Change.ADDED, _R.MORE, _E.TO_NAME)
"""What follows where only the older edition has something, and where only the newer one has."""


def compare_editions(old: Template, new: Template) -> tuple[Difference, ...]:
    """Everything that `new` does otherwise than `old`, from the whole form to its codes."""
    return (
        *_compare_forms(old, new),
        *_compare_sections(old, new),
        *_compare_questions(old, new),
        *compare_places(old, new),
    )


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that both editions have, or one of them."""

    subject: Subject
    id: str
    label: str

    def tell(self, row: _Row, before: str = "", after: str = "") -> Difference:
        """A difference in it."""
        return Difference(self.subject, self.id, self.label, *row, before, after)

    def tell_attributes(
        self, rows: Iterable[_Row], old: object, new: object
    ) -> Iterator[Difference]:
        """Differences between its attributes, one a row of the table."""
        for row in rows:
            before, after = (_write(getattr(side, row[0].value)) for side in (old, new))
            if before != after:
                yield self.tell(row, before, after)

    def tell_wording(
        self, change: Change, key: str, old: Template, new: Template, rules: RulesEffect = _E.NONE
    ) -> Iterator[Difference]:
        """The difference between two printed wordings; one that is missing is empty."""
        before, after = (side.labels[PRINTED_LANGUAGE].get(key, "") for side in (old, new))
        if before != after:
            yield replace(self.tell((change, _R.NONE, rules), before, after), wording=key)


def _compare_forms(old: Template, new: Template) -> Iterator[Difference]:
    form = _Thing(Subject.FORM, "", "title")
    yield from form.tell_wording(Change.WORDING, "title", old, new)
    yield from form.tell_wording(Change.NOTE, "act", old, new)
    yield from form.tell_attributes(_OF_FORM, old, new)


def _compare_sections(old: Template, new: Template) -> Iterator[Difference]:
    before, after = ({s.id: s for s in side.sections} for side in (old, new))
    yield from _tell_set(before, after, _name_section, *_SECTION_SET)
    for id_, section in after.items():
        if id_ in before:
            yield from _compare_section(before[id_], section, old, new)


def _compare_section(
    section: Section, newer: Section, old: Template, new: Template
) -> Iterator[Difference]:
    thing = _name_section(section.id)
    yield from thing.tell_wording(Change.WORDING, thing.label, old, new)
    yield from thing.tell_wording(Change.NOTE, f"note.{section.id}", old, new)
    for number in range(1, max(section.paragraphs, newer.paragraphs) + 1):
        yield from thing.tell_wording(Change.TEXT, f"text.{section.id}.{number}", old, new)
    yield from thing.tell_attributes(_OF_SECTION, section, newer)


def _compare_questions(old: Template, new: Template) -> Iterator[Difference]:
    before, after = index_questions(old), index_questions(new)
    yield from _tell_set(before, after, _name_question, *_QUESTION_SET)
    moved = _find_moved(list(before), list(after))
    for id_, asked in after.items():
        if id_ not in before:
            continue
        sections = before[id_].section.id, asked.section.id
        if id_ in moved or len(set(sections)) > 1:
            yield _name_question(id_).tell((Change.MOVED, _R.ELSEWHERE, _E.NONE), *sections)
        yield from _compare_question(_name_question(id_), before[id_], asked)


def _compare_question(thing: _Thing, old: Asked, new: Asked) -> Iterator[Difference]:
    lost = find_loss(old, new) is not None
    editions = old.template, new.template
    rules = _E.NOT_CARRIED if lost else _E.TO_COMPARE
    yield from thing.tell_wording(Change.WORDING, thing.label, *editions, rules)
    yield from thing.tell_wording(
        Change.NOTE, f"note.{old.question.base or old.question.id}", *editions
    )
    for told in thing.tell_attributes(_OF_QUESTION, old.question, new.question):
        if told.change is Change.CELLS and sum(new.question.cells) < sum(old.question.cells):
            told = replace(told, rules=_E.NO_ROOM)
        carried = not lost or told.rules not in (_E.RETYPED, _E.NO_ROOM)
        yield told if carried else replace(told, rules=_E.NOT_CARRIED)
    yield from _compare_codes(thing, old, new)


def _compare_codes(question: _Thing, old: Asked, new: Asked) -> Iterator[Difference]:
    before, after = old.question.codes, new.question.codes

    def name(code: str) -> _Thing:
        return _Thing(Subject.CODE, f"{question.id}.{code}", f"option.{new.question.id}.{code}")

    yield from _tell_set(before, after, name, *_CODE_SET)
    common = [code for code in after if code in before]
    for code in common:
        key = name(code).label
        rules = _E.NONE if means_the_same(old, new, key) else _E.NOT_CARRIED
        yield from name(code).tell_wording(Change.WORDING, key, old.template, new.template, rules)
    if common != [code for code in before if code in after]:
        row = (Change.ORDER, _R.ELSEWHERE, _E.NONE)
        yield question.tell(row, _write(before), _write(after))


def _tell_set(
    before: Iterable[str],
    after: Iterable[str],
    name: Callable[[str], _Thing],
    gone: _Row,
    come: _Row,
) -> Iterator[Difference]:
    """What only one of the editions has."""
    older, newer = list(before), list(after)
    yield from (name(id_).tell(gone) for id_ in older if id_ not in newer)
    yield from (name(id_).tell(come) for id_ in newer if id_ not in older)


def _name_section(id_: str) -> _Thing:
    return _Thing(Subject.SECTION, id_, f"section.{id_}")


def _name_question(id_: str) -> _Thing:
    return _Thing(Subject.QUESTION, id_, f"field.{id_.rpartition('.')[2]}")


def _find_moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Ids that both have, less those that kept their order."""
    before, after = [i for i in old if i in new], [i for i in new if i in old]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(before).difference(*(before[b.a : b.a + b.size] for b in blocks))


def _write(value: object) -> str:
    """A value as the template writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(map(str, value))
        case StrEnum():
            return value.value
    return str(value)
