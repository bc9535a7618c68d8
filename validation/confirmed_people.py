"""People whom the civil register confirms, so that nobody has to look at who they are.

Handwriting is often read right and seldom surely: letters are always a suggestion, for no
real handwriting was there to learn from. But where personal number, both names and birth
date, as they were read, are those of one entry of the register, they vouch for each other. A
misread number may be somebody's; it is not that of somebody of the same names, born on the
same day. The reading knows nothing of the register, so it cannot lean to it; and nothing
here takes another value than the one that was read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, Reason
from validation.disposition import Track
from validation.findings import Finding
from validation.known import Known
from validation.outcomes import report_outcome
from validation.registered_people import (
    RegisteredPerson,
    is_readable,
    is_same,
    list_registered_people,
)
from validation.registers import Register, RegisterAnswer
from validation.standing import is_settled
from validation.typed_values import Typed, type_values

CONFIRMED = "person_confirmed"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person whom the register has just as they were read."""

    number: str
    """Field of the personal number."""
    fields: tuple[str, ...]
    """What was not sure before, in the order in which the form names a person."""
    answer: RegisterAnswer


def find_confirmed(
    template: Template, document: DocumentReading, known: Known
) -> tuple[Confirmation, ...]:
    """Each person who was not read surely, and whom the civil register has as they were read.

    Args:
        template: of the document.
        document: as it was read and settled so far.
        known: what the registers answered about the numbers on it.
    """
    if not known.registers.get(Register.CIVIL):
        return ()
    values = type_values(template, document).values
    people = list_registered_people(document, values, known)
    confirmed = (_confirm(document.fields, values, person) for person in people)
    return tuple(person for person in confirmed if person is not None)


def take_confirmed(document: DocumentReading, confirmed: Iterable[Confirmation]) -> DocumentReading:
    """The document with all that was confirmed settled."""
    settled = {
        name: replace(document.fields[name], reason=Reason.NONE, review=False, candidates=())
        for one in confirmed
        for name in one.fields
    }
    return replace(document, fields={**document.fields, **settled}) if settled else document


def report_confirmed(confirmed: Iterable[Confirmation], track: Track) -> Iterator[Finding]:
    """What is told of each: nothing follows, but whoever audits sees what it rests on."""
    for one in confirmed:
        finding = report_outcome(CONFIRMED, track, one.number, parameters={"other": one.fields})
        yield replace(finding, evidence=(one.answer,))


def _confirm(
    fields: Mapping[str, FieldReading], values: Mapping[str, Typed], person: RegisteredPerson
) -> Confirmation | None:
    if not _has_day(person) and not is_settled(fields[person.number]):
        return None  # without the day, names alone would vouch for a number that is not sure
    registered = dict(person.list_registered())
    for field, value in registered.items():
        reading = fields.get(field)
        if reading is None or not is_readable(reading) or not is_same(values.get(field), value):
            return None
    unsure = tuple(field for field in registered if fields[field].review)
    return Confirmation(person.number, unsure, person.answer) if unsure else None


def _has_day(person: RegisteredPerson) -> bool:
    """Whether paper and register both have a birth date to compare."""
    return person.naming.birth_date is not None and person.entry.birth_date is not None
