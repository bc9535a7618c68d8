"""Puts a decided document into the registry and asks for what follows."""

from form_templates.specification import Template
from validation.documents import ValidatedDocument
from workflow.acts import SYSTEM, Act
from workflow.audit.entries import AUTHORISED, hash_record
from workflow.cases.case_papers import find_consequence, find_decisive, tells_move
from workflow.cases.examining import Examination
from workflow.cases.families import change_case_state, move_case, open_case
from workflow.cases.registry_findings import FIRST_REGISTRATION, find_reason
from workflow.cases.states import Action, find_transition
from workflow.cases.transitions import name_document
from workflow.errors import Conflict
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.store.documents import list_version_pages
from workflow.store.families import find_case, find_case_by_code
from workflow.store.knowing import DECLARATION, add_memberships, list_family_records
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import FamilyCase
from workflow.store.models.paper import DocumentState, PaperDocument

ASSIGNMENT_FORM = "assignment_form"
_NEXT_STEPS = {
    DECLARATION: StepName.RATE_FAMILY,
    ASSIGNMENT_FORM: StepName.DECIDE_ASSIGNMENT,
}


def enter_record(act: Act, document: PaperDocument, examination: Examination) -> RegistryRecord:
    """The values of an authorised document become an entry, and the family's case goes on."""
    template, checked = examination.template, examination.checked
    if template is None:
        raise Conflict(f"{name_document(document)} belongs to no form")
    case = _find_case(act, document, examination)
    document.case_id = case.id if case else None
    record = RegistryRecord(
        version_id=document.current.id,
        document_id=document.id,
        case_id=document.case_id,
        form=template.key.form,
        edition=template.key.edition,
        values=dict(checked.typed),
        law_day=checked.law_day,
        law_edition=checked.law_edition,
        authorised_by=act.actor.name,
        authorised_at=act.now,
        archive_place=_name_archive_place(act, document),
    )
    act.session.add(record)
    act.session.flush()
    add_memberships(act.session, record)
    _record_entry(act, document, record)
    if case is not None:
        _take_case_on(act, case, record)
        _move_home(act, case, document, record)
    _request_next(act, record, checked)
    return record


def _find_case(act: Act, document: PaperDocument, examination: Examination) -> FamilyCase | None:
    """The family's case; a first registration, or a code that a person let stand, opens one.

    A cover of a batch, or the application of a citizen whom no family code names, is
    nobody's case.
    """
    template, code = examination.template, examination.family_code
    first = template is not None and (
        find_reason(template, examination.checked) == FIRST_REGISTRATION
    )
    if code is not None and not first:
        known = find_case_by_code(act.session, code)
        return known or open_case(act, document.unit_id, code, document.id, document.simulated)
    if document.case_id is not None:
        return find_case(act.session, document.case_id)
    if template is None or not (first or _owes_code(template)):
        return None
    return open_case(act, document.unit_id, None, document.id, document.simulated)


def _owes_code(template: Template) -> bool:
    """Whether every paper of the form is about a family of the registry."""
    return any(q.id == template.case_field and q.required for _, q in template.questions())


def _take_case_on(act: Act, case: FamilyCase, record: RegistryRecord) -> None:
    """What the entry makes of the case, if another paper decides about it now than before.

    An assignment form's outcome is decided in its step.
    """
    papers = list_family_records(act.session, case.id)
    decisive = find_decisive(papers)
    before = find_decisive(paper for paper in papers if paper is not record)
    if decisive is not None and decisive is not before:
        follows = find_consequence(decisive)
        change_case_state(act, case, follows.state, follows.law)


def _move_home(act: Act, case: FamilyCase, document: PaperDocument, record: RegistryRecord) -> None:
    """A family that asks for an assessment where it lives now belongs to that unit.

    A paper from before one that was entered sooner moves nobody.
    """
    if tells_move(record) and list_family_records(act.session, case.id)[-1] is record:
        move_case(act, case, document.unit_id, document.id)


def _request_next(act: Act, record: RegistryRecord, checked: ValidatedDocument) -> None:
    step = _NEXT_STEPS.get(record.form)
    if step is not None:
        seen = hash_input(str(record.version_id), checked.law_edition)
        request_step(act, step, f"record:{record.id}", seen)


def _name_archive_place(act: Act, document: PaperDocument) -> str:
    """Where the paper lies: batch, file and page of its first sheet."""
    first = list_version_pages(act.session, document.current.id)[0].page
    return f"{first.file.batch_id}/{first.file_id}/{first.index + 1}"


def _record_entry(act: Act, document: PaperDocument, record: RegistryRecord) -> None:
    entering = find_transition(DocumentState.RECEIVED, Action.ACCEPT, SYSTEM.role)
    told = {
        "record": record.id,
        "version": document.current.number,
        "case": record.case_id,
        "content": hash_record(record),
    }
    law = entering.find_law(record.form)
    act.record(AUTHORISED, name_document(document), after=told, law=law)
