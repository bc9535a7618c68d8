"""A document as it stands, gathered from the store for the pages that show it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from form_templates.specification import Template
from web.documents.entered import list_hidden
from web.documents.findings import ShownFinding, list_shown
from web.documents.values import ShownSection, list_sections
from workflow.cases.confirming import list_confirmed
from workflow.cases.decided import Decided, load_decided, load_template
from workflow.cases.doubts import list_named
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
    hidden: frozenset[str]
    """Fields whose values the signed-in person may not know."""


def gather_version(
    session: Session, document: PaperDocument, version: Version, language: str
) -> ShownVersion:
    """The pages, values and findings of one version; of one without a form its pages only.

    Nothing is told of a field that the signed-in person may be asked to enter unseen.
    """
    template = load_template(document)
    decided = load_decided(session, version, template) if template else None
    hidden = list_hidden(session, document)
    return ShownVersion(
        version=version,
        template=template,
        pages=list_version_pages(session, version.id),
        sections=_gather_sections(session, version, template, decided, language, hidden),
        findings=gather_findings(session, version, template, decided, language, hidden),
        hidden=hidden,
    )


def gather_findings(
    session: Session,
    version: Version,
    template: Template | None,
    decided: Decided | None,
    language: str,
    hidden: Set[str] = frozenset(),
) -> list[ShownFinding]:
    """The findings of the newest check of a version, without those that name a hidden field.

    What is found often says what was read.
    """
    reads = decided.reads if decided else {}
    reading_ids = {field: read.reading_id for field, read in reads.items()}
    found = [
        row
        for row in list_findings(session, version)
        if decided is None or hidden.isdisjoint(list_named(row, decided))
    ]
    return list_shown(found, template, reading_ids, language)


def _gather_sections(
    session: Session,
    version: Version,
    template: Template | None,
    decided: Decided | None,
    language: str,
    hidden: Set[str],
) -> list[ShownSection]:
    if template is None or decided is None:
        return []
    settled = decided.settled
    document = apply_values(load_reading(session, version), settled)
    confirmed = list_confirmed(list_findings(session, version)) - decided.entries.keys()
    return list_sections(template, document, settled, language, confirmed, hidden)
