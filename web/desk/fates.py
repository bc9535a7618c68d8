"""What became of each file of a batch: its pages, its documents, what failed and what is open."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ocr.readings import PageStatus
from web.desk.scans import ScanReport, report_scans
from workflow.store.batches import (
    find_documents_of_pages,
    find_first_files,
    list_pages_of_batch,
)
from workflow.store.models.paper import Batch, File, FileState, Page, PaperDocument
from workflow.store.models.work import Step, StepState
from workflow.store.session import Session
from workflow.store.work import OPEN_STATES, list_steps

_HEALTHY = (PageStatus.READ, PageStatus.REPEATED)


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that pages of a file stand in."""

    document: PaperDocument
    pages: int
    """Of this file."""
    step: Step | None
    """The newest work on it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one file."""

    file: File
    step: Step | None
    """The newest work on it."""
    first: File | None
    """The file that brought the same bytes before."""
    pages: Sequence[Page]
    documents: Sequence[FoundDocument]

    @property
    def stage(self) -> str:
        """How far the file is, as `wording` knows it: its state, or that of the work on it."""
        if self.file.state != FileState.WAITING or self.step is None:
            return self.file.state
        if self.step.state in (StepState.FAILED, StepState.RUNNING):
            return f"reading_{self.step.state}"
        return self.file.state

    @property
    def is_open(self) -> bool:
        """Whether it will change by itself."""
        steps = [self.step, *(found.step for found in self.documents)]
        return any(step is not None and step.state in OPEN_STATES for step in steps)

    @property
    def strays(self) -> list[Page]:
        """Pages that became part of no document for a reason that the file itself does not tell."""
        told = self.file.fault_code or object()
        return [p for p in self.pages if p.status not in _HEALTHY and p.reason != told]

    def report_scans(self, language: str) -> ScanReport:
        """Which of its pages were scanned poorly, in words of a language."""
        return report_scans(self.file.name, self.pages, language)


def tell_fates(session: Session, batch: Batch) -> list[Fate]:
    """What became of the files of a batch, in their order."""
    pages = _sort_pages(list_pages_of_batch(session, batch.id))
    found = find_documents_of_pages(session, [p.id for of_file in pages.values() for p in of_file])
    steps = _find_newest_steps(
        session,
        [
            *(f"file:{file.id}" for file in batch.files),
            *(f"document:{document.id}" for document in found.values()),
        ],
    )
    firsts = find_first_files(session, batch.files)
    return [
        Fate(
            file,
            steps.get(f"file:{file.id}"),
            firsts.get(file.id),
            pages.get(file.id, []),
            list(_find_documents(pages.get(file.id, []), found, steps)),
        )
        for file in batch.files
    ]


def _sort_pages(pages: Sequence[Page]) -> dict[int, list[Page]]:
    by_file: dict[int, list[Page]] = {}
    for page in pages:
        by_file.setdefault(page.file_id, []).append(page)
    return by_file


def _find_newest_steps(session: Session, subjects: Sequence[str]) -> dict[str, Step]:
    return {step.subject: step for step in list_steps(session, subjects)}


def _find_documents(
    pages: Sequence[Page], found: Mapping[int, PaperDocument], steps: Mapping[str, Step]
) -> Iterator[FoundDocument]:
    """The documents, in the order in which the file shows them."""
    documents = {found[page.id].id: found[page.id] for page in pages if page.id in found}
    counts = Counter(found[page.id].id for page in pages if page.id in found)
    for number, document in documents.items():
        yield FoundDocument(document, counts[number], steps.get(f"document:{number}"))
