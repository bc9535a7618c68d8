"""Asks the services of registers about the people on a paper, before it is checked.

What they answer is kept, so that the check itself only looks it up. A service that does
not answer in the end holds no paper up: a person is told which register is missing.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from form_templates.specification import Role, Template
from validation.disposition import find_track
from validation.findings import Finding
from validation.outcomes import report_outcome
from validation.record import build_record, list_personal_numbers
from validation.registers import Register, RegisterAnswer
from workflow.acts import SYSTEM, TBILISI, Act, find_legal_day
from workflow.cases.decided import load_decided, load_template
from workflow.jobs.queue import StepName, decide_retry, explain_failure
from workflow.jobs.work import Work
from workflow.reading.overlay import apply_values
from workflow.reading.stored import load_reading
from workflow.registers.asking import find_answers_of
from workflow.registers.entries import describe_entry
from workflow.registers.faults import ServiceFault
from workflow.registers.service import RegisterService
from workflow.settings import RegisterAddress
from workflow.store.knowing import NAMING_FORMS
from workflow.store.models.paper import PaperDocument, Version
from workflow.store.models.registers import AskedAnswer, UnreachedRegister
from workflow.store.models.work import StepState
from workflow.store.registers import list_asked_since, list_unreached
from workflow.store.session import Session
from workflow.store.work import list_steps

NOT_REACHED = "register_not_reached"


@dataclass(frozen=True, slots=True)
class Missed:
    """A register that did not answer, and why."""

    register: Register
    code: str


def find_people(session: Session, document: PaperDocument) -> frozenset[str]:
    """The personal numbers on a paper that were read without a doubt, or entered.

    A doubtful one may be a stranger's, whom nobody may ask about. Nobody on a paper whose
    check looks into no register, nor on a simulated one: its people are invented.
    """
    template = load_template(document)
    if template is None or document.simulated or not _looks_into_registers(template):
        return frozenset()
    decided = load_decided(session, document.current, template)
    reading = apply_values(load_reading(session, document.current), decided.settled)
    return frozenset(list_personal_numbers(template, build_record(template, reading)))


def _looks_into_registers(template: Template) -> bool:
    return template.role is Role.FORM and template.key.form in NAMING_FORMS


def ask_services(work: Work, subject: str, people: Collection[str]) -> tuple[Missed, ...]:
    """Ask every service that there is about people of whom it has not answered today.

    Raises the fault of a service as long as its step is tried again; what the others
    answered is kept by then. After the last attempt, tells which registers are missing.
    """
    missed, waits = [], None
    for address in work.settings.register_addresses if people else ():
        work.keep_alive()
        try:
            _ask_service(work, subject, address, people)
        except ServiceFault as fault:
            missed.append(Missed(address.register, fault.code))
            waits = fault if _is_tried_again(work, subject, fault) else waits
    if waits is not None:
        raise waits
    return tuple(missed)


def keep_missed(act: Act, version: Version, missed: Iterable[Missed]) -> None:
    """Keep which registers did not answer when a version was checked."""
    act.session.add_all(
        UnreachedRegister(
            version_id=version.id, register=one.register.value, code=one.code, given_up_at=act.now
        )
        for one in missed
    )
    act.session.flush()


def find_unreached(session: Session, version: Version, template: Template) -> Iterator[Finding]:
    """The finding that names the registers that a version was checked without."""
    registers = list_unreached(session, version.id)
    if registers:
        named = {"register": tuple(f"register_{register}" for register in registers)}
        yield report_outcome(NOT_REACHED, find_track(template), parameters=named)


def _ask_service(
    work: Work, subject: str, address: RegisterAddress, people: Collection[str]
) -> None:
    now = work.clock()
    today = find_legal_day(now)
    with work.store.read() as session:
        left = set(people) - _find_answered(session, address.register, people, today)
    if not left:
        return
    answers = RegisterService(address, today).ask(address.register, left)
    with work.store.write() as session:
        act = Act(session, SYSTEM, now)
        session.add_all(_make_row(answer, now) for answer in answers.values())
        told = {"register": address.register.value, "people": len(answers)}
        act.record("register:ask", subject, after=told)


def _find_answered(
    session: Session, register: Register, people: Collection[str], today: date
) -> set[str]:
    """The people of whom there is an answer from today."""
    midnight = datetime.combine(today, time(), TBILISI)
    kept = find_answers_of(session, register, people).values()
    fresh = {answer.personal_number for answer in kept if answer.as_of >= today}
    return fresh | list_asked_since(session, register, people, midnight)


def _make_row(answer: RegisterAnswer, now: datetime) -> AskedAnswer:
    return AskedAnswer(
        register=answer.register.value,
        personal_number=answer.personal_number,
        entries=[describe_entry(entry) for entry in answer.entries],
        as_of=answer.as_of,
        asked_at=now,
        source=answer.source,
    )


def _is_tried_again(work: Work, subject: str, fault: ServiceFault) -> bool:
    """Whether the step has another attempt after such a fault."""
    with work.store.read() as session:
        attempts = [
            step.attempts
            for step in list_steps(session, [subject])
            if (step.step, step.state) == (StepName.CHECK_DOCUMENT, StepState.RUNNING)
        ]
    return bool(attempts) and decide_retry(explain_failure(fault), attempts[-1]) is not None
