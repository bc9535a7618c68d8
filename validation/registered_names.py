"""What the civil register has where a name or a birth date goes to a person: a suggestion.

It is offered beside what the ink may say, so that nobody has to type it, and only to whoever
decides. Nothing here changes what was read, nor makes it surer: whom the register confirms
depends on what was read without it (`validation.confirmed_people`).

The number may be misread, and then the entry is a stranger's. So a value is offered where it
resembles what was read; where nothing could be read, only where something else of the person
is the same. The surname alone does not vouch for that: relatives bear it, and their numbers
often follow each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from validation.known import Known
from validation.registered_people import (
    UNSURE,
    RegisteredPerson,
    is_readable,
    is_same,
    list_registered_people,
)
from validation.registers import RegisterAnswer
from validation.standing import Standing, find_reason, find_standing, is_blank
from validation.typed_values import Typed, type_values

_ALIKE = 0.65
"""Least likeness to what was read. Of 294 simulated names that were misread for want of a list 97
in 100 are so like the right one, of any two names of a list 2; of dates with two wrong digits 99,
of any two birth dates 2. At 0.75 one misread name in ten would be lost."""
_DOUBTS = UNSURE | {Reason.IMAGE}
"""Why a field is offered a value. A correction, or ink beside, says what no register knows."""
_WITHOUT_ANSWER = frozenset({FieldState.EMPTY, FieldState.UNANSWERED})


@dataclass(frozen=True, slots=True)
class RegisteredValue:
    """What the register has for a field, as a reading of it would be written."""

    value: str
    answer: RegisterAnswer


def find_registered_values(
    template: Template, document: DocumentReading, known: Known
) -> Mapping[str, RegisteredValue]:
    """Field that a person decides -> what the civil register has there, where it is another.

    Args:
        template: of the document.
        document: as it was read and settled so far.
        known: what the registers answered about the numbers on it.
    """
    values = type_values(template, document).values
    return {
        field: RegisteredValue(written, person.answer)
        for person in list_registered_people(document, values, known)
        for field, written in _list_written(person)
        if field in document.fields
        and _is_open(document.fields[field])
        and _may_stand(document.fields[field], written)
        and _is_likely(document.fields, values, person, field, written)
    }


def is_alike(read: str, registered: str) -> bool:
    """Whether a name, or the digits of a day, may have been misread for another."""
    return SequenceMatcher(None, read, registered, autojunk=False).ratio() >= _ALIKE


def _list_written(person: RegisteredPerson) -> Iterator[tuple[str, str]]:
    """The fields about a person but for the number, with the characters of their cells."""
    for field, value in person.list_registered():
        if field != person.number:
            yield field, f"{value:%d%m%Y}" if isinstance(value, date) else " ".join(value.split())


def _is_open(reading: FieldReading) -> bool:
    """Whether a person decides what a field says, and nothing was put right in it."""
    return (
        find_standing(reading) is Standing.OPEN
        and reading.state not in _WITHOUT_ANSWER
        and reading.correction is None
        and find_reason(reading) in _DOUBTS
    )


def _may_stand(reading: FieldReading, written: str) -> bool:
    """Whether a value has room in the cells, and is not what was read there."""
    return 0 < len(written) <= len(reading.spec.cells) and written != _read_text(reading)


def _is_likely(
    fields: Mapping[str, FieldReading],
    values: Mapping[str, Typed],
    person: RegisteredPerson,
    field: str,
    written: str,
) -> bool:
    read = _read_text(fields[field])
    return is_alike(read, written) if read else _is_vouched(fields, values, person, field)


def _is_vouched(
    fields: Mapping[str, FieldReading],
    values: Mapping[str, Typed],
    person: RegisteredPerson,
    field: str,
) -> bool:
    """Whether the first name or the birth date, as read beside a field, is the registered one."""
    surname = person.locate(person.naming.surname)
    return any(
        is_readable(fields[other]) and is_same(values.get(other), value)
        for other, value in person.list_registered()
        if other in fields and other not in (field, person.number, surname)
    )


def _read_text(reading: FieldReading) -> str:
    """What was read in the cells; empty where nothing was."""
    value = reading.value
    return "" if is_blank(value) or not isinstance(value, str) else value.strip()
