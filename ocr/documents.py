"""Which pages make one paper document.

Pages of a numbered copy carry its serial and join wherever they lie. Plain
prints have serial 0: they join within their file, and a new first page starts
a new document; pages that lie before the file's first first-page belong to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.model import TemplateKey
from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, FieldState, PageReading, PageStatus

_SAME_PAPER = 0.7
"""Correlation of two scans' ink from which they show one paper."""
SAME_WRITING, _ENOUGH_CHARACTERS = 0.7, 12
"""Share of equal characters above which two scans show one sheet. On simulated applications
of levels 0 to 2 one sheet has 0.84 or more, two families have 0.42 or less."""


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
    documents = [compose_document(d.key, d.serial, d.pages) for d in drafts]
    return (*documents, *_gather_strays(strays))


def _choose_plain(drafts: Sequence[_Draft], page: PageReading) -> _Draft | None:
    """The document of a plain page in its file, or None to start a new one."""
    if not drafts:
        return None
    known = drafts[-1].has(page)
    first = (page.page, page.sheet) == (1, 1)
    if first and known and not is_same_sheet(known, page):
        return None
    return drafts[-1]


def is_same_sheet(one: PageReading, other: PageReading) -> bool:
    """Whether two scans of a side show one sheet of paper, by their writing, else by their ink."""
    alike = compare_writing(one, other)
    if alike is None:
        return shows_same_paper(one.fingerprint, other.fingerprint)
    return alike > SAME_WRITING


def compare_writing(one: PageReading, other: PageReading) -> float | None:
    """Share of characters that two scans of a side have in common; None where too few were read.

    Two families fill the same cells, so their ink looks alike from afar. What the
    cells say tells them apart, however doubtful single characters are.
    """
    pairs = list(_pair_characters(one, other))
    if len(pairs) < _ENOUGH_CHARACTERS:
        return None
    return sum(a == b for a, b in pairs) / len(pairs)


def _pair_characters(one: PageReading, other: PageReading) -> Iterator[tuple[str, str]]:
    """What each cell says in both scans, of the fields that were written in both."""
    written = {reading.id: reading.value for reading in other.fields if reading.spec.cells}
    for reading in one.fields:
        value, again = reading.value, written.get(reading.id)
        if isinstance(value, str) and isinstance(again, str) and value and again:
            pairs = zip_longest(value, again, fillvalue=" ")
            yield from (pair for pair in pairs if pair != (" ", " "))


def shows_same_paper(one: NDArray[np.uint8] | None, other: NDArray[np.uint8] | None) -> bool:
    """Whether two scans show the same ink, as far as their fingerprints tell."""
    if one is None or other is None or one.std() < 1 or other.std() < 1:
        return False
    return bool(np.corrcoef(one.ravel(), other.ravel())[0, 1] > _SAME_PAPER)


def compose_document(
    key: TemplateKey, serial: int, pages: Sequence[PageReading]
) -> DocumentReading:
    """One document of these pages, in their order; its fields are those of its read pages."""
    fields: dict[str, FieldReading] = {}
    for index, page in enumerate(pages):
        if page.status is PageStatus.READ:
            for reading in page.fields:
                fields.setdefault(reading.id, replace(reading, page_ref=index))
    missing = find_missing(key, pages, fields.values())
    return DocumentReading(key, serial, tuple(pages), fields, missing)


def find_missing(
    key: TemplateKey, pages: Iterable[PageReading], readings: Iterable[FieldReading]
) -> tuple[tuple[int, int], ...]:
    """Pages (page, sheet) that a form must have, as its tables were used, and the scan has not."""
    present = {(page.page, page.sheet) for page in pages}
    needed = needed_pages(catalog.load(key.form, key.edition), readings)
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


def _gather_strays(pages: Sequence[PageReading]) -> tuple[DocumentReading, ...]:
    """Pages that belong to no document make one of their own, without a form."""
    return (DocumentReading(None, 0, tuple(pages)),) if pages else ()
