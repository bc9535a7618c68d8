"""Which pages make one paper document.

Pages of a numbered copy carry its serial and join wherever they lie. Plain
prints have serial 0: they join within their file, and a new first page starts
a new document; pages that lie before the file's first first-page belong to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.model import TemplateKey
from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState, PageReading, PageStatus

_SAME_PAPER = 0.7
"""Correlation of two scans' ink from which they show one paper."""


@dataclass(slots=True)
class _Draft:
    """A document in the making."""

    key: TemplateKey
    serial: int
    pages: list[PageReading] = field(default_factory=list)

    def has(self, page: PageReading) -> PageReading | None:
        """An earlier scan of the same side, if there is one."""
        for known in self.pages:
            if (known.page, known.sheet, known.status) == (page.page, page.sheet, PageStatus.READ):
                return known
        return None

    def add(self, page: PageReading) -> None:
        repeated = self.has(page) is not None
        self.pages.append(replace(page, status=PageStatus.REPEATED) if repeated else page)


def join_pages(pages: Iterable[PageReading]) -> tuple[DocumentReading, ...]:
    """Documents in the order of their first page; pages of no document come last, together."""
    numbered: dict[tuple[TemplateKey, int], _Draft] = {}
    plain: dict[tuple[str, TemplateKey], list[_Draft]] = {}
    drafts: list[_Draft] = []
    strays: list[PageReading] = []
    for page in pages:
        if page.key is None:
            strays.append(page)
            continue
        draft = numbered.get((page.key, page.serial)) if page.serial else None
        if not page.serial:
            draft = _choose_plain(plain.setdefault((page.file, page.key), []), page)
        if draft is None:
            draft = _Draft(page.key, page.serial)
            drafts.append(draft)
            if page.serial:
                numbered[(page.key, page.serial)] = draft
            else:
                plain[(page.file, page.key)].append(draft)
        draft.add(page)
    documents = [_finish(draft) for draft in drafts]
    return (*documents, *_gather_strays(strays))


def _choose_plain(drafts: Sequence[_Draft], page: PageReading) -> _Draft | None:
    """The document of a plain page in its file, or None to start a new one."""
    if not drafts:
        return None
    known = drafts[-1].has(page)
    first = (page.page, page.sheet) == (1, 1)
    if first and known and not shows_same_paper(known.fingerprint, page.fingerprint):
        return None
    return drafts[-1]


def shows_same_paper(one: NDArray[np.uint8] | None, other: NDArray[np.uint8] | None) -> bool:
    """Whether two scans show the same ink, as far as their fingerprints tell."""
    if one is None or other is None or one.std() < 1 or other.std() < 1:
        return False
    return bool(np.corrcoef(one.ravel(), other.ravel())[0, 1] > _SAME_PAPER)


def _finish(draft: _Draft) -> DocumentReading:
    template = catalog.load(draft.key.form, draft.key.edition)
    fields: dict[str, FieldReading] = {}
    for index, page in enumerate(draft.pages):
        if page.status is PageStatus.READ:
            for reading in page.fields:
                fields.setdefault(reading.id, replace(reading, page_ref=index))
    present = {(p.page, p.sheet) for p in draft.pages}
    missing = tuple(p for p in needed_pages(template, fields.values()) if p not in present)
    return DocumentReading(draft.key, draft.serial, tuple(draft.pages), fields, missing)


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


def _gather_strays(pages: Sequence[PageReading]) -> tuple[DocumentReading, ...]:
    """Pages that belong to no document make one of their own, without a form."""
    return (DocumentReading(None, 0, tuple(pages)),) if pages else ()
