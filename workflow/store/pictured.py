"""Which document and unit a picture of paper belongs to."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from workflow.store.models.paper import (
    Batch,
    File,
    Page,
    PaperDocument,
    Reading,
    Version,
    VersionPage,
)
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """A page and whose it is."""

    page_id: int
    unit_id: int
    """Of its document; of its batch before pages are joined."""
    mark: str
    """Names the page's pixels for good: originals never change."""
    subject: str
    """What a look at it is recorded under."""


def find_pictured_page(session: Session, page_id: int) -> PicturedPage | None:
    """A page, as part of the newest document that it stands in."""
    return _find_pictured(session, Page.id == page_id)


def find_pictured_reading(session: Session, reading_id: int) -> PicturedPage | None:
    """The page that a field was read from."""
    page = select(Reading.page_id).where(Reading.id == reading_id).scalar_subquery()
    return _find_pictured(session, Page.id == page)


def _find_pictured(session: Session, wanted: ColumnElement[bool]) -> PicturedPage | None:
    query = (
        select(
            Page.id,
            PaperDocument.id,
            func.coalesce(PaperDocument.unit_id, Batch.unit_id),
            File.sha256,
            File.id,
            Page.index,
        )
        .join(File, File.id == Page.file_id)
        .join(Batch, Batch.id == File.batch_id)
        .outerjoin(VersionPage, VersionPage.page_id == Page.id)
        .outerjoin(Version, Version.id == VersionPage.version_id)
        .outerjoin(PaperDocument, PaperDocument.id == Version.document_id)
        .where(wanted)
        .order_by(Version.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    page_id, document_id, unit_id, sha256, file_id, index = row
    subject = f"document:{document_id}" if document_id else f"file:{file_id}"
    return PicturedPage(page_id, unit_id, f"{sha256}-{index}", subject)
