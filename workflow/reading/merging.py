"""Which pages make the next version of a document when more of its pages come in.

Pages of a side that the document lacks are added. Of two scans of one side
somebody judges which one counts. A merge never loses a page: what is not in the
new version stays in the one before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ocr.readings import FieldReading, FieldState, PageReading, Reason, Value
from ocr.same_sheet import SAME_WRITING, compare_writing
from validation.standing import is_blank, is_settled, is_surely_empty
from workflow.store.models.paper import Page


class Second(Enum):
    """What a second scan of a side is."""

    REPEATS = auto()
    """The first one counts, and nobody needs to look."""
    DIFFERS = auto()
    """The first one counts; a person looks at the difference."""
    REPLACES = auto()
    """It counts, and the first one is no longer of interest."""
    CHANGES = auto()
    """It counts, and the first one stays beside it; a person looks at the difference."""


_COUNTING = frozenset({Second.REPLACES, Second.CHANGES})


@dataclass(frozen=True, slots=True)
class Place:
    """A page's place in a version."""

    page: Page
    repeated: bool = False

    def shows(self, other: Page) -> bool:
        """Whether both are scans of one side; papers of others have no sides that we know."""
        same = (self.page.page, self.page.sheet) == (other.page, other.sheet)
        return same and other.page is not None


@dataclass(frozen=True, slots=True)
class Merge:
    """The pages of a document after more came in."""

    places: tuple[Place, ...]
    changed: bool
    """Whether there is anything to check that was not there before."""


Judge = Callable[[Page, Page], Second]
"""What the second page is to the first, which shows the same side and has counted so far."""


def merge_pages(standing: Sequence[Place], arrived: Iterable[Page], judge: Judge) -> Merge:
    """Put pages of one file, in their order, to those that a document has.

    Of two scans of a side in the file itself the first counts.
    """
    arrived = list(arrived)
    places, fresh, differs = _leave_out_attachments(standing, arrived), set[int](), False
    for page in arrived:
        known = next((p for p in places if not p.repeated and p.shows(page)), None)
        if known is None:
            places.append(Place(page))
            fresh.add(page.id)
            continue
        second = Second.REPEATS if known.page.id in fresh else judge(known.page, page)
        places = _place_second(places, known, page, second)
        differs = differs or second is Second.DIFFERS
        if second in _COUNTING:
            fresh.add(page.id)
    return Merge(tuple(places), changed=differs or bool(fresh))


def _leave_out_attachments(standing: Sequence[Place], arrived: Sequence[Page]) -> list[Place]:
    """The places without papers of others, where their cover brings such papers anew."""
    brings = any(page.page is None for page in arrived)
    again = any(place.shows(page) for place in standing for page in arrived)
    return [p for p in standing if not (brings and again and p.page.page is None)]


def _place_second(places: Sequence[Place], known: Place, page: Page, second: Second) -> list[Place]:
    """The places with a second scan of the side that a known page shows."""
    if second not in _COUNTING:
        return [*places, Place(page, repeated=True)]
    others = [p for p in places if not (p.repeated and p.shows(page))]
    renewed = [Place(page) if p is known else p for p in others]
    return [*renewed, Place(known.page, True)] if second is Second.CHANGES else renewed


def is_written_on(before: PageReading, after: PageReading) -> bool:
    """Whether a side says something else than it did: another sheet, or the same put right.

    Of single fields those count of which both scans are sure: doubts are no difference.
    """
    alike = compare_writing(before, after)
    if alike is not None and alike <= SAME_WRITING:
        return True
    known = {field.id: field for field in before.fields if _is_sure(field)}
    return any(
        field.id in known and _is_sure(field) and not _says_same(field, known[field.id])
        for field in after.fields
    )


def agrees_wholly(one: PageReading, other: PageReading) -> bool:
    """Whether two scans of a side say the same in every field, doubts included."""
    return _list_said(one) == _list_said(other)


def _list_said(page: PageReading) -> dict[str, tuple[FieldState, Value]]:
    return {field.id: (field.state, field.value) for field in page.fields}


def _is_sure(field: FieldReading) -> bool:
    return is_settled(field) or is_surely_empty(field)


def _says_same(one: FieldReading, other: FieldReading) -> bool:
    return one.value == other.value or (is_blank(one.value) and is_blank(other.value))


def count_losses(page: PageReading) -> int:
    """How much of a page the image does not show."""
    problems = page.quality.problems if page.quality else ()
    return len(problems) + sum(field.reason is Reason.IMAGE for field in page.fields)
