"""By which questions the forms name a person whom the civil register may know."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Naming:
    """The questions that say who somebody is, in a row of a table or outside of tables."""

    number: str
    surname: str
    first_name: str
    birth_date: str | None = None
    """None where the form does not ask for it."""


MEMBER = Naming("personal_number", "surname", "first_name", "birth_date")
APPLICANT = Naming(
    "applicant_personal_number",
    "applicant_surname",
    "applicant_first_name",
    "applicant_birth_date",
)
REPRESENTATIVE = Naming(
    "representative_personal_number", "representative_surname", "representative_name"
)
NAMINGS = (MEMBER, APPLICANT, REPRESENTATIVE)

_QUESTIONS = frozenset(question for naming in NAMINGS for question in astuple(naming) if question)
_NUMBERS = frozenset(naming.number for naming in NAMINGS)


def says_who(field: str) -> bool:
    """Whether a field is a part of who somebody is."""
    return field.rpartition(".")[2] in _QUESTIONS


def list_naming_fields(field: str) -> tuple[str, ...]:
    """All fields that say who somebody is, by one of them; none by any other field."""
    row, dot, question = field.rpartition(".")
    namings = (naming for naming in NAMINGS if question in astuple(naming))
    return tuple(row + dot + part for naming in namings for part in astuple(naming) if part)


def names_number(field: str) -> bool:
    """Whether a field is the personal number of somebody."""
    return field.rpartition(".")[2] in _NUMBERS
