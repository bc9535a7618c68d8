"""Joins the pages of a file to documents, and documents to what they were printed for.

Pages of a numbered copy join wherever they come from; plain ones within their
file, or with the document that a person named. Whenever other pages count than
before, the document has a new version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocr.documents import is_divider, join_pages
from ocr.readings import DocumentReading, PageReading, PageStatus
from workflow.acts import Act
from workflow.cases.states import load_table
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.reading.merging import (
    Judge,
    Merge,
    Place,
    Second,
    agrees_wholly,
    count_losses,
    is_written_on,
    merge_pages,
)
from workflow.reading.stored import load_page
from workflow.store.documents import (
    find_case_of_print,
    find_document,
    find_numbered_document,
    has_values,
    list_version_pages,
    lock_document,
)
from workflow.store.models.paper import (
    DocumentState,
    File,
    Page,
    PaperDocument,
    Source,
    Version,
    VersionPage,
)
from workflow.store.work import take_turn

_SCANNED_ANEW = frozenset(
    {
        DocumentState.RESCAN,
        DocumentState.RETURNED,
        DocumentState.ASK_APPLICANT,
        DocumentState.DISCARDED,
    }
)
"""States that end with a new scan: whatever comes then counts."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Pages of a file that belong together."""

    reading: DocumentReading
    document: PaperDocument | None
    """Where they belong; None where they make a document of their own."""


def find_joined(act: Act, file: File, read: Sequence[PageReading]) -> tuple[Joined, ...]:
    """Which pages of a file make documents, and which of these stand already.

    Files are joined one at a time, so two that hold parts of one paper at once end in
    one document. All documents are locked before anything is told to the trail, as
    everybody does who changes one: nobody waits for each other in a circle.
    """
    take_turn(act.session, "joining", act.now)
    groups = [group for group in join_pages(read) if _list_arrived(group)]
    known = [_find_document(act, file, group) for group in groups]
    for document_id in sorted(document.id for document in known if document):
        lock_document(act.session, document_id)
    return tuple(Joined(*pair) for pair in zip(groups, known, strict=True))


def join_file(act: Act, file: File, pages: Mapping[int, Page], found: Sequence[Joined]) -> None:
    """Make the pages of a file (by their index) part of documents, and have those checked."""
    for joined in found:
        arrived = [pages[page.index] for page in _list_arrived(joined.reading)]
        if joined.document is None:
            _open_document(act, file, joined.reading, arrived)
        else:
            _extend_document(act, file, joined.document, arrived)


def _list_arrived(reading: DocumentReading) -> list[PageReading]:
    """Pages that somebody must see: all but blank ones and separators."""
    return [
        page
        for page in reading.pages
        if page.status is not PageStatus.BLANK and not is_divider(reading, page)
    ]


def _find_document(act: Act, file: File, joined: DocumentReading) -> PaperDocument | None:
    """The document that pages of a file belong to, if there is one already."""
    key = joined.key
    if key is None:
        return None
    if joined.serial:
        return find_numbered_document(act.session, key.form, key.edition, joined.serial)
    if file.for_document_id is None:
        return None
    named = find_document(act.session, file.for_document_id)
    return named if (named.form, named.edition) == (key.form, key.edition) else None


def _open_document(act: Act, file: File, joined: DocumentReading, arrived: Sequence[Page]) -> None:
    form, edition = (joined.key.form, joined.key.edition) if joined.key else (None, None)
    document = PaperDocument(
        form=form,
        edition=edition,
        serial=joined.serial,
        unit_id=file.batch.unit_id,
        case_id=_find_case(act, joined),
        state=DocumentState.RECEIVED,
        state_since=act.now,
        created_at=act.now,
        revision=0,
        simulated=file.batch.source == Source.DEMONSTRATION,
    )
    act.session.add(document)
    act.session.flush()
    told = {
        "form": form,
        "edition": edition and edition.isoformat(),
        "serial": joined.serial,
        "batch": file.batch_id,
    }
    act.record("document:create", f"document:{document.id}", after=told)
    places = merge_pages((), arrived, _keep_first) if joined.key else _keep_all(arrived)
    _add_version(act, document, places, number=1)


def _find_case(act: Act, joined: DocumentReading) -> int | None:
    """The case that a numbered copy was printed for."""
    if joined.key is None or not joined.serial:
        return None
    return find_case_of_print(act.session, joined.key.form, joined.key.edition, joined.serial)


def _keep_all(arrived: Sequence[Page]) -> Merge:
    """Pages that belong to no form are no scans of one side, whatever they show."""
    return Merge(tuple(Place(page) for page in arrived), changed=True)


def _keep_first(_: Page, __: Page) -> Second:
    return Second.REPEATS


def _extend_document(
    act: Act, file: File, document: PaperDocument, arrived: Sequence[Page]
) -> None:
    """Put more pages to a document: a new version where that changes anything.

    Repeats that say the same are kept with the version that stands, and nobody is
    troubled with them.
    """
    current = document.current
    standing = [Place(p.page, p.repeated) for p in list_version_pages(act.session, current.id)]
    merge = merge_pages(standing, arrived, _make_judge(act, file, document))
    document.revision += 1
    if merge.changed:
        _add_version(act, document, merge, current.number + 1)
    else:
        _place_pages(act, current, merge, len(standing))
        _tell_version(act, document, current, merge)


def _make_judge(act: Act, file: File, document: PaperDocument) -> Judge:
    """Who decides between two scans of a side of this document.

    The later one counts where one was waited for, or where a person said that it is
    the new scan of this document; where the paper says something else by now; and
    where it shows what the first one lost, unless a person worked on that already.
    Once it was decided on a document, only a paper that has changed is of interest.
    """
    awaited = file.for_document_id == document.id or document.state in _SCANNED_ANEW

    def judge(standing: Page, arrived: Page) -> Second:
        if awaited:
            return Second.REPLACES
        before, after = load_page(act.session, standing), load_page(act.session, arrived)
        if is_written_on(before, after):
            return Second.CHANGES
        if agrees_wholly(before, after) or document.state in load_table().final:
            return Second.REPEATS
        if has_values(act.session, standing.id) or count_losses(after) >= count_losses(before):
            return Second.DIFFERS
        return Second.REPLACES

    return judge


def _add_version(act: Act, document: PaperDocument, merge: Merge, number: int) -> None:
    version = Version(document_id=document.id, number=number, created_at=act.now)
    document.versions.append(version)
    act.session.flush()
    _place_pages(act, version, merge, 0)
    _tell_version(act, document, version, merge)
    _request_check(act, document, version, merge)


def _place_pages(act: Act, version: Version, merge: Merge, first: int) -> None:
    """Write the places of a merge from the first one that is not written yet."""
    act.session.add_all(
        VersionPage(
            version_id=version.id, page_id=place.page.id, position=at, repeated=place.repeated
        )
        for at, place in enumerate(merge.places)
        if at >= first
    )
    act.session.flush()


def _tell_version(act: Act, document: PaperDocument, version: Version, merge: Merge) -> None:
    told = {"number": version.number, "pages": [place.page.id for place in merge.places]}
    act.record("document:version", f"document:{document.id}", after=told)


def _request_check(act: Act, document: PaperDocument, version: Version, merge: Merge) -> None:
    """Have a version checked; a check of the same pages is asked for once."""
    pages = hash_input(str(version.id), *(str(place.page.id) for place in merge.places))
    request_step(act, StepName.CHECK_DOCUMENT, f"document:{document.id}", pages)
