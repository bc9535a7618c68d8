"""Batches for the pages to show: rows as the program writes them, without reading any paper."""

from datetime import date
from io import BytesIO

from tests.acting import Clock
from workflow.acts import Act, Actor
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.reception.receiving import receive_files
from workflow.settings import Settings
from workflow.store.batches import find_batch
from workflow.store.models.paper import (
    DocumentState,
    File,
    FileState,
    Page,
    PaperDocument,
    Source,
    Version,
    VersionPage,
)
from workflow.store.models.work import Step, StepState
from workflow.store.session import Session, Store


def receive(
    store: Store,
    settings: Settings,
    actor: Actor,
    clock: Clock,
    files: dict[str, bytes],
    source: Source = Source.UPLOAD,
) -> int:
    """Receives a batch for the actor's unit; its id."""
    assert actor.unit_id is not None
    streams = [(name, BytesIO(content)) for name, content in files.items()]
    return receive_files(store, settings, actor, clock, "A batch", source, actor.unit_id, streams)


def list_files(session: Session, batch_id: int) -> list[File]:
    """The files of a batch in their order."""
    return list(find_batch(session, batch_id).files)


def mark_read(act: Act, file: File, *statuses: str) -> PaperDocument:
    """Writes pages of a file as read; those that were read make one document to review."""
    document = PaperDocument(
        form="family_declaration",
        edition=date(2015, 5, 1),
        serial=0,
        unit_id=file.batch.unit_id,
        state=DocumentState.REVIEW,
        state_since=act.now,
        created_at=act.now,
        versions=[Version(number=1, created_at=act.now)],
    )
    for index, status in enumerate(statuses):
        page = make_page(file, index, status)
        act.session.add(page)
        if status == "read":
            document.current.pages.append(VersionPage(page=page, position=index))
    act.session.add(document)
    file.state = FileState.READ
    act.session.flush()
    set_step(act.session, f"file:{file.id}", StepState.DONE)
    request_step(act, StepName.CHECK_DOCUMENT, f"document:{document.id}", hash_input("1"))
    set_step(act.session, f"document:{document.id}", StepState.DONE)
    return document


def make_page(file: File, index: int, status: str) -> Page:
    """A page without fields."""
    return Page(
        file=file,
        index=index,
        status=status,
        reason="truncated" if status == "unreadable" else "",
        detail="",
        serial=0,
    )


def set_step(session: Session, subject: str, state: StepState, code: str | None = None) -> Step:
    """Says how far the work on a subject is."""
    step = session.query(Step).filter_by(subject=subject).one()
    step.state, step.error_code = state, code
    session.flush()
    return step
