"""What is asked of batches and their files."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from workflow.errors import NotFound
from workflow.store.conditions import select_newest
from workflow.store.models.paper import (
    Batch,
    File,
    Page,
    PaperDocument,
    Version,
    VersionPage,
)
from workflow.store.models.people import Unit, User
from workflow.store.parts import cut_keys
from workflow.store.session import Session

_Found = TypeVar("_Found")


def find_first_file(session: Session, sha256: str) -> File | None:
    """The file that brought these bytes first."""
    return session.scalar(select(File).where(File.sha256 == sha256).order_by(File.id).limit(1))


def find_first_files(session: Session, files: Collection[File]) -> dict[int, File]:
    """Repeat -> the file that brought the same bytes first, of those that repeat one."""
    firsts = {file.repeat_of_id for file in files if file.repeat_of_id is not None}
    query = select(File).where(File.id.in_(firsts)).options(joinedload(File.batch))
    rows = {row.id: row for row in session.scalars(query)}
    return {file.id: rows[file.repeat_of_id] for file in files if file.repeat_of_id in rows}


def find_batch(session: Session, batch_id: int) -> Batch:
    """One batch with its files; raises NotFound."""
    query = select(Batch).where(Batch.id == batch_id).options(selectinload(Batch.files))
    return _demand(session.scalar(query), f"batch:{batch_id}")


def find_file(session: Session, file_id: int) -> File:
    """One file; raises NotFound."""
    return _demand(session.get(File, file_id), f"file:{file_id}")


def lock_file(session: Session, file_id: int) -> File:
    """One file that nobody else changes before this transaction ends; raises NotFound.

    Its repeats may still be added elsewhere (compare `lock_document`).
    """
    found = session.get(File, file_id, with_for_update={"key_share": True}, populate_existing=True)
    return _demand(found, f"file:{file_id}")


def find_home_unit(session: Session) -> Unit:
    """The unit whose paper it is where nobody says: the one of the first person; else the first.

    Raises NotFound where there is no unit at all.
    """
    of_first_person = select(Unit).join(User, User.unit_id == Unit.id).order_by(User.id).limit(1)
    first = select(Unit).order_by(Unit.id).limit(1)
    return _demand(session.scalar(of_first_person) or session.scalar(first), "unit")


def list_batches(
    session: Session, unit_id: int | None, before_id: int | None, limit: int
) -> Sequence[Batch]:
    """Batches newest first; the next ones by the id of the last one seen."""
    return session.scalars(select_newest(Batch, unit_id, before_id, limit)).all()


def count_files(session: Session, batch_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Batch -> state -> how many of its files are in it; a batch may hold thousands."""
    query = (
        select(File.batch_id, File.state, func.count())
        .where(File.batch_id.in_(batch_ids))
        .group_by(File.batch_id, File.state)
    )
    counts: dict[int, dict[str, int]] = {id_: {} for id_ in batch_ids}
    for batch_id, state, count in session.execute(query):
        counts[batch_id][state] = count
    return counts


def list_pages_of_batch(session: Session, batch_id: int) -> Sequence[Page]:
    """All pages of a batch, file by file, in their order; without their readings."""
    query = select(Page).join(File).where(File.batch_id == batch_id).order_by(File.id, Page.index)
    return session.scalars(query).all()


def list_documents_of_batch(session: Session, batch_id: int) -> Sequence[PaperDocument]:
    """The documents that pages of a batch stand in, in any version of theirs."""
    query = (
        select(Version.document_id)
        .join(VersionPage)
        .join(Page)
        .join(File)
        .where(File.batch_id == batch_id)
    )
    documents = select(PaperDocument).where(PaperDocument.id.in_(query))
    return session.scalars(documents.order_by(PaperDocument.id)).all()


def find_documents_of_pages(
    session: Session, page_ids: Collection[int]
) -> dict[int, PaperDocument]:
    """Page -> its document; a page that belongs to none is absent."""
    query = (
        select(VersionPage.page_id, PaperDocument)
        .join(Version, Version.id == VersionPage.version_id)
        .join(PaperDocument, PaperDocument.id == Version.document_id)
    )
    found: dict[int, PaperDocument] = {}
    for ids in cut_keys(page_ids):
        found.update(session.execute(query.where(VersionPage.page_id.in_(ids))).all())
    return found


def _demand(found: _Found | None, name: str) -> _Found:
    if found is None:
        raise NotFound(name)
    return found
