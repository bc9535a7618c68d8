"""What an invented family answers on a declaration: complete, and free of contradiction.

The questions are those of the form `family_declaration` by their ids; a question
that is not known here gets a plausible answer, so that later editions work too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from form_templates.model import PRESENCE_KINDS, FieldSpec, Format, TemplatePage
from ocr.readings import Value
from ocr.simulation.answers import (
    draw_digits,
    draw_word,
    invent_answer,
    write_amount,
    write_date,
)
from ocr.simulation.intents import Intent
from ocr.simulation.people import Family, Person

YES, NO = "1", "2"
_DISPLACED = "C3_08"
_SEX_CODES = {"female": "1", "male": "2"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of an agent to a family, with everything decided by chance."""

    family: Family
    rng: np.random.Generator
    owns_dwelling: bool
    farms_land: bool
    keeps_livestock: bool
    is_doubted: bool
    has_mobile: bool
    hour: int
    head: int
    """Row of the head of the family: an adult."""

    def is_adult(self, person: Person) -> bool:
        """Whether the person is of age on the day of the visit."""
        return person.is_adult_on(self.family.day)


Answer = Callable[[Visit, FieldSpec], Value]


def declare_family(
    family: Family, pages: Iterable[TemplatePage], rng: np.random.Generator
) -> dict[str, Intent]:
    """The answers of a family to every field on the pages; rows beyond it stay empty."""
    adults = [i for i, p in enumerate(family.members, 1) if p.is_adult_on(family.day)]
    visit = Visit(
        family,
        rng,
        owns_dwelling=rng.random() < 0.25,
        farms_land=rng.random() < 0.5,
        keeps_livestock=rng.random() < 0.5,
        is_doubted=rng.random() < 0.3,
        has_mobile=rng.random() < 0.8,
        hour=int(rng.integers(9, 17)),
        head=int(rng.choice(adults)),
    )
    intents = {}
    for page in pages:
        for field in page.fields:
            value = _answer(visit, field)
            if value not in (None, ()):
                intents[field.id] = Intent(value)
    return intents


def _answer(visit: Visit, field: FieldSpec) -> Value:
    if field.kind in PRESENCE_KINDS:
        return True
    if field.row is not None:
        if field.row > len(visit.family.members):
            return None
        person = visit.family.members[field.row - 1]
        return _answer_for(visit, field, person)
    if field.question in _ANSWERS:
        return _ANSWERS[field.question](visit, field)
    if field.format is Format.MONEY:
        return _amount(visit, field, 900, 0)
    if field.question.startswith(("D4_", "D5_")):
        return _count_property(visit, field)
    return invent_answer(field, visit.rng) if field.required or _chance(visit, 0.4) else None


def _answer_for(visit: Visit, field: FieldSpec, person: Person) -> Value:
    """The answer about one member."""
    question = "C3" if field.question.startswith("C3_") else field.question
    if question in _ANSWERS_OF_MEMBERS:
        return _ANSWERS_OF_MEMBERS[question](visit, field, person)
    return invent_answer(field, visit.rng) if field.required else None


def _chance(visit: Visit, share: float) -> bool:
    return bool(visit.rng.random() < share)


def _one_of(visit: Visit, field: FieldSpec) -> Value:
    return (field.options[int(visit.rng.integers(len(field.options)))].code,)


def _amount(visit: Visit, field: FieldSpec, most: int, least: int = 1) -> str:
    parts = draw_digits(visit.rng, field.decimals)
    parts = parts if _chance(visit, 0.4) else "0" * field.decimals
    whole = min(int(visit.rng.integers(least, most)), 10 ** (len(field.cells) - field.decimals) - 1)
    return write_amount(whole, parts, len(field.cells))


def _count_property(visit: Visit, field: FieldSpec) -> Value:
    """Animals for whoever keeps some, at least of the first kind; machines now and then."""
    if field.question.startswith("D5_"):
        keeps = _chance(visit, 0.15)
    else:
        keeps = visit.keeps_livestock and (field.question == "D4_1" or _chance(visit, 0.4))
    return str(int(visit.rng.integers(1, 10))).rjust(len(field.cells)) if keeps else None


def _buildings(visit: Visit, field: FieldSpec) -> Value:
    """Some of the buildings, or the last code: none of these."""
    *codes, none = (option.code for option in field.options)
    chosen = tuple(code for code in codes if _chance(visit, 0.25))
    return chosen or (none,)


def _head(visit: Visit, field: FieldSpec) -> Value:
    return str(visit.head).rjust(len(field.cells))


def _speaker(visit: Visit) -> Person:
    """The representative: the head of the family."""
    return visit.family.members[visit.head - 1]


def _subscriber_number(visit: Visit, field: FieldSpec) -> Value:
    """Of the family's own meter, or the one that goes by the representative's number."""
    if _chance(visit, 0.4):
        return invent_answer(field, visit.rng)
    return _speaker(visit).personal_number.rjust(len(field.cells), "2")


def _reasons(visit: Visit, field: FieldSpec) -> Value:
    return _one_of(visit, field) if visit.is_doubted else None


def _end_of_visit(visit: Visit, field: FieldSpec) -> Value:
    later = timedelta(hours=visit.hour, minutes=int(visit.rng.integers(60, 170)))
    minutes = int(later.total_seconds()) // 60
    return f"{minutes // 60:02d}{minutes % 60:02d}"


_ANSWERS: dict[str, Answer] = {
    "agent_name": lambda visit, field: draw_word(visit.rng, "first_names", len(field.cells)),
    "agent_surname": lambda visit, field: draw_word(visit.rng, "surnames", len(field.cells)),
    "representative_surname": lambda visit, field: _speaker(visit).surname,
    "representative_name": lambda visit, field: _speaker(visit).first_name,
    "representative_personal_number": lambda visit, field: _speaker(visit).personal_number,
    "municipality": lambda visit, field: visit.family.municipality,
    "settlement": lambda visit, field: visit.family.settlement,
    "street": lambda visit, field: visit.family.street,
    "house": lambda visit, field: str(int(visit.rng.integers(1, 190))),
    "phone_mobile": lambda visit, field: (
        "5" + draw_digits(visit.rng, len(field.cells) - 1) if visit.has_mobile else None
    ),
    "sms_consent": lambda visit, field: (
        str(visit.rng.choice([YES, NO])) if visit.has_mobile else None
    ),
    "subscriber_electricity": _subscriber_number,
    "A7": _buildings,
    "A8": lambda visit, field: _amount(visit, field, 180, 20),
    "A9": lambda visit, field: str(int(visit.rng.integers(1, 7))).rjust(len(field.cells)),
    "A11": lambda visit, field: YES if visit.owns_dwelling else NO,
    "A12": lambda visit, field: _amount(visit, field, 120, 20) if visit.owns_dwelling else None,
    "B2": _head,
    "C4": lambda visit, field: _amount(visit, field, 9000, 0),
    "D1": lambda visit, field: YES if visit.farms_land else NO,
    "D2": lambda visit, field: _amount(visit, field, 5) if visit.farms_land else None,
    "D3": lambda visit, field: YES if visit.keeps_livestock else NO,
    "F2": lambda visit, field: NO if visit.is_doubted else YES,
    "F2_reasons": _reasons,
    "filling_date": lambda visit, field: write_date(visit.family.day),
    "visit_start": lambda visit, field: f"{visit.hour:02d}{int(visit.rng.integers(0, 60)):02d}",
    "visit_end": _end_of_visit,
}


def _school(visit: Visit, field: FieldSpec, person: Person) -> Value:
    return None if visit.is_adult(person) else invent_answer(field, visit.rng)


def _education(visit: Visit, field: FieldSpec, person: Person) -> Value:
    return invent_answer(field, visit.rng) if visit.is_adult(person) else None


def _condition(visit: Visit, field: FieldSpec, person: Person) -> Value:
    return _one_of(visit, field) if _chance(visit, 0.15) else None


def _status(visit: Visit, field: FieldSpec, person: Person) -> Value:
    """Now and then an adult with a disability: the one status that binds nobody else."""
    return (field.options[0].code,) if visit.is_adult(person) and _chance(visit, 0.1) else None


def _grown_children(visit: Visit, field: FieldSpec, person: Person) -> Value:
    has_some = visit.is_adult(person) and _chance(visit, 0.2)
    return "1".rjust(len(field.cells)) if has_some else None


def _income(visit: Visit, field: FieldSpec, person: Person) -> Value:
    """Income of adults alone; the allowance of the displaced would ask for their status."""
    draws = visit.is_adult(person) and field.question != _DISPLACED and _chance(visit, 0.15)
    return _amount(visit, field, 900) if draws else None


_ANSWERS_OF_MEMBERS: dict[str, Callable[[Visit, FieldSpec, Person], Value]] = {
    "surname": lambda visit, field, person: person.surname,
    "first_name": lambda visit, field, person: person.first_name,
    "personal_number": lambda visit, field, person: person.personal_number,
    "birth_date": lambda visit, field, person: write_date(person.birth_date),
    "age": lambda visit, field, person: str(person.age_on(visit.family.day)).rjust(
        len(field.cells)
    ),
    "sex": lambda visit, field, person: _SEX_CODES[person.sex],
    "B3": _condition,
    "B4": _status,
    "B5": _grown_children,
    "C1": _school,
    "C2": _education,
    "C3": _income,
}
