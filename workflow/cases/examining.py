"""Examines the newest version of a document as it stands; nothing is stored."""

from dataclasses import dataclass, field
from datetime import date

from form_templates.specification import Template
from validation.confirmed_people import report_confirmed
from validation.disposition import Disposition, choose_gravest, find_track
from validation.documents import ValidatedDocument, validate_document, validate_strays
from validation.findings import Finding
from workflow.cases.confirming import settle_paper
from workflow.cases.decided import NOTHING_DECIDED, Decided, load_decided, load_template
from workflow.cases.judging import judge_findings
from workflow.cases.knowledge import gather_known
from workflow.cases.registry_findings import (
    CheckedPaper,
    find_family_code,
    find_misfits,
    report_late_scan,
)
from workflow.reading.stored import load_reading
from workflow.registers.missing import (
    Missing,
    find_unasked,
    find_unreached,
    leave_out_old,
    select_people,
)
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class Examination:
    """What a version says and what is wrong with it, with the decisions of people in view."""

    template: Template | None
    """None for pages that belong to no form."""
    checked: ValidatedDocument
    """What the rules say of the values as they stand."""
    decided: Decided
    findings: tuple[Finding, ...]
    """Of the rules and of the registry, as people's decisions leave them."""
    disposition: Disposition
    unasked: Missing = field(default_factory=dict)
    """Services that have yet to be asked about people on the paper, before it takes effect."""

    @property
    def family_code(self) -> str | None:
        """As read or entered."""
        return find_family_code(self.template, self.checked) if self.template else None


def examine(session: Session, document: PaperDocument, today: date) -> Examination:
    """Read, overlay and check the newest version beside all that is known of its people."""
    template = load_template(document)
    if template is None:
        strays = validate_strays(load_reading(session, document.current), today)
        return Examination(None, strays, NOTHING_DECIDED, strays.findings, strays.disposition)
    decided = load_decided(session, document.current, template)
    paper = settle_paper(session, document, template, decided)
    settled, track = paper.reading, find_track(template)
    known = gather_known(session, document, template, settled)
    checked = validate_document(template, settled, today, known)
    seen = CheckedPaper(document, template, settled, checked, decided)
    version, people = document.current, select_people(document, template, checked.record)
    unasked = find_unasked(session, version, people, today)
    unreached = find_unreached(session, version, template, people)
    ruled, told = leave_out_old(checked.findings, unasked), report_confirmed(paper.confirmed, track)
    found = (*ruled, *find_misfits(session, seen), *unreached, *told)
    findings = tuple(judge_findings(found, track, decided))
    gravest = choose_gravest(finding.consequence for finding in findings)
    return Examination(template, checked, decided, findings, gravest, unasked)


def examine_late_scan(
    session: Session, document: PaperDocument, state: str, today: date
) -> Examination:
    """A scan after the decision: the one finding says so, and nothing else is asked."""
    seen = examine(session, document, today)
    if seen.template is None:
        return seen
    finding = report_late_scan(seen.template, state)
    return Examination(seen.template, seen.checked, seen.decided, (finding,), finding.consequence)
