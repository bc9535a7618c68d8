"""Runs the program's processes together: starts them in order, replaces the dead, stops all."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType, TracebackType
from typing import Self

from workflow.jobs.children import Child
from workflow.jobs.children import ChildSpec as ChildSpec

_LOOK_SECONDS = 0.2


class Supervisor:
    """Keeps its children running between `start` and `stop`; also a context manager."""

    def __init__(self, specs: Sequence[ChildSpec]) -> None:
        self._children = [Child(spec) for spec in specs]

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start one after the other, each once those before it are ready, or raise ChildDied.

        To be called in the main thread: the children stop when their starter ends.
        """
        for child in self._children:
            child.start()
            child.wait_until_ready()

    def poll(self) -> None:
        """Look after everyone once; to be called a few times a second.

        Raises ChildDied where one dies again and again right after its start.
        """
        for child in self._children:
            child.look_after()

    def run(self, stop: Event) -> None:
        """Look after everyone until told to stop."""
        while not stop.wait(_LOOK_SECONDS):
            self.poll()

    def stop(self) -> None:
        """Stop all, the last started first; whoever does not heed in time is killed.

        One that others rely on is asked only when those have ended.
        """
        asked: list[Child] = []
        for child in reversed(self._children):
            if child.spec.is_ready is not None:
                _finish(asked)
            child.ask_to_stop()
            asked.append(child)
        _finish(asked)


def _finish(asked: list[Child]) -> None:
    for child in asked:
        child.finish()
    asked.clear()


@contextmanager
def stop_on_signals() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = Event()

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
