"""The step that reads a file: its pages to rows, its documents to versions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.errors import FaultCode, PageFault
from intake.files import read_pages
from intake.pages import PageImage
from ocr.page_text import read_foreign_text
from ocr.pipeline import PageReader
from ocr.readings import PageReading
from workflow.acts import Act
from workflow.contents import ContentStore
from workflow.errors import OriginalLost
from workflow.jobs.work import Commit, Work
from workflow.reading.joining import find_joined, join_file
from workflow.reading.pictures import keep_picture
from workflow.reading.rows import describe_reading, make_page_row
from workflow.registers.known_numbers import open_known_numbers
from workflow.store.batches import find_file, lock_file
from workflow.store.documents import add_readings
from workflow.store.models.paper import File, FileState, Page, Source
from workflow.trust.drawing import is_drawn
from workflow.trust.keeping import load_thresholds

_OF_THE_STORE = frozenset(
    {
        FaultCode.MISSING.value,
        FaultCode.NO_PERMISSION.value,
        FaultCode.NOT_A_FILE.value,
        FaultCode.READ_ERROR.value,
    }
)
"""Faults of a file that lies among the originals: not its sender is to blame, our disk is."""


@dataclass(slots=True)
class _Sizes:
    """What is noted of each page on its way to the reader."""

    of_pages: dict[int, tuple[int, int]]
    fault: PageFault | None = None
    """Of the first page that could not be decoded."""


def make_full_reader() -> PageReader:
    """A reader that keeps the words of papers of others too, so that they can be found."""
    return PageReader(read_text=read_foreign_text)


def read_file(
    work: Work, file_id: int, make_reader: Callable[[], PageReader] = make_full_reader
) -> Commit:
    """Read a file that waits; one that does not wait any more is left alone."""
    with work.store.read() as session:
        file = find_file(session, file_id)
        thresholds = load_thresholds(session)
        # Simulated paper says nothing about the errors on real paper.
        demonstrates = file.batch.source == Source.DEMONSTRATION
    share = 0.0 if demonstrates else work.settings.look_share
    sizes = _Sizes({})
    images = _watch_pages(work, file, sizes) if file.state == FileState.WAITING else ()
    reader = make_reader()
    reader.thresholds, reader.scanner = thresholds, file.scanner
    with open_known_numbers(work.store) as reader.known:
        read = list(reader.read_file(images))

    def commit(act: Act) -> None:
        present = lock_file(act.session, file_id)
        if present.state == FileState.WAITING:
            _enter_reading(act, present, read, sizes, share)

    return commit


def _watch_pages(work: Work, file: File, sizes: _Sizes) -> Iterator[PageImage]:
    """The pages of a file under the name it came with; their pictures are kept on the way.

    Raises OriginalLost where our own copy cannot be read.
    """
    path = ContentStore(work.settings.originals).path(file.sha256)
    for image in read_pages(path):
        work.keep_alive()
        if image.pixels is not None:
            height, width = image.pixels.shape[:2]
            sizes.of_pages[image.index] = (width, height)
            keep_picture(work.settings, file.sha256, image.index, image.pixels)
        elif image.fault is not None:
            if image.fault.code in _OF_THE_STORE:
                raise OriginalLost(f"file:{file.id}: {image.fault.code}")
            sizes.fault = sizes.fault or image.fault
        yield replace(image, file=file.name)


def _enter_reading(
    act: Act, file: File, read: Sequence[PageReading], sizes: _Sizes, share: float
) -> None:
    """Write what was read; a file of which no page could be decoded makes no document."""
    pages = _add_pages(act, file, read, sizes, share)
    if sizes.of_pages:
        file.state = FileState.READ
    else:
        file.state = FileState.FAULTY
        file.fault_code = sizes.fault.code if sizes.fault else None
        file.fault_detail = sizes.fault.message if sizes.fault else None
    found = find_joined(act, file, read) if file.state == FileState.READ else ()
    told = {"pages": len(read), "state": str(file.state)}
    act.record("file:read", f"file:{file.id}", after=told)
    join_file(act, file, pages, found)


def _add_pages(
    act: Act, file: File, read: Iterable[PageReading], sizes: _Sizes, share: float
) -> dict[int, Page]:
    """Index -> row of each page; with the rows of all their fields, a share of them drawn."""
    rows = []
    fields = []
    for page in read:
        row = make_page_row(file.id, page)
        row.width_px, row.height_px = sizes.of_pages.get(page.index, (None, None))
        rows.append(row)
    act.session.add_all(rows)
    act.session.flush()
    for row, page in zip(rows, read, strict=True):
        name = f"{file.sha256}:{page.index}"
        fields += [
            describe_reading(row.id, reading) | {"drawn": is_drawn(reading, name, share)}
            for reading in page.fields
        ]
    add_readings(act.session, fields)
    return {row.index: row for row in rows}
