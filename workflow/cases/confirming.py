"""Settles whom the civil register has just as they were read, before a paper is checked.

Looked up is what is kept here: an extract, or what a service told before. No service is asked
about a number that is not sure; it may be a stranger's.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from form_templates.specification import Template
from ocr.readings import DocumentReading
from validation.confirmed_people import (
    CONFIRMED,
    Confirmation,
    find_confirmed,
    take_confirmed,
)
from validation.known import NOTHING_KNOWN, Known
from validation.people import list_naming_fields, names_number, says_who
from validation.registered_people import list_numbers_read
from validation.registers import Register
from workflow.cases.decided import Decided
from workflow.cases.earlier_scans import find_former_values, speaks_against
from workflow.reading.overlay import apply_values
from workflow.reading.stored import load_reading
from workflow.registers.asking import find_answers_of
from workflow.store.knowing import names_family
from workflow.store.models.decisions import FoundFinding
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class SettledPaper:
    """The newest version of a document, with all that needs no person any more."""

    reading: DocumentReading
    """As read, as people settled it, and as the register confirms it."""
    confirmed: tuple[Confirmation, ...]


def settle_paper(
    session: Session, document: PaperDocument, template: Template, decided: Decided
) -> SettledPaper:
    """Lay over the reading what people decided; then what the civil register confirms of it.

    Nobody is confirmed of whom people say something else, or have yet to agree; nor by a
    value that the register itself may have put before them.
    """
    read = load_reading(session, document.current)
    reading = apply_values(read, decided.settled)
    found = find_confirmed(template, reading, look_up(session, document, template, reading))
    contested = _find_contested(session, document, template, decided, reading) if found else set()
    contested |= _find_given(read, decided)
    confirmed = tuple(
        person for person in found if contested.isdisjoint(list_naming_fields(person.number))
    )
    return SettledPaper(take_confirmed(reading, confirmed), confirmed)


def list_confirmed(findings: Iterable[FoundFinding]) -> frozenset[str]:
    """The fields that a check of a version found confirmed, by its findings as they are kept."""
    told = (finding.parameters["other"] for finding in findings if finding.code == CONFIRMED)
    return frozenset(field for fields in told for field in fields)


def look_up(
    session: Session, document: PaperDocument, template: Template, reading: DocumentReading
) -> Known:
    """What the civil register has of the people whose numbers were read.

    Nobody on simulated paper: its people are invented.
    """
    if document.simulated or not names_family(template):
        return NOTHING_KNOWN
    numbers = frozenset(list_numbers_read(template, reading))
    answers = find_answers_of(session, Register.CIVIL, numbers) if numbers else {}
    return Known(registers={Register.CIVIL: answers})


def _find_given(read: DocumentReading, decided: Decided) -> AbstractSet[str]:
    """Names and birth dates that people gave another value than was read there."""
    return {
        field
        for field, said in decided.settled.items()
        if says_who(field) and not names_number(field)
        if field in read.fields and said.value != read.fields[field].value
    }


def _find_contested(
    session: Session,
    document: PaperDocument,
    template: Template,
    decided: Decided,
    reading: DocumentReading,
) -> AbstractSet[str]:
    """Fields that wait for another person, or that people read otherwise on an earlier scan."""
    waiting = decided.entries.keys() - decided.settled.keys()
    former = find_former_values(session, document, template, decided)
    return waiting | {
        field
        for field, said in former.items()
        if any(speaks_against(before, reading.fields[field]) for before in said)
    }
