"""Which documents the pages of a file ended in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from workflow.store.models.paper import Page, PaperDocument, Version, VersionPage
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class FiledRow:
    """One page of a file, with the document that it belongs to."""

    index: int
    status: str
    document_id: int | None
    """None for pages of no document: blank ones and separators."""
    form: str | None
    """Of the document; of a separator its own."""
    edition: date | None


def list_filed_pages(session: Session, file_id: int) -> list[FiledRow]:
    """The pages of a file in their order; one that several versions hold comes once."""
    query = (
        select(
            Page.index,
            Page.status,
            PaperDocument.id,
            func.coalesce(PaperDocument.form, Page.form),
            func.coalesce(PaperDocument.edition, Page.edition),
        )
        .distinct()
        .select_from(Page)
        .outerjoin(VersionPage, VersionPage.page_id == Page.id)
        .outerjoin(Version, Version.id == VersionPage.version_id)
        .outerjoin(PaperDocument, PaperDocument.id == Version.document_id)
        .where(Page.file_id == file_id)
        .order_by(Page.index)
    )
    return [FiledRow(*row) for row in session.execute(query)]
