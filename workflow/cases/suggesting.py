"""Looks up what the civil register has for a field, when a person has it on the screen.

Nothing of it is kept, so it follows the number as it stands. Looked up is what is kept here,
an extract, or what a service told before: no service is asked.
"""

from collections.abc import Iterator

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading
from validation.people import list_naming_fields, names_number
from validation.registered_names import RegisteredValue, find_registered_values
from workflow.cases.confirming import look_up
from workflow.cases.decided import Decided
from workflow.cases.settling import SettledValue
from workflow.reading.overlay import settle_field
from workflow.reading.stored import load_field
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session


def find_suggestion(
    session: Session,
    document: PaperDocument,
    template: Template,
    decided: Decided,
    field: str,
    user_id: int | None,
) -> RegisteredValue | None:
    """What the civil register has for a name or a birth date that one person decides.

    Whoever may not be led by it must not be shown it; that is up to the caller.
    """
    if names_number(field):
        return None
    read = dict(_read_person(session, decided, field, user_id))
    person = DocumentReading(template.key, 0, (), read)
    known = look_up(session, document, template, person)
    return find_registered_values(template, person, known).get(field)


def _read_person(
    session: Session, decided: Decided, field: str, user_id: int | None
) -> Iterator[tuple[str, FieldReading]]:
    """All that says who somebody is: the field as it was read, beside it what stands there."""
    for name in list_naming_fields(field):
        read = decided.reads.get(name)
        if read is not None:
            reading = load_field(session, read.reading_id)
            said = None if name == field else _find_said(decided, name, user_id)
            yield name, settle_field(reading, said) if said else reading


def _find_said(decided: Decided, field: str, user_id: int | None) -> SettledValue | None:
    """What the person entered, else what people settled; not what somebody else awaits."""
    own = [entry for entry in decided.entries.get(field, ()) if entry.user_id == user_id]
    return SettledValue(own[-1].verdict, own[-1].value) if own else decided.settled.get(field)
