"""What does not fit the registry, our own prints or an earlier scan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState
from validation.disposition import find_track
from validation.documents import ValidatedDocument
from validation.findings import Finding
from validation.outcomes import report_outcome
from validation.standing import is_settled, is_surely_empty
from validation.vocabulary import load_vocabulary
from workflow.cases.decided import (
    ENTERED_DIFFERENTLY,
    LATE_SCAN,
    PRINT_MISMATCH,
    UNKNOWN_FAMILY_CODE,
    Decided,
)
from workflow.cases.earlier_scans import find_former_values, speaks_against, write_alike
from workflow.store.families import find_case, find_case_by_code, find_print
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session

APPLICATION = "application"
FIRST_REGISTRATION, REASSESSMENT, WAIVER = "first_registration", "reassessment", "waiver"


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A document with all that is known of it once its form's rules have run."""

    document: PaperDocument
    template: Template
    reading: DocumentReading
    """With the decisions of people laid over it."""
    checked: ValidatedDocument
    decided: Decided

    def report(
        self, code: str, field: str | None, law: str, parameters: Mapping[str, str]
    ) -> Finding:
        """A finding of this form."""
        return report_outcome(code, find_track(self.template), field, law, parameters)


def find_misfits(session: Session, paper: CheckedPaper) -> Iterator[Finding]:
    """All findings that need the store."""
    yield from _find_unknown_code(session, paper)
    yield from _find_mismatches(session, paper)
    yield from _find_different_entries(session, paper)


def report_late_scan(template: Template, state: str) -> Finding:
    """The finding of a scan that came after the decision."""
    return report_outcome(LATE_SCAN, find_track(template), None, template.law, {"state": state})


def find_family_code(template: Template, checked: ValidatedDocument) -> str | None:
    """The family code as read or entered."""
    code = checked.typed.get(template.case_field) if template.case_field else None
    return code if isinstance(code, str) else None


def find_reason(template: Template, checked: ValidatedDocument) -> str | None:
    """Why an application is made; None for other forms and where it is in doubt."""
    answer = checked.record and checked.record.answers.values.get("reason")
    if template.key.form != APPLICATION or not isinstance(answer, str):
        return None
    return load_vocabulary(template.key).name_code("reason", answer)


def _find_unknown_code(session: Session, paper: CheckedPaper) -> Iterator[Finding]:
    """A code that stands for no family of the unit: misread, miswritten, or another unit's."""
    code = find_family_code(paper.template, paper.checked)
    if code is None or not _expects_case(paper):
        return
    case = find_case_by_code(session, code)
    if case is None or case.unit_id != paper.document.unit_id:
        law = paper.template.law
        yield paper.report(UNKNOWN_FAMILY_CODE, paper.template.case_field, law, {"code": code})


def _expects_case(paper: CheckedPaper) -> bool:
    """Whether the family must be in the registry already; a first registration is not."""
    if paper.template.key.form != APPLICATION:
        return True
    return find_reason(paper.template, paper.checked) in (REASSESSMENT, WAIVER)


def _find_mismatches(session: Session, paper: CheckedPaper) -> Iterator[Finding]:
    """Fields that we printed on this copy and that read otherwise now.

    Whoever fills the form may put right what we printed, but not make it another family's.
    """
    key = paper.template.key
    copy = find_print(session, key.form, key.edition, paper.document.serial)
    if copy is None:
        return
    printed = dict(copy.values)
    if paper.template.case_field:
        printed[paper.template.case_field] = find_case(session, copy.case_id).family_code
    for field, value in printed.items():
        read = paper.reading.fields.get(field)
        if read is None or not _reads_otherwise(read, value):
            continue
        if field == paper.template.case_field or read.state is not FieldState.CORRECTED:
            parameters = {"printed": write_alike(value), "read": write_alike(read.value)}
            yield paper.report(PRINT_MISMATCH, field, read.spec.law, parameters)


def _reads_otherwise(read: FieldReading, printed: object) -> bool:
    """Whether a sure reading differs, be it that nothing is seen where we printed something."""
    sure = is_settled(read) or is_surely_empty(read)
    return sure and write_alike(read.value) != write_alike(printed)


def _find_different_entries(session: Session, paper: CheckedPaper) -> Iterator[Finding]:
    """Fields scanned anew that surely do not say what people read on the scan before."""
    former = find_former_values(session, paper.document, paper.template, paper.decided)
    for field, said in former.items():
        read = paper.reading.fields[field]
        sure = is_settled(read) or is_surely_empty(read)
        if sure and any(speaks_against(before, read) for before in said):
            yield paper.report(ENTERED_DIFFERENTLY, field, read.spec.law, {})
