"""What other processes do to the store while a test looks on."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event

from workflow.acts import SYSTEM, Act
from workflow.audit.events import lock_head
from workflow.store.session import open_store

SPAWN = get_context("spawn")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PATIENCE = 60


def append_events(url: str, name: str, count: int) -> None:
    """Adds events, each in a transaction of its own."""
    with closing(open_store(url, PATIENCE)) as store:
        for number in range(count):
            with store.write() as session:
                Act(session, SYSTEM, NOW).record("step:retry", f"step:{name}", {}, {"step": number})


def hold_head(url: str, held: Event, enough: Event) -> None:
    """Keeps everybody else from writing until it is enough."""
    with closing(open_store(url)) as store, store.write() as session:
        lock_head(session)
        held.set()
        enough.wait(PATIENCE)


@contextmanager
def held_by_another(url: str) -> Iterator[None]:
    """The trail's end is locked by another process meanwhile."""
    held, enough = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=hold_head, args=(url, held, enough))
    process.start()
    try:
        assert held.wait(PATIENCE)
        yield
    finally:
        enough.set()
        process.join(PATIENCE)


def run_at_once(processes: list[SpawnProcess]) -> list[int | None]:
    """Starts all of them, waits for all; their exit codes."""
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    return [process.exitcode for process in processes]
