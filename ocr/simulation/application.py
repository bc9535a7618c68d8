"""What an invented applicant writes on an application: complete, and in itself consistent.

The questions are those of the form `application` by their ids.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from form_templates.model import PRESENCE_KINDS, FieldSpec, TemplatePage
from ocr.readings import Value
from ocr.simulation.answers import draw_digits, draw_word, invent_answer, write_date
from ocr.simulation.intents import Intent
from ocr.simulation.people import Family, Person

FIRST, AGAIN, REFUSAL = "1", "2", "3"
"""Reasons for applying."""


@dataclass(frozen=True, slots=True)
class Applying:
    """One family that applies, with what chance decided."""

    family: Family
    rng: np.random.Generator
    reason: str
    applicant: Person


def apply_family(
    family: Family, pages: Iterable[TemplatePage], rng: np.random.Generator
) -> dict[str, Intent]:
    """The answers of a family that applies; rows beyond it stay empty."""
    reason = str(rng.choice([FIRST, AGAIN, REFUSAL], p=[0.6, 0.3, 0.1]))
    applicant = next(p for p in family.members if p.is_adult_on(family.day))
    applying = Applying(family, rng, reason, applicant)
    answers = {f.id: _answer(applying, f) for page in pages for f in page.fields}
    return {key: Intent(value) for key, value in answers.items() if value not in (None, ())}


def _answer(applying: Applying, field: FieldSpec) -> Value:
    if field.row is not None:
        return _answer_for(applying.family, field)
    if field.question in _ANSWERS:
        return _ANSWERS[field.question](applying, field)
    if field.question.startswith("explanation_"):
        return True if applying.reason == REFUSAL else None
    if field.kind in PRESENCE_KINDS:
        return True
    is_answered = field.required or applying.rng.random() < 0.5
    return invent_answer(field, applying.rng) if is_answered else None


def _answer_for(family: Family, field: FieldSpec) -> Value:
    """What is written about one member."""
    assert field.row is not None
    if field.row > len(family.members):
        return None
    person = family.members[field.row - 1]
    if field.question == "birth_date":
        return write_date(person.birth_date)
    return str(getattr(person, field.question))


def _received(applying: Applying, field: FieldSpec) -> Value:
    return write_date(applying.family.day + timedelta(days=int(applying.rng.integers(0, 2))))


_ANSWERS: dict[str, Callable[[Applying, FieldSpec], Value]] = {
    "reason": lambda applying, field: applying.reason,
    "reassessment_grounds": lambda applying, field: (
        (field.options[0].code,) if applying.reason == AGAIN else None
    ),
    "family_code": lambda applying, field: (
        None if applying.reason == FIRST else draw_digits(applying.rng, len(field.cells))
    ),
    "applicant_is_member": lambda applying, field: field.options[0].code,
    "applicant_surname": lambda applying, field: applying.applicant.surname,
    "applicant_first_name": lambda applying, field: applying.applicant.first_name,
    "applicant_personal_number": lambda applying, field: applying.applicant.personal_number,
    "applicant_birth_date": lambda applying, field: write_date(applying.applicant.birth_date),
    "municipality": lambda applying, field: applying.family.municipality,
    "settlement": lambda applying, field: applying.family.settlement,
    "street": lambda applying, field: applying.family.street,
    "house": lambda applying, field: str(int(applying.rng.integers(1, 190))),
    "application_date": lambda applying, field: write_date(applying.family.day),
    "received_date": _received,
    "local_unit": lambda applying, field: draw_word(applying.rng, "settlements", 15),
}
