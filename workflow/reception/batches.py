"""Batches of files: what came in, and what a person chose for what came before."""

from enum import StrEnum

from intake.files import make_printable
from workflow.acts import Act
from workflow.contents import Stored
from workflow.errors import NotAllowed
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.store.batches import find_first_file, lock_file
from workflow.store.models.paper import Batch, File, FileState, Original, Source
from workflow.store.work import insert_once


class RepeatChoice(StrEnum):
    """What a person does with a file whose bytes came before."""

    READ = "read"
    SET_ASIDE = "set_aside"


_LONGEST_NAME = 80
_STATE_AFTER = {RepeatChoice.READ: FileState.WAITING, RepeatChoice.SET_ASIDE: FileState.SET_ASIDE}


def open_batch(act: Act, label: str, source: Source, unit_id: int) -> Batch:
    """Begin a batch; its files are received next, in the same transaction."""
    label = make_printable(label)
    batch = Batch(
        label=label,
        source=source,
        unit_id=unit_id,
        created_at=act.now,
        created_by=act.actor.name,
    )
    act.session.add(batch)
    act.session.flush()
    told = {"label": label, "source": source.value}
    act.record("batch:receive", f"batch:{batch.id}", after=told)
    return batch


def receive_file(
    act: Act,
    batch: Batch,
    name: str,
    stored: Stored,
    for_document_id: int | None = None,
    scanner: str | None = None,
) -> File:
    """Enter a file whose bytes are stored; it waits to be read, unless they came before.

    Of two that bring the same bytes at once, one waits and the other is its repeat.
    """
    original = Original(sha256=stored.sha256, size=stored.size, received_at=act.now)
    is_new = insert_once(act.session, original)
    first = None if is_new else find_first_file(act.session, stored.sha256)
    file = File(
        batch_id=batch.id,
        name=make_printable(name),
        sha256=stored.sha256,
        size=stored.size,
        state=FileState.REPEAT if first else FileState.WAITING,
        received_at=act.now,
        repeat_of_id=first.id if first else None,
        for_document_id=for_document_id,
        scanner=name_scanner(scanner),
    )
    act.session.add(file)
    act.session.flush()
    told = {"name": file.name, "sha256": file.sha256, "size": file.size, "state": str(file.state)}
    act.record("file:receive", f"file:{file.id}", after=told)
    if file.state == FileState.WAITING:
        _request_reading(act, file)
    return file


def name_scanner(typed: str | None) -> str | None:
    """The name of a scanner in its one way of writing; None where nobody said anything."""
    return " ".join(make_printable(typed or "").split())[:_LONGEST_NAME] or None


def choose_repeat(act: Act, file_id: int, choice: RepeatChoice) -> None:
    """Read a repeat after all, or set it aside; raises NotAllowed for any other file.

    The same choice again changes nothing.
    """
    file = lock_file(act.session, file_id)
    if file.state == _STATE_AFTER[choice]:
        return
    if file.state not in (FileState.REPEAT, FileState.SET_ASIDE):
        raise NotAllowed(f"file:{file_id} is {file.state}")
    before, file.state = file.state, _STATE_AFTER[choice]
    act.record("file:choose", f"file:{file.id}", {"state": str(before)}, {"state": str(file.state)})
    if choice is RepeatChoice.READ:
        _request_reading(act, file)


def _request_reading(act: Act, file: File) -> None:
    request_step(act, StepName.READ_FILE, f"file:{file.id}", hash_input(file.sha256))
