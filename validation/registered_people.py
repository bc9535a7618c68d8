"""People of a paper whose number was read, beside what the civil register has of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from validation.known import Known
from validation.people import NAMINGS, Naming
from validation.registers import CivilEntry, Register, RegisterAnswer
from validation.standing import is_settled
from validation.typed_values import Typed, type_values

UNSURE = frozenset({Reason.SUGGESTION, Reason.DOUBTFUL_VALUE})
"""Reasons of a value that was read, of which the program is not sure: no ink beside, no
correction, no poor image."""
_NAMINGS = {naming.number: naming for naming in NAMINGS}


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person on the paper, and the one entry that the civil register has of the number."""

    number: str
    """Field of the personal number."""
    naming: Naming
    entry: CivilEntry
    answer: RegisterAnswer

    def locate(self, question: str) -> str:
        """The field of one of the questions that name the person."""
        return self.number.removesuffix(self.naming.number) + question

    def list_registered(self) -> Iterator[tuple[str, str | date]]:
        """Each field about the person with what the register has there, the number first."""
        yield self.number, self.answer.personal_number
        yield self.locate(self.naming.surname), self.entry.surname
        yield self.locate(self.naming.first_name), self.entry.first_name
        if self.naming.birth_date is not None and self.entry.birth_date is not None:
            yield self.locate(self.naming.birth_date), self.entry.birth_date


def list_numbers_read(template: Template, document: DocumentReading) -> Iterator[str]:
    """The personal numbers of people whom a register may know, surely read or not."""
    for _, _, number in _list_numbered(document, type_values(template, document).values):
        yield number


def list_registered_people(
    document: DocumentReading, values: Mapping[str, Typed], known: Known
) -> Iterator[RegisteredPerson]:
    """Each person of whose number, surely read or not, the register has exactly one entry.

    Args:
        document: as it was read and settled so far.
        values: of its fields, as their types.
        known: what the registers answered about the numbers on it.
    """
    answers = known.registers.get(Register.CIVIL, {})
    for field, naming, number in _list_numbered(document, values):
        answer = answers.get(number)
        if answer is not None and len(answer.entries) == 1:
            (entry,) = answer.entries
            if isinstance(entry, CivilEntry):
                yield RegisteredPerson(field, naming, entry, answer)


def is_readable(reading: FieldReading) -> bool:
    """Whether a field has a value that is sure, or that nothing but sureness lacks."""
    return is_settled(reading) or (reading.state is FieldState.READ and reading.reason in UNSURE)


def is_same(read: Typed | None, registered: str | date) -> bool:
    """Whether what was read is what the register has; an empty name is nobody's."""
    if isinstance(read, str) and isinstance(registered, str):
        return bool(registered.strip()) and read.strip() == registered.strip()
    return read == registered


def _list_numbered(
    document: DocumentReading, values: Mapping[str, Typed]
) -> Iterator[tuple[str, Naming, str]]:
    """The field of each number that was read, the questions beside it, and the number."""
    for field, reading in document.fields.items():
        naming, number = _NAMINGS.get(field.rpartition(".")[2]), values.get(field)
        if naming is not None and isinstance(number, str) and is_readable(reading):
            yield field, naming, number
