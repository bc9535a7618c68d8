"""Puts a decided document into the registry and asks for what follows."""

from form_templates.specification import Template
from validation.documents import ValidatedDocument
from workflow.acts import SYSTEM, Act
from workflow.cases.examining import Examination
from workflow.cases.families import change_case_state, open_case
from workflow.cases.registry_findings import (
    APPLICATION,
    FIRST_REGISTRATION,
    WAIVER,
    find_reason,
)
from workflow.cases.states import Action, find_transition
from workflow.cases.transitions import name_document
from workflow.errors import Conflict
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.store.documents import list_version_pages
from workflow.store.families import find_case, find_case_by_code
from workflow.store.knowing import add_memberships, is_newest_of_family
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import CaseState, FamilyCase
from workflow.store.models.paper import DocumentState, PaperDocument

DECLARATION, ASSIGNMENT_FORM = "family_declaration", "assignment_form"
_NEXT_STEPS = {
    DECLARATION: StepName.RATE_FAMILY,
    ASSIGNMENT_FORM: StepName.DECIDE_ASSIGNMENT,
}
_AGENTS_PAPERS = "order-02-150/annex-3/art-5(4)"
_APPLICATIONS = "order-02-150/annex-3/art-2(7)"


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
        _take_case_on(act, case, record, examination)
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


def _take_case_on(
    act: Act, case: FamilyCase, record: RegistryRecord, examination: Examination
) -> None:
    """What the entry makes of the case; an assignment form's outcome is decided in its step.

    A paper from before one that was entered sooner changes nothing: neither does an old
    declaration bring a family back that has given its registration up since, nor an old
    waiver end a newer application.
    """
    template = examination.template
    assert template is not None
    if not is_newest_of_family(act.session, record):
        return
    if template.key.form == DECLARATION:
        change_case_state(act, case, CaseState.DECLARED, _AGENTS_PAPERS)
    elif template.key.form == APPLICATION:
        waives = find_reason(template, examination.checked) == WAIVER
        state = CaseState.CANCELLED if waives else CaseState.REGISTERED
        change_case_state(act, case, state, _APPLICATIONS)


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
    }
    law = entering.find_law(record.form)
    act.record("registry:authorise", name_document(document), after=told, law=law)
