"""What lies under the cover of a batch, to be held against what the cover says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from form_templates.specification import Role
from ocr.readings import PageReading, PileContents


@dataclass(frozen=True, slots=True)
class FiledPage:
    """A page, and the document that it belongs to."""

    file: str
    index: int
    document: int | None = None
    """Any number that tells documents apart; None for pages of no document."""
    form: str | None = None
    role: Role = Role.FORM
    """Of the page's form."""
    blank: bool = False


def count_pile(cover: PageReading, filed: Iterable[FiledPage]) -> PileContents:
    """What follows a batch's cover in its file, up to the next one of its kind.

    Separators are none of the papers handed over, and empty backs none of the pages.
    """
    papers = [page for page in _cut_pile(cover, filed) if page.role is not Role.SEPARATOR]
    forms = {page.document: page.form for page in papers if page.form is not None}
    return PileContents(
        documents=Counter(form for form in forms.values() if form),
        pages=sum(not page.blank for page in papers),
    )


def _cut_pile(cover: PageReading, filed: Iterable[FiledPage]) -> list[FiledPage]:
    """The pages of a cover's file behind it, up to the next cover of a batch."""
    after = [page for page in filed if page.file == cover.file and page.index > cover.index]
    covers = [page.index for page in after if page.role is Role.BATCH_COVER]
    return [page for page in after if not covers or page.index < min(covers)]
