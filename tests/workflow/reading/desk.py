"""Takes files in and has them read, step by step as the queue would."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from ocr.pipeline import PageReader
from ocr.readings import DocumentReading
from tests.acting import Clock
from workflow.acts import SYSTEM, Act, Actor
from workflow.jobs.work import Work
from workflow.reading.read_file import read_file
from workflow.reading.stored import load_reading
from workflow.reception.receiving import receive_files
from workflow.settings import Settings
from workflow.store.batches import find_batch, find_file, list_documents_of_batch
from workflow.store.documents import find_document
from workflow.store.models.paper import File, Page, PaperDocument, Source
from workflow.store.session import Store
from workflow.store.trail import EventFilter, list_newest_events
from workflow.store.work import list_steps

READER = PageReader()
"""Draws each blank once for all tests."""


@dataclass
class Desk:
    """An archivist with a store, a clock and files."""

    store: Store
    settings: Settings
    clock: Clock
    archivist: Actor

    @property
    def work(self) -> Work:
        """What a handler is given; the lease is never lost."""
        return Work(self.store, self.settings, lambda: None)

    def bring(self, *files: bytes, for_document: int | None = None) -> list[int]:
        """Takes files in as one batch; the ids of their rows."""
        batch_id = receive_files(
            self.store,
            self.settings,
            self.archivist,
            self.clock,
            "test",
            Source.UPLOAD,
            self.archivist.unit_id,
            [("scan.pdf", BytesIO(content)) for content in files],
            for_document,
        )
        with self.store.read() as session:
            return [file.id for file in find_batch(session, batch_id).files]

    def read(self, *files: bytes, for_document: int | None = None) -> list[PaperDocument]:
        """Takes files in and reads them; the documents that their pages stand in."""
        ids = self.bring(*files, for_document=for_document)
        for file_id in ids:
            self.run(file_id)
        return self.documents_of(ids[0])

    def run(self, file_id: int) -> None:
        """Reads a file as the queue would."""
        commit = read_file(self.work, file_id, lambda: READER)
        with self.store.write() as session:
            commit(Act(session, SYSTEM, self.clock()))

    def documents_of(self, file_id: int) -> list[PaperDocument]:
        """The documents that pages of a file's batch stand in."""
        with self.store.read() as session:
            found = list_documents_of_batch(session, find_file(session, file_id).batch_id)
            return [find_document(session, document.id) for document in found]

    def file(self, file_id: int) -> File:
        """The file as it stands."""
        with self.store.read() as session:
            return find_file(session, file_id)

    def pages_of(self, file_id: int) -> Sequence[Page]:
        """The pages of one file."""
        with self.store.read() as session:
            return list(find_file(session, file_id).pages)

    def load(self, document: PaperDocument, version: int = -1) -> DocumentReading:
        """The newest version of a document, or another one, as the machine read it."""
        with self.store.read() as session:
            return load_reading(session, find_document(session, document.id).versions[version])

    def steps(self, subject: str) -> list[str]:
        """Names of the steps that were asked for."""
        with self.store.read() as session:
            return [step.step for step in list_steps(session, [subject])]

    def set_state(self, document: PaperDocument, state: str) -> None:
        """Where other parts of the workflow would have taken a document."""
        with self.store.write() as session:
            find_document(session, document.id).state = state

    def trail(self) -> list[str]:
        """Actions of all events, oldest first."""
        with self.store.read() as session:
            events = list_newest_events(session, EventFilter(), None, 1000)
            return [event.action for event in reversed(events)]
