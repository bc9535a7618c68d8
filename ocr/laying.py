"""Lays the pages of files to the documents they belong to, in the order they come.

Pages of a numbered copy carry its serial and join wherever they lie. Plain
prints have serial 0: they join within their file, and a new first page starts
a new document; pages that lie before the file's first first-page belong to it.

Papers about papers: a separator ends the plain documents of its file and belongs
to none; a cover ends them too. The papers of others that follow the cover of an
attachment belong to that cover, up to the next page with a code, or one that may be
the next cover. A plain cover goes on with its own pages only until others begin:
where the next cover is lost, its second page must not join this one.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from form_templates.known_forms import load_known
from form_templates.model import TemplateKey
from form_templates.specification import Role, Template
from ocr.foreign import is_foreign, may_be_foreign
from ocr.piles import FiledPage
from ocr.readings import PageReading, PageStatus
from ocr.same_sheet import is_same_sheet

_COVERS = frozenset({Role.BATCH_COVER, Role.ATTACHMENT_COVER})


@dataclass(slots=True)
class Draft:
    """A document in the making."""

    template: Template
    serial: int
    pages: list[PageReading] = field(default_factory=list)

    def has(self, page: PageReading) -> PageReading | None:
        """An earlier scan of the same side, if there is one."""
        for known in self.pages:
            if (known.page, known.sheet, known.status) == (page.page, page.sheet, PageStatus.READ):
                return known
        return None

    def add(self, page: PageReading) -> None:
        """Put a page of the form to it."""
        repeated = self.has(page) is not None
        self.pages.append(replace(page, status=PageStatus.REPEATED) if repeated else page)

    def takes(self, page: PageReading) -> bool:
        """Whether a plain page goes on with this document.

        Covers of one family look alike, so each is a document of its own, and one that
        has attachments is complete.
        """
        if any(own.key is None for own in self.pages):
            return False
        known = self.has(page)
        if known is None or (page.page, page.sheet) != (1, 1):
            return True
        return self.template.role not in _COVERS and is_same_sheet(known, page)


@dataclass(slots=True)
class _Place:
    """How far a file has been gone through."""

    plain: dict[TemplateKey, Draft] = field(default_factory=dict)
    """Plain documents that further pages go on with; none is the cover of an attachment."""
    cover: Draft | None = None
    """The cover whose attachments follow."""

    def is_covered_by(self, key: TemplateKey) -> bool:
        """Whether the last page with a code was of a plain cover of this edition."""
        return self.cover is not None and (self.cover.template.key, self.cover.serial) == (key, 0)


@dataclass(slots=True)
class Pile:
    """All pages so far, laid to their documents."""

    root: Path
    places: dict[str, _Place] = field(default_factory=dict)
    numbered: dict[tuple[TemplateKey, int], Draft] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    strays: list[PageReading] = field(default_factory=list)

    def lay(self, page: PageReading) -> None:
        """Put one more page where it belongs."""
        place = self.places.setdefault(page.file, _Place())
        if page.key is None:
            self._lay_unnamed(place, page)
            return
        template = load_known(page.key, self.root)
        if template.role is Role.SEPARATOR:
            place.cover = None
            place.plain.clear()
            self.strays.append(page)
            return
        draft = self._find(place, page) or self._start(place, template, page.serial)
        draft.add(page)
        place.cover = draft if template.role is Role.ATTACHMENT_COVER else None

    def list_filed(self) -> list[FiledPage]:
        """Every page, in no particular order."""
        filed = [
            FiledPage(page.file, page.index, number, draft.template.key.form, draft.template.role)
            for number, draft in enumerate(self.drafts)
            for page in draft.pages
        ]
        return filed + [_file_stray(page) for page in self.strays]

    def _lay_unnamed(self, place: _Place, page: PageReading) -> None:
        """A page of no form: an attachment, or for a person to look at.

        Whatever may be ours, or may hide something of ours, ends the attachments: it
        may be the next cover.
        """
        if place.cover is not None and may_be_foreign(page.status, page.reason):
            place.cover.pages.append(page)
        else:
            self.strays.append(page)
        if page.status is not PageStatus.BLANK and not is_foreign(page.status, page.reason):
            place.cover = None

    def _find(self, place: _Place, page: PageReading) -> Draft | None:
        """The document that a page goes on with."""
        assert page.key is not None
        if page.serial:
            return self.numbered.get((page.key, page.serial))
        draft = place.cover if place.is_covered_by(page.key) else place.plain.get(page.key)
        return draft if draft is not None and draft.takes(page) else None

    def _start(self, place: _Place, template: Template, serial: int) -> Draft:
        draft = Draft(template, serial)
        self.drafts.append(draft)
        if template.role in _COVERS:
            place.plain.clear()
        if serial:
            self.numbered[(template.key, serial)] = draft
        elif template.role is not Role.ATTACHMENT_COVER:
            place.plain[template.key] = draft
        return draft


def _file_stray(page: PageReading) -> FiledPage:
    """A page of no document; the only ones of ours among them are separators."""
    role = Role.FORM if page.key is None else Role.SEPARATOR
    return FiledPage(page.file, page.index, role=role, blank=page.status is PageStatus.BLANK)
