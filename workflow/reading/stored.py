"""Documents as the machine read them, from the store."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from form_templates.model import TemplateKey
from ocr.documents import compose_document
from ocr.readings import DocumentReading, PageReading, PageStatus
from workflow.reading.rows import restore_page
from workflow.store.documents import list_readings, list_version_pages
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
    return compose_document(_demand_key(first), first.serial, pages)


def load_page(session: Session, page: Page) -> PageReading:
    """One page as the machine read it."""
    return restore_page(page, page.file.name, list_readings(session, [page.id]))


def _restore(place: VersionPage, rows: Sequence[Reading]) -> PageReading:
    page = restore_page(place.page, place.page.file.name, rows)
    return replace(page, status=PageStatus.REPEATED) if place.repeated else page


def _demand_key(page: PageReading) -> TemplateKey:
    assert page.key is not None
    return page.key
