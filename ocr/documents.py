"""From pages to documents: which of them make one paper, what it says, what it lacks."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from form_templates.catalog import ROOT
from form_templates.known_forms import load_known
from form_templates.layout import list_pages
from form_templates.model import TemplateKey
from form_templates.specification import Role, Template
from ocr.laying import Draft, Pile
from ocr.piles import FiledPage, count_pile
from ocr.readings import DocumentReading, FieldReading, FieldState, PageReading, PageStatus


def join_pages(pages: Iterable[PageReading], root: Path = ROOT) -> tuple[DocumentReading, ...]:
    """Documents in the order of their first page; pages of no document come last, together.

    Args:
        pages: of any number of files, those of one file in its order.
        root: folder of further forms.
    """
    pile = Pile(root)
    for page in pages:
        pile.lay(page)
    filed = pile.list_filed()
    documents = [_finish(draft, filed, root) for draft in pile.drafts]
    return (*documents, *_gather_strays(pile.strays))


def _finish(draft: Draft, filed: Iterable[FiledPage], root: Path) -> DocumentReading:
    """The document of a draft; the cover of a batch is told what lies under it."""
    document = compose_document(draft.template.key, draft.serial, draft.pages, root)
    if draft.template.role is Role.BATCH_COVER:
        return replace(document, pile=count_pile(draft.pages[0], filed))
    return document


def is_divider(document: DocumentReading, page: PageReading) -> bool:
    """Whether a page is a separator: one of ours that belongs to no document."""
    return document.key is None and page.key is not None


def compose_document(
    key: TemplateKey, serial: int, pages: Iterable[PageReading], root: Path = ROOT
) -> DocumentReading:
    """One document of these pages, in their order; its fields are those of its read pages."""
    pages = tuple(pages)
    fields: dict[str, FieldReading] = {}
    for index, page in enumerate(pages):
        if page.status is PageStatus.READ:
            for reading in page.fields:
                fields.setdefault(reading.id, replace(reading, page_ref=index))
    missing = find_missing(key, pages, fields.values(), root)
    return DocumentReading(key, serial, pages, fields, missing)


def find_missing(
    key: TemplateKey,
    pages: Iterable[PageReading],
    readings: Iterable[FieldReading],
    root: Path = ROOT,
) -> tuple[tuple[int, int], ...]:
    """Pages (page, sheet) that a form must have, as its tables were used, and the scan has not."""
    present = {(page.page, page.sheet) for page in pages}
    needed = needed_pages(load_known(key, root), readings)
    return tuple(number for number in needed if number not in present)


def needed_pages(
    template: Template, readings: Iterable[FieldReading]
) -> tuple[tuple[int, int], ...]:
    """Pages (page, sheet) that a form must have, as its tables were used."""
    rows = {section.group: section.rows for section in template.sections if section.group}
    least = {group: 1 for group in rows if group}
    for reading in readings:
        group, row = reading.spec.group, reading.spec.row
        if group and row and reading.state is not FieldState.EMPTY:
            least[group] = max(least[group], row)
    return list_pages(template, least)


def _gather_strays(pages: list[PageReading]) -> tuple[DocumentReading, ...]:
    """Pages that belong to no document make one of their own, without a form."""
    return (DocumentReading(None, 0, tuple(pages)),) if pages else ()
