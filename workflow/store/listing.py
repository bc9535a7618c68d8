"""Lists of documents and families, a screen at a time, with all that a line of them shows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from workflow.store.conditions import match_given
from workflow.store.models.families import FamilyCase, Rating
from workflow.store.models.paper import Batch, File, Page, PaperDocument, Version, VersionPage
from workflow.store.models.work import Lease
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are wanted; None leaves a question open."""

    unit_id: int | None = None
    state: str | None = None
    form: str | None = None
    family_code: str | None = None
    number: int | None = None
    """The document's own number."""
    words: tuple[str, ...] = ()
    """All of them are printed on one of its papers of others."""
    overdue_on: date | None = None
    """Only those whose last day is before this one."""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One line of the list."""

    document: PaperDocument
    family_code: str | None
    """Of its case; before there is one, as read from the paper."""
    batch: Batch | None
    """The one its first page came in."""
    holder: str | None
    """Who works on it now."""


def list_documents_before(
    session: Session, wanted: DocumentFilter, before: int | None, limit: int, now: datetime
) -> list[ListedDocument]:
    """Documents newest first, those with a number under `before` where it is given."""
    query = (
        select(PaperDocument, FamilyCase.family_code)
        .outerjoin(FamilyCase, FamilyCase.id == PaperDocument.case_id)
        .where(*_narrow(wanted))
        .order_by(PaperDocument.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(PaperDocument.id < before)
    found = session.execute(query).all()
    ids = [document.id for document, _ in found]
    codes, batches = _find_read_codes(session, ids), _find_batches(session, ids)
    holders = find_holders(session, ids, now)
    return [
        ListedDocument(d, code or codes.get(d.id), batches.get(d.id), holders.get(d.id))
        for d, code in found
    ]


def count_wanted_by_state(session: Session, wanted: DocumentFilter) -> dict[str, int]:
    """State -> how many documents in it are wanted otherwise, whatever state is wanted."""
    query = (
        select(PaperDocument.state, func.count())
        .where(*_narrow(replace(wanted, state=None)))
        .group_by(PaperDocument.state)
    )
    return {state: count for state, count in session.execute(query)}


def find_holders(session: Session, ids: Collection[int], now: datetime) -> dict[int, str]:
    """Document -> who works on it now, of those that somebody holds."""
    names = {f"document:{id_}": id_ for id_ in ids}
    query = select(Lease.name, Lease.holder).where(Lease.name.in_(names), Lease.expires_at > now)
    return {names[name]: holder for name, holder in session.execute(query)}


def _narrow(wanted: DocumentFilter) -> Iterator[ColumnElement[bool]]:
    """The conditions that the filter names."""
    yield from match_given(
        {
            PaperDocument.unit_id: wanted.unit_id,
            PaperDocument.state: wanted.state,
            PaperDocument.form: wanted.form,
            PaperDocument.id: wanted.number,
        }
    )
    if wanted.overdue_on is not None:
        yield PaperDocument.due < wanted.overdue_on
    if wanted.words:
        yield PaperDocument.id.in_(_find_by_text(wanted.words))
    if wanted.family_code is not None:
        cases = select(FamilyCase.id).where(FamilyCase.family_code == wanted.family_code)
        read = select(Version.document_id).where(Version.case_code == wanted.family_code)
        yield or_(PaperDocument.case_id.in_(cases), PaperDocument.id.in_(read))


def _find_by_text(words: Collection[str]) -> Select[int]:
    """The documents that hold a page of somebody else with all the words."""
    return (
        select(Version.document_id)
        .join(VersionPage, VersionPage.version_id == Version.id)
        .join(Page, Page.id == VersionPage.page_id)
        .where(*(Page.text.icontains(word, autoescape=True) for word in words))
    )


def _find_read_codes(session: Session, ids: Collection[int]) -> Mapping[int, str | None]:
    """Document -> the family code on its newest version."""
    query = (
        select(Version.document_id, Version.case_code)
        .where(Version.document_id.in_(ids))
        .order_by(Version.number)
    )
    return {document_id: code for document_id, code in session.execute(query)}


def _find_batches(session: Session, ids: Collection[int]) -> Mapping[int, Batch]:
    """Document -> the batch that brought the first page of its first version."""
    query = (
        select(Version.document_id, Batch)
        .join(VersionPage, VersionPage.version_id == Version.id)
        .join(Page, Page.id == VersionPage.page_id)
        .join(File, File.id == Page.file_id)
        .join(Batch, Batch.id == File.batch_id)
        .where(Version.document_id.in_(ids), Version.number == 1, VersionPage.position == 0)
    )
    return {document_id: batch for document_id, batch in session.execute(query)}


def find_newest_ratings(session: Session, case_ids: Collection[int]) -> dict[int, Rating]:
    """Family's case -> its newest rating, of those that have one."""
    query = select(Rating).where(Rating.case_id.in_(case_ids)).order_by(Rating.id)
    return {rating.case_id: rating for rating in session.scalars(query)}
