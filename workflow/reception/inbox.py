"""The watched folder: what is put there whole comes in, a batch at a time.

Files at its top belong to the home unit, those in a folder named by the code of a
unit to that unit; a folder inside that one names the scanner that files come from. The
watched folder is looked at again and again: notices of changes do not come from folders
of other machines.
"""

import math
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from workflow.acts import SYSTEM, TBILISI
from workflow.contents import ContentStore, Stored
from workflow.errors import DiskFull, WorkflowFault
from workflow.reception.arrivals import Arrival, is_being_written, is_unchanged, list_arrivals
from workflow.reception.receiving import Clock, enter_files
from workflow.reception.troubles import Trouble, write_troubles
from workflow.settings import Settings
from workflow.store.batches import find_home_unit
from workflow.store.models.paper import Source
from workflow.store.people import find_unit
from workflow.store.session import Store

_EVERY_SECONDS = 1.0
_QUIET_SECONDS = 2.0
"""A file that has not changed for so long is whole."""
_PAUSE_SECONDS = 30.0
"""After a failure; copying to a full disk every second would help nobody."""
_NEVER = math.inf
"""From when a file counts as whole that came in already and cannot be removed."""
_ABANDONED = timedelta(days=1)
"""Age of half written originals that no process writes any more."""
Ticks = Callable[[], float]
"""Seconds that pass: a clock may be set back, and files would wait until it has caught up."""


def watch_inbox(
    store: Store,
    settings: Settings,
    clock: Clock,
    stop: threading.Event,
    every_seconds: float = _EVERY_SECONDS,
    ticks: Ticks = time.monotonic,
) -> None:
    """Take in what comes into the folder until told to stop."""
    ContentStore(settings.originals).remove_unfinished((clock() - _ABANDONED).timestamp())
    inbox = Inbox(store, settings, clock, ticks)
    while not stop.is_set():
        inbox.sweep()
        stop.wait(every_seconds)


@dataclass(slots=True)
class _Sighting:
    """A file, and the tick from which it counts as unchanged."""

    arrival: Arrival
    since: float


@dataclass(slots=True)
class Inbox:
    """The folder and what is remembered of it between two looks."""

    store: Store
    settings: Settings
    clock: Clock
    ticks: Ticks = time.monotonic
    _seen: dict[Path, _Sighting] = field(default_factory=dict)
    _failed: dict[Path, Trouble] = field(default_factory=dict)
    _shown: tuple[Trouble, ...] | None = None

    def sweep(self) -> None:
        """Look once; what is whole comes in, what cannot is shown as a trouble."""
        self.settings.inbox.mkdir(parents=True, exist_ok=True)
        found = list(list_arrivals(self.settings.inbox))
        self._notice([item for item in found if isinstance(item, Arrival)])
        for (folder, scanner), arrivals in groupby(self._list_complete(), key=self._name_folder):
            self._take_folder(folder, scanner, list(arrivals))
        self._show([item for item in found if isinstance(item, Trouble)])

    def _notice(self, present: Sequence[Arrival]) -> None:
        """Remember since when each file is as it is now; forget those that are gone."""
        before, now = self._seen, self.ticks()
        self._seen = {}
        for arrival in present:
            known = before.get(arrival.path)
            same = known is not None and known.arrival == arrival
            self._seen[arrival.path] = known if known and same else _Sighting(arrival, now)
            if not same:
                self._failed.pop(arrival.path, None)
        self._failed = {p: trouble for p, trouble in self._failed.items() if p in self._seen}

    def _list_complete(self) -> list[Arrival]:
        now = self.ticks()
        quiet = [s.arrival for s in self._seen.values() if now - s.since >= _QUIET_SECONDS]
        return [arrival for arrival in quiet if not is_being_written(arrival)]

    def _name_folder(self, arrival: Arrival) -> tuple[str | None, str | None]:
        """The first two folders on the way to a file; None where there are none."""
        way = arrival.path.relative_to(self.settings.inbox).parts[:-1]
        return (way[0] if way else None), (way[1] if len(way) > 1 else None)

    def _take_folder(
        self, folder: str | None, scanner: str | None, arrivals: Sequence[Arrival]
    ) -> None:
        """Take in what lies complete in one folder: bytes, rows, and only then remove it."""
        taken = [(a, stored) for a in arrivals if (stored := self._store(a)) is not None]
        if not taken:
            return
        try:
            self._enter(folder, scanner, [(arrival.name, stored) for arrival, stored in taken])
        except WorkflowFault as fault:
            for arrival, _ in taken:
                self._fail(arrival, fault.code, fault.detail)
            return
        for arrival, _ in taken:
            self._remove(arrival)

    def _store(self, arrival: Arrival) -> Stored | None:
        """Keep a file's bytes among the originals; None where that fails or it changes yet."""
        if not os.access(arrival.path.parent, os.W_OK):
            self._fail(arrival, "inbox_read_only")
            return None
        try:
            descriptor = os.open(arrival.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb") as stream:
                stored = ContentStore(self.settings.originals).put_stream(stream)
        except DiskFull as fault:
            self._fail(arrival, fault.code, fault.detail)
        except PermissionError:
            self._fail(arrival, "no_permission")
        except OSError as error:
            self._fail(arrival, "read_error", error.strerror or "")
        else:
            return stored if is_unchanged(arrival) else None
        return None

    def _enter(
        self, folder: str | None, scanner: str | None, stored: Sequence[tuple[str, Stored]]
    ) -> None:
        with self.store.read() as session:
            unit = find_home_unit(session) if folder is None else find_unit(session, folder)
        label = f"{self.clock().astimezone(TBILISI):%Y-%m-%d %H:%M}"
        enter_files(
            self.store,
            SYSTEM,
            self.clock,
            label,
            Source.FOLDER,
            unit.id,
            stored,
            scanner=scanner,
        )

    def _remove(self, arrival: Arrival) -> None:
        """Take a file out of the folder: its bytes and its row are there."""
        try:
            arrival.path.unlink(missing_ok=True)
        except OSError as error:
            self._fail(arrival, "not_removed", error.strerror or "")
            self._seen[arrival.path].since = _NEVER
        else:
            self._failed.pop(arrival.path, None)

    def _fail(self, arrival: Arrival, code: str, detail: str = "") -> None:
        """Leave a file where it is, say why, and try again after a pause."""
        self._failed[arrival.path] = Trouble(arrival.name, code, detail)
        self._seen[arrival.path].since = self.ticks() - _QUIET_SECONDS + _PAUSE_SECONDS

    def _show(self, lasting: Sequence[Trouble]) -> None:
        """Show all troubles, where they are not those that are shown already."""
        troubles = (*lasting, *self._failed.values())
        if troubles != self._shown:
            write_troubles(self.settings, troubles)
            self._shown = troubles
