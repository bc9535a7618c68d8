"""Receives files: first the bytes, then the rows, in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from workflow.acts import Act, Actor
from workflow.contents import ContentStore, Stored
from workflow.errors import NotAllowed
from workflow.reception.batches import open_batch, receive_file
from workflow.settings import Settings
from workflow.store.models.paper import Source
from workflow.store.session import Store

Clock = Callable[[], datetime]


def receive_files(
    store: Store,
    settings: Settings,
    actor: Actor,
    clock: Clock,
    label: str,
    source: Source,
    unit_id: int,
    files: Iterable[tuple[str, BinaryIO]],
    for_document_id: int | None = None,
    scanner: str | None = None,
) -> int:
    """Store and enter files that came together, all or none; the id of their batch.

    Raises DiskFull, or a fault of the store: then nothing was entered, and whoever
    brings the files may bring them again. Raises NotAllowed where there are none.
    """
    originals = ContentStore(settings.originals)
    stored = [(name, originals.put_stream(stream)) for name, stream in files]
    return enter_files(
        store, actor, clock, label, source, unit_id, stored, for_document_id, scanner
    )


def enter_files(
    store: Store,
    actor: Actor,
    clock: Clock,
    label: str,
    source: Source,
    unit_id: int,
    stored: Sequence[tuple[str, Stored]],
    for_document_id: int | None = None,
    scanner: str | None = None,
) -> int:
    """Enter files whose bytes lie among the originals as one batch; its id."""
    if not stored:
        raise NotAllowed("a batch without files")
    with store.write() as session:
        act = Act(session, actor, clock())
        batch = open_batch(act, label, source, unit_id)
        for name, content in stored:
            receive_file(act, batch, name, content, for_document_id, scanner)
        return batch.id
