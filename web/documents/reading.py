"""A document as it stands, gathered from the store for the pages that show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from form_templates.specification import Template
from web.documents.findings import ShownFinding, list_shown
from web.documents.values import ShownSection, list_sections
from workflow.cases.confirming import list_confirmed
from workflow.cases.decided import Decided, load_decided, load_template
from workflow.reading.overlay import apply_values
from workflow.reading.stored import load_reading
from workflow.store.decisions import list_findings
from workflow.store.documents import list_version_pages
from workflow.store.models.paper import PaperDocument, Version, VersionPage
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version with all that a page shows of it."""

    version: Version
    template: Template | None
    pages: Sequence[VersionPage]
    sections: Sequence[ShownSection]
    findings: Sequence[ShownFinding]


def gather_version(
    session: Session, document: PaperDocument, version: Version, language: str
) -> ShownVersion:
    """The pages, values and findings of one version; of one without a form its pages only."""
    template = load_template(document)
    decided = load_decided(session, version, template) if template else None
    return ShownVersion(
        version=version,
        template=template,
        pages=list_version_pages(session, version.id),
        sections=_gather_sections(session, version, template, decided, language),
        findings=gather_findings(session, version, template, decided, language),
    )


def gather_findings(
    session: Session,
    version: Version,
    template: Template | None,
    decided: Decided | None,
    language: str,
) -> list[ShownFinding]:
    """The findings of the newest check of a version."""
    reads = decided.reads if decided else {}
    reading_ids = {field: read.reading_id for field, read in reads.items()}
    return list_shown(list_findings(session, version), template, reading_ids, language)


def _gather_sections(
    session: Session,
    version: Version,
    template: Template | None,
    decided: Decided | None,
    language: str,
) -> list[ShownSection]:
    if template is None or decided is None:
        return []
    settled = decided.settled
    document = apply_values(load_reading(session, version), settled)
    confirmed = list_confirmed(list_findings(session, version)) - decided.entries.keys()
    return list_sections(template, document, settled, language, confirmed)
