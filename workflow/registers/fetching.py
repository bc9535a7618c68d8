"""Asks the services of registers about the people on a paper, before it is checked.

What they answer is kept, so that the check itself only looks it up. A service that does
not answer in the end holds no paper up: a person is told which register is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from validation.record import build_record
from validation.registers import Register, RegisterAnswer
from workflow.acts import SYSTEM, Act, find_legal_day
from workflow.cases.confirming import settle_paper
from workflow.cases.decided import load_decided, load_template
from workflow.jobs.queue import StepName, decide_retry, explain_failure
from workflow.jobs.work import Work
from workflow.registers.entries import describe_entry
from workflow.registers.faults import ServiceElsewhere, ServiceFault
from workflow.registers.missing import Missing, find_first_day, find_told, select_people
from workflow.registers.service import RegisterService
from workflow.settings import RegisterAddress
from workflow.store.models.paper import PaperDocument, Version
from workflow.store.models.registers import AskedAnswer, UnreachedRegister
from workflow.store.models.work import StepState
from workflow.store.session import Session
from workflow.store.work import list_steps

NOT_ASKED = "register_not_asked"
"""Code of a service that was asked nothing, because the paper changed meanwhile."""

Missed = Mapping[Register, str]
"""Register whose service did not answer -> code of the fault."""


@dataclass(frozen=True, slots=True)
class People:
    """About whom services are asked."""

    numbers: frozenset[str]
    received: date
    """Day that their paper came in: what was told before is not new enough."""


NOBODY = People(frozenset(), date.max)


def find_people(session: Session, document: PaperDocument) -> People:
    """The people on a paper whose numbers were read without a doubt, entered or confirmed.

    A doubtful number may be a stranger's, whom nobody may ask about.
    """
    template, received = load_template(document), find_legal_day(document.current.created_at)
    if template is None or document.simulated:
        return NOBODY
    decided = load_decided(session, document.current, template)
    record = build_record(template, settle_paper(session, document, template, decided).reading)
    return People(select_people(document, template, record), received)


def ask_services(work: Work, subject: str, services: Iterable[Register], people: People) -> Missed:
    """Ask the service of each register about people of whom it has told nothing yet.

    Raises the fault of a service as long as its step is tried again; what the others
    answered is kept by then. After the last attempt, tells which registers are missing.
    """
    missed: dict[Register, str] = {}
    waits = None
    for register in services if people.numbers else ():
        work.keep_alive()
        try:
            _ask_service(work, subject, register, people)
        except ServiceFault as fault:
            missed[register] = fault.code
            waits = fault if _is_tried_again(work, subject, fault) else waits
    if waits is not None:
        raise waits
    return missed


def keep_missed(act: Act, version: Version, unasked: Missing, missed: Missed) -> None:
    """Keep about whom services told nothing: the paper waits for their answer no longer."""
    act.session.add_all(
        UnreachedRegister(
            version_id=version.id,
            register=register.value,
            people=sorted(people),
            code=missed.get(register, NOT_ASKED),
            given_up_at=act.now,
        )
        for register, people in unasked.items()
    )
    act.session.flush()


def _ask_service(work: Work, subject: str, register: Register, people: People) -> None:
    now = work.clock()
    today = find_legal_day(now)
    with work.store.read() as session:
        since = find_first_day(register, people.received, today)
        left = people.numbers - find_told(session, register, people.numbers, since)
    if not left:
        return
    answers = RegisterService(_find_address(work, register), today).ask(register, left)
    with work.store.write() as session:
        act = Act(session, SYSTEM, now)
        session.add_all(_make_row(answer, now) for answer in answers.values())
        act.record(
            "register:ask", subject, after={"register": register.value, "people": len(answers)}
        )


def _find_address(work: Work, register: Register) -> RegisterAddress:
    """Where this worker asks a register; raises ServiceElsewhere where only others can."""
    for address in work.settings.register_addresses:
        if address.register is register:
            return address
    raise ServiceElsewhere(register.value)


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
