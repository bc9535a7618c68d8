"""About whom the service of a register has told nothing since a paper came in.

A number that a person enters or corrects names somebody whom no service was asked about.
Before such a paper takes effect the program asks; what it is not told, a person is told of.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from form_templates.specification import Role, Template
from validation.disposition import find_track
from validation.findings import Finding
from validation.outcomes import report_outcome
from validation.record import Record, list_personal_numbers
from validation.registers import Register
from workflow.acts import TBILISI, find_legal_day
from workflow.registers.asking import find_answers_of
from workflow.registers.services import find_services
from workflow.store.knowing import NAMING_FORMS
from workflow.store.models.paper import PaperDocument, Version
from workflow.store.registers import list_asked_since, list_unreached
from workflow.store.session import Session

NOT_REACHED = "register_not_reached"

Missing = Mapping[Register, frozenset[str]]
"""Register -> people about whom it has told nothing; one that lacks nobody is absent."""


def select_people(
    document: PaperDocument, template: Template, record: Record | None
) -> frozenset[str]:
    """The personal numbers of a record that registers may be asked about.

    Nobody on a paper whose check looks into no register, nor on a simulated one: its
    people are invented.
    """
    names_a_family = template.role is Role.FORM and template.key.form in NAMING_FORMS
    if record is None or document.simulated or not names_a_family:
        return frozenset()
    return frozenset(list_personal_numbers(template, record))


def find_told(
    session: Session, register: Register, people: frozenset[str], since: date
) -> frozenset[str]:
    """The people about whom a register has told something on a day or later."""
    midnight = datetime.combine(since, time(), TBILISI)
    kept = find_answers_of(session, register, people).values()
    new = {answer.personal_number for answer in kept if answer.as_of >= since}
    return frozenset(new | list_asked_since(session, register, people, midnight))


def find_unasked(session: Session, version: Version, people: frozenset[str]) -> Missing:
    """Whom services are to be asked about before a version takes effect.

    Nobody about whom a service was asked again and again, and gave no answer.
    """
    if not people:
        return {}
    given_up = _find_given_up(session, version, people)
    return _find_untold(
        session,
        version,
        {
            register: people - given_up.get(register, frozenset())
            for register in find_services(session)
        },
    )


def find_unreached(
    session: Session, version: Version, template: Template, people: frozenset[str]
) -> Iterator[Finding]:
    """The finding that names the registers that a version is checked without, and for whom."""
    untold = _find_untold(session, version, _find_given_up(session, version, people))
    if untold:
        named = {
            "register": tuple(f"register_{register}" for register in sorted(untold)),
            "people": tuple(sorted(frozenset().union(*untold.values()))),
        }
        yield report_outcome(NOT_REACHED, find_track(template), parameters=named)


def _find_given_up(session: Session, version: Version, people: frozenset[str]) -> Missing:
    """About whom each service was asked in vain; what names nobody concerns everybody."""
    found: dict[Register, frozenset[str]] = {}
    for row in list_unreached(session, version.id):
        register = Register(row.register)
        asked = people & frozenset(row.people) if row.people else people
        found[register] = found.get(register, frozenset()) | asked
    return found


def _find_untold(session: Session, version: Version, asked: Missing) -> Missing:
    """Of the people of each register those about whom it has told nothing since."""
    since = find_legal_day(version.created_at)
    untold = {
        register: people - find_told(session, register, people, since)
        for register, people in asked.items()
        if people
    }
    return {register: people for register, people in untold.items() if people}
