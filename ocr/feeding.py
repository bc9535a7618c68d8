"""Whether the scanner's feeder took every sheet once: two drawn in at a time, one fed twice.

The printed code says which page of which copy each scan is. Where the stack goes on
but the numbers leave some out, sheets went through together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from form_templates.catalog import ROOT
from form_templates.known_forms import load_known
from form_templates.model import TemplateKey
from ocr.documents import needed_pages
from ocr.readings import PageReading, PageStatus
from ocr.same_sheet import shows_same_paper

Number = tuple[int, int]
"""Page and sheet."""


class FeedFault(StrEnum):
    """What a feeder does wrong."""

    DOUBLE_FEED = "double_feed"
    """Pages are missing between two that came one after the other."""
    FED_TWICE = "fed_twice"
    """One sheet of paper came through again."""


@dataclass(frozen=True, slots=True)
class FeedTrouble:
    """One place in a file where the feeder failed."""

    fault: FeedFault
    file: str
    after: int
    """Index of the page that came last before it; of the first scan where one came twice."""
    at: int
    """Index of the page that shows it."""
    pages: tuple[Number, ...]
    """What is missing, or came twice."""


def find_feed_troubles(pages: Sequence[PageReading], root: Path = ROOT) -> tuple[FeedTrouble, ...]:
    """Where sheets of one file were skipped or came twice.

    Args:
        pages: of one file, in its order.
        root: folder of further forms.
    """
    ours = [page for page in pages if page.key is not None]
    return (*_find_skipped(pages, root), *_find_twice(ours))


def _find_skipped(pages: Sequence[PageReading], root: Path) -> Iterator[FeedTrouble]:
    """Numbers left out where a stack goes on, from the first page or from the last."""
    came = {(_name_copy(page), _number(page)) for page in pages}
    # The back of a sheet is no gap. A page that could not be named may be the one that lacks.
    sides = [page for page in pages if page.status is not PageStatus.BLANK]
    for before, after in pairwise(sides):
        copy = _name_copy(before)
        if before.key is None or copy != _name_copy(after):
            continue
        between = _list_between(before.key, _number(before), _number(after), root)
        lost = tuple(number for number in between if (copy, number) not in came)
        if lost:
            yield FeedTrouble(FeedFault.DOUBLE_FEED, before.file, before.index, after.index, lost)


def _list_between(key: TemplateKey, one: Number, other: Number, root: Path) -> tuple[Number, ...]:
    """The pages that every copy of a form has between two of its pages, as it is printed."""
    usual = needed_pages(load_known(key, root), ())
    if one not in usual or other not in usual:
        return ()
    low, high = sorted((usual.index(one), usual.index(other)))
    return usual[low + 1 : high]


def _find_twice(pages: Sequence[PageReading]) -> Iterator[FeedTrouble]:
    """A page that shows the same ink as an earlier one of the same side."""
    for at, page in enumerate(pages):
        same = (
            earlier
            for earlier in pages[:at]
            if _name_copy(earlier) == _name_copy(page)
            and _number(earlier) == _number(page)
            and shows_same_paper(earlier.fingerprint, page.fingerprint)
        )
        first = next(same, None)
        if first is not None:
            yield FeedTrouble(
                FeedFault.FED_TWICE, page.file, first.index, page.index, (_number(page),)
            )


def _name_copy(page: PageReading) -> tuple[TemplateKey | None, int]:
    return page.key, page.serial


def _number(page: PageReading) -> Number:
    return page.page or 0, page.sheet or 0
