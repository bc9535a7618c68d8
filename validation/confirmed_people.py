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
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from validation.disposition import Track
from validation.findings import Finding
from validation.known import Known
from validation.outcomes import report_outcome
from validation.people import NAMINGS, Naming
from validation.registers import Answers, CivilEntry, Register, RegisterAnswer
from validation.standing import is_settled
from validation.typed_values import Typed, type_values

CONFIRMED = "person_confirmed"
_UNSURE = frozenset({Reason.SUGGESTION, Reason.DOUBTFUL_VALUE})
"""Reasons of a value that was read, of which the program is not sure: no ink beside, no
correction, no poor image."""
_NAMINGS = {naming.number: naming for naming in NAMINGS}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person whom the register has just as they were read."""

    number: str
    """Field of the personal number."""
    fields: tuple[str, ...]
    """What was not sure before, in the order in which the form names a person."""
    answer: RegisterAnswer


def list_numbers_read(template: Template, document: DocumentReading) -> Iterator[str]:
    """The personal numbers of people who may be confirmed, surely read or not."""
    values = type_values(template, document).values
    for field, _ in _list_people(document.fields):
        number = values.get(field)
        if isinstance(number, str) and _is_readable(document.fields[field]):
            yield number


def find_confirmed(
    template: Template, document: DocumentReading, known: Known
) -> tuple[Confirmation, ...]:
    """Each person who was not read surely, and whom the civil register has as they were read.

    Args:
        template: of the document.
        document: as it was read and settled so far.
        known: what the registers answered about the numbers on it.
    """
    answers = known.registers.get(Register.CIVIL)
    if not answers:
        return ()
    values = type_values(template, document).values
    people = (
        _confirm(document.fields, values, field, naming, answers)
        for field, naming in _list_people(document.fields)
    )
    return tuple(person for person in people if person is not None)


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


def _list_people(fields: Iterable[str]) -> Iterator[tuple[str, Naming]]:
    """The field of each personal number, with the questions beside it."""
    for field in fields:
        naming = _NAMINGS.get(field.rpartition(".")[2])
        if naming is not None:
            yield field, naming


def _confirm(
    fields: Mapping[str, FieldReading],
    values: Mapping[str, Typed],
    number: str,
    naming: Naming,
    answers: Answers,
) -> Confirmation | None:
    answer = answers.get(str(values.get(number)))
    if answer is None or len(answer.entries) != 1:
        return None
    (entry,) = answer.entries
    if not isinstance(entry, CivilEntry):
        return None
    if not _names_day(naming, entry) and not is_settled(fields[number]):
        return None  # without the day, names alone would vouch for a number that is not sure
    prefix = number.removesuffix(naming.number)
    registered = {prefix + q: value for q, value in _list_registered(answer, entry, naming)}
    for field, value in registered.items():
        reading = fields.get(field)
        if reading is None or not _is_readable(reading) or not _is_same(values.get(field), value):
            return None
    unsure = tuple(field for field in registered if fields[field].review)
    return Confirmation(number, unsure, answer) if unsure else None


def _list_registered(
    answer: RegisterAnswer, entry: CivilEntry, naming: Naming
) -> Iterator[tuple[str, object]]:
    """Each question about a person with what the register has there."""
    yield naming.number, answer.personal_number
    yield naming.surname, entry.surname
    yield naming.first_name, entry.first_name
    if naming.birth_date is not None and entry.birth_date is not None:
        yield naming.birth_date, entry.birth_date


def _names_day(naming: Naming, entry: CivilEntry) -> bool:
    """Whether paper and register both have a birth date to compare."""
    return naming.birth_date is not None and entry.birth_date is not None


def _is_readable(reading: FieldReading) -> bool:
    """Whether a field has a value that is sure, or that nothing but sureness lacks."""
    return is_settled(reading) or (reading.state is FieldState.READ and reading.reason in _UNSURE)


def _is_same(read: Typed | None, registered: object) -> bool:
    if isinstance(read, str) and isinstance(registered, str):
        return bool(registered.strip()) and read.strip() == registered.strip()
    return read == registered
