"""Documents as the machine read them, from the store."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from form_templates.known_forms import load_known
from form_templates.model import TemplateKey
from form_templates.specification import Role
from ocr.documents import compose_document
from ocr.piles import FiledPage, count_pile
from ocr.readings import (
    DocumentReading,
    FieldReading,
    PageReading,
    PageStatus,
    PileContents,
)
from workflow.reading.rows import restore_field, restore_page
from workflow.store.documents import find_page, find_reading, list_readings, list_version_pages
from workflow.store.filed_pages import FiledRow, list_filed_pages
from workflow.store.models.paper import Page, Reading, Version, VersionPage
from workflow.store.session import Session


def load_reading(session: Session, version: Version) -> DocumentReading:
    """A version of a document, exactly as joining its pages anew would give it.

    Machine readings only: what people entered is laid over them elsewhere.
    """
    places = list_version_pages(session, version.id)
    rows = list_readings(session, [place.page_id for place in places])
    by_page = {id_: list(part) for id_, part in groupby(rows, key=lambda row: row.page_id)}
    pages = [_restore(place, by_page.get(place.page_id, ())) for place in places]
    first = next((page for page in pages if page.key is not None), None)
    if first is None:
        return DocumentReading(None, 0, tuple(pages))
    document = compose_document(_demand_key(first), first.serial, pages)
    if load_known(_demand_key(first)).role is Role.BATCH_COVER:
        return replace(document, pile=_count_pile(session, places[0].page, first))
    return document


def _count_pile(session: Session, page: Page, cover: PageReading) -> PileContents:
    """What lies under a batch's cover in its file, as its pages were joined."""
    filed = [
        FiledPage(
            file=cover.file,
            index=filed.index,
            document=filed.document_id,
            form=filed.form,
            role=_find_role(filed),
            blank=filed.status == PageStatus.BLANK,
        )
        for filed in list_filed_pages(session, page.file_id)
    ]
    return count_pile(cover, filed)


def _find_role(filed: FiledRow) -> Role:
    if filed.form is None or filed.edition is None:
        return Role.FORM
    return load_known(TemplateKey(filed.form, filed.edition)).role


def load_page(session: Session, page: Page) -> PageReading:
    """One page as the machine read it."""
    return restore_page(page, page.file.name, list_readings(session, [page.id]))


def load_field(session: Session, reading_id: int) -> FieldReading:
    """One field as the machine read it."""
    row = find_reading(session, reading_id)
    return restore_field(row, find_page(session, row.page_id))


def _restore(place: VersionPage, rows: Sequence[Reading]) -> PageReading:
    page = restore_page(place.page, place.page.file.name, rows)
    return replace(page, status=PageStatus.REPEATED) if place.repeated else page


def _demand_key(page: PageReading) -> TemplateKey:
    assert page.key is not None
    return page.key
