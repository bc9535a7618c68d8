"""What lies under the cover of a batch, to be held against what the cover says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from form_templates.specification import Role
from ocr.readings import PageReading, PileContents


@dataclass(frozen=True, slots=True)
class FiledPage:
    """A page with something on it, and the document that it belongs to."""

    file: str
    index: int
    document: int | None = None
    """Any number that tells documents apart; None for pages of no document."""
    form: str | None = None
    role: Role = Role.FORM
    """Of the document's form."""


def count_pile(cover: PageReading, filed: Iterable[FiledPage]) -> PileContents:
    """What follows a batch's cover in its file, up to the next one of its kind."""
    after = [page for page in filed if page.file == cover.file and page.index > cover.index]
    covers = [page.index for page in after if page.role is Role.BATCH_COVER]
    pages = [page for page in after if not covers or page.index < min(covers)]
    forms = {page.document: page.form for page in pages if page.form is not None}
    return PileContents(Counter(form for form in forms.values() if form), len(pages))
