"""What is asked of documents, their versions, pages and readings."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import joinedload, selectinload

from workflow.errors import NotFound
from workflow.store.models.decisions import FieldValue
from workflow.store.models.families import IssuedPrint
from workflow.store.models.paper import Page, PaperDocument, Reading, Version, VersionPage
from workflow.store.session import Session


def find_document(session: Session, document_id: int) -> PaperDocument:
    """One document with its versions; raises NotFound."""
    return _demand(session.scalar(_select_document(document_id)), document_id)


def lock_document(session: Session, document_id: int) -> PaperDocument:
    """One document that nobody else changes before this transaction ends; raises NotFound.

    Rows that name the document may still be added elsewhere: whoever adds one may hold
    the end of the trail, and must not wait for somebody who is waiting for that.
    """
    newest = _select_document(document_id).execution_options(populate_existing=True)
    return _demand(session.scalar(newest.with_for_update(key_share=True)), document_id)


def _select_document(document_id: int) -> Select[PaperDocument]:
    versions = selectinload(PaperDocument.versions)
    return select(PaperDocument).where(PaperDocument.id == document_id).options(versions)


def _demand(document: PaperDocument | None, document_id: int) -> PaperDocument:
    if document is None:
        raise NotFound(f"document:{document_id}")
    return document


def find_numbered_document(
    session: Session, form: str, edition: date, serial: int
) -> PaperDocument | None:
    """The document of one numbered copy."""
    query = select(PaperDocument).where(
        PaperDocument.form == form,
        PaperDocument.edition == edition,
        PaperDocument.serial == serial,
    )
    return session.scalar(query.order_by(PaperDocument.id).limit(1))


def list_documents(
    session: Session,
    unit_id: int | None = None,
    states: Collection[str] = (),
    form: str | None = None,
    after_id: int = 0,
    limit: int = 50,
) -> Sequence[PaperDocument]:
    """Documents, oldest first; the next ones by the id of the last one seen.

    None, or no states at all, asks nothing.
    """
    query = (
        select(PaperDocument)
        .where(PaperDocument.id > after_id)
        .order_by(PaperDocument.id)
        .limit(limit)
    )
    if unit_id is not None:
        query = query.where(PaperDocument.unit_id == unit_id)
    if states:
        query = query.where(PaperDocument.state.in_(states))
    if form is not None:
        query = query.where(PaperDocument.form == form)
    return session.scalars(query).all()


def count_documents_by_state(session: Session, unit_id: int | None = None) -> dict[str, int]:
    """State -> number of documents; a state that no document is in is absent."""
    query = select(PaperDocument.state, func.count()).group_by(PaperDocument.state)
    if unit_id is not None:
        query = query.where(PaperDocument.unit_id == unit_id)
    return dict(session.execute(query).all())


def find_current_version(session: Session, document_id: int) -> Version:
    """The newest version of a document; raises NotFound."""
    query = select(Version).where(Version.document_id == document_id)
    version = session.scalar(query.order_by(Version.number.desc()).limit(1))
    if version is None:
        raise NotFound(f"document:{document_id}")
    return version


def list_version_pages(session: Session, version_id: int) -> Sequence[VersionPage]:
    """The pages of a version in their order, each with its file; without their readings."""
    query = (
        select(VersionPage)
        .where(VersionPage.version_id == version_id)
        .options(joinedload(VersionPage.page).joinedload(Page.file))
        .order_by(VersionPage.position)
    )
    return session.scalars(query).all()


def list_readings(session: Session, page_ids: Collection[int]) -> Sequence[Reading]:
    """All fields of some pages, page by page, in the order in which they were read."""
    query = select(Reading).where(Reading.page_id.in_(page_ids))
    return session.scalars(query.order_by(Reading.page_id, Reading.id)).all()


def find_page(session: Session, page_id: int) -> Page:
    """One page with its file; raises NotFound."""
    page = session.get(Page, page_id, options=[joinedload(Page.file)])
    if page is None:
        raise NotFound(f"page:{page_id}")
    return page


def find_reading(session: Session, reading_id: int) -> Reading:
    """One field as first read; raises NotFound."""
    reading = session.get(Reading, reading_id)
    if reading is None:
        raise NotFound(f"reading:{reading_id}")
    return reading


def has_values(session: Session, page_id: int) -> bool:
    """Whether a person has said what a field of the page reads."""
    query = select(FieldValue.id).where(FieldValue.page_id == page_id).limit(1)
    return session.scalar(query) is not None


def find_case_of_print(session: Session, form: str, edition: date, serial: int) -> int | None:
    """The case that a numbered copy was printed for."""
    query = select(IssuedPrint.case_id).where(
        IssuedPrint.form == form, IssuedPrint.edition == edition, IssuedPrint.serial == serial
    )
    return session.scalar(query)


def add_readings(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add fields as read, in this order, all at once: no object stands for each of them."""
    if rows:
        session.execute(insert(Reading.metadata.tables[Reading.__tablename__]), rows)
