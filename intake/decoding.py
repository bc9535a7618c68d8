"""Decodes files page by page in a child process that may die at any of them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from intake.child import Child, ChildLostError, Pixels
from intake.errors import FaultCode, PageFault, describe_fault
from intake.limits import Limits
from intake.wire import Decoded, Failed, Finished, Message, Opened

Outcome = tuple[Pixels, float | None] | PageFault
"""What became of one page: its pixels and resolution, or why there are none."""


@dataclass(slots=True)
class _Progress:
    """How far the decoding of one file has come."""

    patience_seconds: float
    """Left to wait for all further pages together."""
    done: int = 0
    total: int = 0
    opened: bool = False
    """The present child has opened the file."""
    finished: bool = False


class Decoder:
    """Decodes files in a child process of its own; a context manager.

    Files given to one decoder share the process as long as it lives. What
    comes from different senders is better given to different decoders.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: Child | None = None
        self._busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child process; a further file starts another one."""
        if self._child:
            self._child.end()
        self._child = None

    def decode_file(self, descriptor: int) -> Iterator[Outcome]:
        """Yields one outcome for each page of an open file, in order.

        A page that kills the process or hangs gets a fault, and a new process
        goes on behind it. A fault behind the last page is one of the file.
        """
        if self._busy:
            raise RuntimeError("a decoder reads one file at a time")
        self._busy = True
        progress = _Progress(self.limits.file_seconds)
        try:
            while not progress.finished:
                try:
                    yield from self._converse(descriptor, progress)
                except ChildLostError as lost:
                    self._child = None
                    yield from self._count_loss(lost.fault, progress)
        finally:
            self._busy = False
            if not progress.finished:
                self.close()

    def _converse(self, descriptor: int, progress: _Progress) -> Iterator[Outcome]:
        """Asks a child for all pages still wanted and passes on what it says."""
        progress.opened = False
        self._child = child = self._child or Child(self.limits)
        child.request_pages(descriptor, progress.done)
        while not isinstance(message := self._listen(child, progress), Finished):
            if isinstance(message, Opened) and not progress.opened:
                progress.opened = True
                progress.total = min(message.pages, self.limits.file_pages)
            elif progress.done > progress.total:
                raise child.lose(FaultCode.CRASHED)  # more pages than there can be
            elif isinstance(message, Failed) and not progress.opened:
                yield from _give_up(PageFault(message.code, message.message), progress)
            else:
                outcome = self._receive_outcome(child, message)
                progress.done += 1
                yield outcome
        progress.finished = True

    def _receive_outcome(self, child: Child, message: Message) -> Outcome:
        match message:
            case Failed():
                return PageFault(message.code, message.message)
            case Decoded():
                return child.receive_pixels(message, self.limits.page_seconds), message.dpi
            case _:
                raise child.lose(FaultCode.CRASHED)

    def _listen(self, child: Child, progress: _Progress) -> Message:
        """Waits for the next message, no longer than a page may take and the file has left."""
        start = time.monotonic()
        try:
            return child.receive_message(
                min(self.limits.page_seconds, max(progress.patience_seconds, 0.0))
            )
        finally:
            progress.patience_seconds -= time.monotonic() - start

    def _count_loss(self, fault: PageFault, progress: _Progress) -> Iterator[Outcome]:
        """One page is lost; all that are left, where going on is hopeless."""
        if progress.patience_seconds <= 0:
            fault = describe_fault(FaultCode.OUT_OF_TIME, seconds=self.limits.file_seconds)
        elif progress.opened and progress.done <= progress.total:
            progress.done += 1
            yield fault
            return
        yield from _give_up(fault, progress)
        progress.finished = True


def _give_up(fault: PageFault, progress: _Progress) -> Iterator[Outcome]:
    """Every page that is left gets the same fault; at least one does."""
    lost = max(1, progress.total - progress.done)
    progress.done += lost
    for _ in range(lost):
        yield fault
