"""About whom the service of a register has told nothing since a paper came in.

A number that a person enters or corrects names somebody whom no service was asked about, and
what was told when the paper came in grows old. Before such a paper takes effect the program
asks; what it is not told, a person is told of.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from form_templates.specification import Template
from validation.disposition import find_track
from validation.findings import Finding
from validation.outcomes import report_outcome
from validation.parameters import value_on
from validation.record import Record, list_personal_numbers
from validation.registers import Register
from workflow.acts import TBILISI, find_legal_day
from workflow.registers.asking import find_answers_of
from workflow.registers.services import find_services
from workflow.store.knowing import names_family
from workflow.store.models.paper import PaperDocument, Version
from workflow.store.registers import list_asked_since, list_unreached
from workflow.store.session import Session

NOT_REACHED, OLD = "register_not_reached", "register_answers_are_new"

Missing = Mapping[Register, frozenset[str]]
"""Register -> people about whom it has told nothing; one that lacks nobody is absent."""


def select_people(
    document: PaperDocument, template: Template, record: Record | None
) -> frozenset[str]:
    """The personal numbers of a record that registers may be asked about.

    Nobody on a paper whose check looks into no register, nor on a simulated one: its
    people are invented.
    """
    if record is None or document.simulated or not names_family(template):
        return frozenset()
    return frozenset(list_personal_numbers(template, record))


def find_first_day(register: Register, received: date, today: date) -> date:
    """Day from which on an answer is new enough for a paper.

    That the paper came in, or a later one where an answer of then is old by now.
    """
    most = value_on(f"registers/{register}", today)
    if most is None or most.number is None:
        return received
    return max(received, today - timedelta(days=int(most.number)))


def find_told(
    session: Session, register: Register, people: frozenset[str], since: date
) -> frozenset[str]:
    """The people about whom a register has told something on a day or later."""
    midnight = datetime.combine(since, time(), TBILISI)
    kept = find_answers_of(session, register, people).values()
    new = {answer.personal_number for answer in kept if answer.as_of >= since}
    return frozenset(new | list_asked_since(session, register, people, midnight))


def find_unasked(
    session: Session, version: Version, people: frozenset[str], today: date
) -> Missing:
    """Whom services are to be asked about before a version takes effect.

    Nobody about whom a service was asked again and again, and gave no answer.
    """
    if not people:
        return {}
    given_up = _find_given_up(session, version, people)
    services, received = find_services(session), find_legal_day(version.created_at)
    return _find_untold(
        session,
        {register: people - given_up.get(register, frozenset()) for register in services},
        {register: find_first_day(register, received, today) for register in services},
    )


def find_unreached(
    session: Session, version: Version, template: Template, people: frozenset[str]
) -> Iterator[Finding]:
    """A finding for each register that a version is checked without, with those it is about.

    Whoever had an answer since the paper came in is not among them: how old that is, the
    rules say.
    """
    given_up, received = _find_given_up(session, version, people), version.created_at
    since = dict.fromkeys(given_up, find_legal_day(received))
    for register, untold in sorted(_find_untold(session, given_up, since).items()):
        named = {"register": (f"register_{register}",), "people": tuple(sorted(untold))}
        yield report_outcome(NOT_REACHED, find_track(template), parameters=named)


def leave_out_old(findings: Iterable[Finding], unasked: Missing) -> Iterator[Finding]:
    """The findings without those on old answers of registers that are asked anew.

    Nobody looks up what the program is about to ask.
    """
    asked = {f"register_{register}" for register in unasked}
    for finding in findings:
        if finding.code != OLD or finding.parameters["register"] not in asked:
            yield finding


def _find_given_up(session: Session, version: Version, people: frozenset[str]) -> Missing:
    """About whom each service was asked in vain; what names nobody concerns everybody."""
    found: dict[Register, frozenset[str]] = {}
    for row in list_unreached(session, version.id):
        register = Register(row.register)
        asked = people & frozenset(row.people) if row.people else people
        found[register] = found.get(register, frozenset()) | asked
    return found


def _find_untold(session: Session, asked: Missing, since: Mapping[Register, date]) -> Missing:
    """Of the people of each register those about whom it has told nothing since its day."""
    untold = {
        register: people - find_told(session, register, people, since[register])
        for register, people in asked.items()
        if people
    }
    return {register: people for register, people in untold.items() if people}
