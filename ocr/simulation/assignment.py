"""What an agent and an invented family write on an assignment form: consistent in itself.

The questions are those of the form `assignment_form` by their ids. What the registry
printed into the head before the visit is not written again: paper prepared with
values keeps them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from form_templates.model import PRESENCE_KINDS, FieldSpec, TemplatePage
from ocr.readings import Value
from ocr.simulation.answers import draw_digits, draw_word, invent_answer, write_date
from ocr.simulation.intents import Intent
from ocr.simulation.people import Family

YES, NO = "1", "2"
ACCEPTS, DECLINES = "1", "2"
"""Decisions of a family that draws no allowance of displaced persons."""


@dataclass(frozen=True, slots=True)
class Course:
    """How an assignment visit goes; untold, the family simply accepts."""

    decision: str | None = ACCEPTS
    """None where a new circumstance stops the procedure."""
    circumstances: tuple[str, ...] = ()
    """Kinds of new circumstances that the agent finds."""
    corrects: bool = False
    """The family hands in an application for correction as well."""


def assign_family(
    family: Family, pages: Iterable[TemplatePage], rng: np.random.Generator
) -> dict[str, Intent]:
    """The answers of a visit that goes one way or another; most families accept."""
    return follow_course(family, pages, rng, _draw_course(rng))


def follow_course(
    family: Family, pages: Iterable[TemplatePage], rng: np.random.Generator, course: Course
) -> dict[str, Intent]:
    """The answers of a visit that goes as told, on the day of the family's paper."""
    answers = {f.id: _answer(family, course, rng, f) for page in pages for f in page.fields}
    return {key: Intent(value) for key, value in answers.items() if value not in (None, ())}


def _draw_course(rng: np.random.Generator) -> Course:
    if rng.random() < 0.1:
        return Course(None, (str(rng.choice(["1", "2", "3", "4"])),))
    decision = ACCEPTS if rng.random() < 0.8 else DECLINES
    return Course(decision, corrects=bool(rng.random() < 0.1))


def _answer(family: Family, course: Course, rng: np.random.Generator, field: FieldSpec) -> Value:
    if field.question in _DECIDED:
        return _DECIDED[field.question](course)
    if field.question in _KNOWN:
        return _KNOWN[field.question](family, rng)
    if field.question == "n1_date":
        return write_date(family.day) if course.decision else None
    if field.kind in PRESENCE_KINDS:
        return True
    return invent_answer(field, rng) if field.required else None


_DECIDED: dict[str, Callable[[Course], Value]] = {
    "new_circumstance": lambda course: YES if course.circumstances else NO,
    "circumstance_kinds": lambda course: course.circumstances,
    "correction_attached": lambda course: YES if course.corrects else NO,
    "family_decision": lambda course: course.decision,
}
_KNOWN: dict[str, Callable[[Family, np.random.Generator], Value]] = {
    "representative_surname": lambda family, rng: family.members[0].surname,
    "representative_name": lambda family, rng: family.members[0].first_name,
    "representative_personal_number": lambda family, rng: family.members[0].personal_number,
    "municipality": lambda family, rng: family.municipality,
    "settlement": lambda family, rng: family.settlement,
    "street": lambda family, rng: family.street,
    "house": lambda family, rng: str(int(rng.integers(1, 190))),
    "agent_surname": lambda family, rng: draw_word(rng, "surnames", 15),
    "agent_name": lambda family, rng: draw_word(rng, "first_names", 11),
    "agent_code": lambda family, rng: draw_digits(rng, 6),
    "visit_date": lambda family, rng: write_date(family.day),
}
