"""Sends simulated paper in as a scanner would, and remembers what stands on it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from ocr.simulation.document import SimulatedDocument
from ocr.simulation.intents import FieldTruth
from workflow.contents import ContentStore
from workflow.demonstration.office import ARCHIVIST, Office
from workflow.demonstration.papers import write_pdf
from workflow.reception.batches import open_batch, receive_file
from workflow.store.batches import find_batch, find_documents_of_pages, find_file
from workflow.store.models.paper import FileState, Source


@dataclass(slots=True)
class DemonstrationBatch:
    """One batch that grows while its papers are made."""

    office: Office
    batch_id: int

    def send(self, name: str, pdf: bytes) -> int:
        """Enter a file; its id."""
        stored = ContentStore(self.office.settings.originals).put_stream(io.BytesIO(pdf))
        with self.office.act(ARCHIVIST) as act:
            batch = find_batch(act.session, self.batch_id)
            return receive_file(act, batch, f"{name}.pdf", stored).id

    def send_document(self, name: str, document: SimulatedDocument) -> "Sent":
        """Enter the scan of a simulated paper."""
        return Sent(self.send(name, write_pdf(document)), document.truth)


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper on its way, and what was written on it."""

    file_id: int
    truth: Mapping[str, FieldTruth]


def open_demonstration(office: Office, label: str) -> DemonstrationBatch:
    """Begin the batch of the demonstration."""
    with office.act(ARCHIVIST) as act:
        batch = open_batch(act, label, Source.DEMONSTRATION, office.unit_id)
        return DemonstrationBatch(office, batch.id)


def find_document_of(office: Office, file_id: int) -> int | None:
    """The document that the pages of a file stand in; None while nobody has read them."""
    with office.store.read() as session:
        pages = [page.id for page in find_file(session, file_id).pages]
        found = find_documents_of_pages(session, pages)
        return next((document.id for document in found.values()), None)


def is_taken_in(office: Office, file_id: int) -> bool:
    """Whether a file waits for nothing more but people."""
    with office.store.read() as session:
        return find_file(session, file_id).state != FileState.WAITING
