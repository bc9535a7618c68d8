"""Checks a version, keeps what was found, and takes the document on."""

from collections.abc import Iterable

from validation.disposition import Disposition
from validation.findings import Finding
from workflow.acts import Act
from workflow.audit.events import lock_head
from workflow.cases.authorisation import enter_record
from workflow.cases.decided import LATE_SCAN
from workflow.cases.doubts import Doubt, collect_doubts
from workflow.cases.examining import Examination, examine, examine_late_scan
from workflow.cases.outcomes import ENDING, choose_action
from workflow.cases.states import Action, find_target
from workflow.cases.transitions import break_hold, change_state, name_document
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.jobs.work import Commit, Work
from workflow.registers.entries import describe_answer
from workflow.registers.fetching import NOBODY, Missed, ask_services, find_people, keep_missed
from workflow.registers.services import add_services, list_asked_services
from workflow.store.decisions import list_findings
from workflow.store.documents import find_document, lock_document
from workflow.store.models.decisions import FoundFinding
from workflow.store.models.paper import DocumentState, PaperDocument, Version
from workflow.store.session import Session

_DECIDED = (DocumentState.AUTHORISED, DocumentState.REJECTED, DocumentState.NEW_DECLARATION)
"""States that a further scan does not undo."""


def check_document(work: Work, document_id: int) -> Commit:
    """Handler of the step: check a version that was never checked, or names people anew.

    The services of registers, where there are any, are asked before. All the rest is
    quick and must see what it changes, so it happens in the transaction.
    """
    work.keep_alive()
    missed = _ask_registers(work, document_id)

    def commit(act: Act) -> None:
        document = lock_document(act.session, document_id)
        add_services(act, work.settings.register_addresses)
        if document.current.run == 0:
            take_in_version(act, document, missed)
        elif document.state == DocumentState.RECEIVED:
            check_version(act, document, missed)

    return commit


def _ask_registers(work: Work, document_id: int) -> Missed:
    """Ask about the people on a paper that waits for its check; the registers that failed."""
    with work.store.read() as session:
        services = list_asked_services(session, work.settings.register_addresses)
        if not services:
            return {}
        document = find_document(session, document_id)
        people = find_people(session, document) if _takes_answers(session, document) else NOBODY
    return ask_services(work, name_document(document), services, people)


def _takes_answers(session: Session, document: PaperDocument) -> bool:
    """Whether a paper waits for a check that looks into registers."""
    waits = document.current.run == 0 or document.state == DocumentState.RECEIVED
    return waits and find_decision(session, document) is None


def take_in_version(act: Act, document: PaperDocument, missed: Missed | None = None) -> None:
    """Check the first version of a document, or one that a further scan has made."""
    break_hold(act, document)  # whoever works on it looks at the scan before
    decision = find_decision(act.session, document)
    if decision is not None:
        _show_late_scan(act, document, decision)
        return
    if document.state != DocumentState.RECEIVED:
        change_state(act, document, Action.RECEIVE_SCAN)
    check_version(act, document, missed)


def check_version(act: Act, document: PaperDocument, missed: Missed | None = None) -> None:
    """Check the newest version with all that people decided, and take the document on.

    Where services are still to be asked about somebody, the document waits until they were:
    whoever sends a page waits for no service. Whoever has asked them tells which of them
    `missed`, and the document goes on without. The trail is locked before anything is looked
    up: of two papers that name one person, the later one must see that the earlier one was
    entered.
    """
    lock_head(act.session)
    examination = examine(act.session, document, act.today)
    if missed is not None and examination.unasked:
        keep_missed(act, document.current, examination.unasked, missed)
        examination = examine(act.session, document, act.today)
    doubts = _keep_examination(act, document, examination)
    action = _choose_action(document, examination, doubts)
    if action is Action.ASK_REGISTERS:
        _request_answers(act, document)
    if find_target(action) == document.state:
        document.revision += 1
        return
    change_state(act, document, action)
    if action is Action.ACCEPT:
        enter_record(act, document, examination)


def is_still_ready(document: PaperDocument, examination: Examination) -> bool:
    """Whether a ready document would be found ready again by all that is known now."""
    rows = [_make_row(document.current, finding) for finding in examination.findings]
    if examination.template is None:
        return False
    doubts = collect_doubts(examination.template, rows, examination.decided)
    is_ready = choose_action(examination.disposition, doubts) is Action.MAKE_READY
    return is_ready and not examination.unasked


def find_decision(session: Session, document: PaperDocument) -> DocumentState | None:
    """The decision that stands; while people look at a later scan, the one from before."""
    if document.state in _DECIDED:
        return DocumentState(document.state)
    checked = [version for version in document.versions if version.run]
    if document.state != DocumentState.REVIEW or not checked:
        return None
    late = [f for f in list_findings(session, checked[-1]) if f.code == LATE_SCAN]
    return DocumentState(late[0].parameters["state"]) if late else None


def _show_late_scan(act: Act, document: PaperDocument, decision: DocumentState) -> None:
    """A person looks at a scan that came after the decision; the decision stands."""
    examination = examine_late_scan(act.session, document, decision, act.today)
    _keep_examination(act, document, examination)
    if document.state == decision:
        change_state(act, document, Action.SHOW_LATE_SCAN)
    else:
        document.revision += 1


def _choose_action(
    document: PaperDocument, examination: Examination, doubts: tuple[Doubt, ...]
) -> Action:
    if examination.template is None:
        return Action.LEAVE_UNIDENTIFIED
    action = choose_action(examination.disposition, doubts)
    if examination.unasked and action in ENDING:
        return Action.ASK_REGISTERS
    takes_effect = examination.decided.is_untouched and _is_first_reading(document)
    return Action.ACCEPT if action is Action.MAKE_READY and takes_effect else action


def _request_answers(act: Act, document: PaperDocument) -> None:
    """Have the document checked again, which asks the services before."""
    version = document.current
    seen = hash_input(str(version.id), str(version.run))
    request_step(act, StepName.CHECK_DOCUMENT, name_document(document), seen)


def _is_first_reading(document: PaperDocument) -> bool:
    """Whether no earlier version led to more than another scan of the same paper.

    A corrected paper goes through the hands of a person (order 02-150, annex 3,
    art. 5(2), 6(3)).
    """
    return all(version.disposition == Disposition.RESCAN for version in document.versions[:-1])


def _keep_examination(
    act: Act, document: PaperDocument, examination: Examination
) -> tuple[Doubt, ...]:
    """Store the findings of one more check; what they leave for people to decide."""
    version, checked = document.current, examination.checked
    version.run += 1
    version.disposition = examination.disposition.value
    version.law_day, version.law_edition = checked.law_day, checked.law_edition
    version.case_code = examination.family_code
    rows = [_make_row(version, finding) for finding in examination.findings]
    act.session.add_all(rows)
    doubts: tuple[Doubt, ...] = ()
    if examination.template is not None:
        doubts = collect_doubts(examination.template, rows, examination.decided)
    version.doubts = sum(not doubt.done for doubt in doubts)
    _record_check(act, document, rows)
    return doubts


def _make_row(version: Version, finding: Finding) -> FoundFinding:
    return FoundFinding(
        version_id=version.id,
        run=version.run,
        code=finding.code,
        field=finding.field,
        severity=finding.severity.value,
        law=finding.law,
        consequence=finding.consequence.value,
        parameters=_describe_parameters(finding),
        assumed=finding.assumed,
        evidence=[describe_answer(answer) for answer in finding.evidence],
    )


def _describe_parameters(finding: Finding) -> dict[str, str | list[str]]:
    """As JSON gives them back."""
    return {
        name: value if isinstance(value, str) else list(value)
        for name, value in finding.parameters.items()
    }


def _record_check(act: Act, document: PaperDocument, rows: Iterable[FoundFinding]) -> None:
    version = document.current
    act.record(
        "document:check",
        name_document(document),
        after={
            "version": version.number,
            "run": version.run,
            "disposition": version.disposition,
            "findings": [f"{row.code} {row.field or ''}".strip() for row in rows],
            "law_day": version.law_day.isoformat() if version.law_day else None,
            "law_edition": version.law_edition,
        },
    )
