"""Files that lie in the watched folder: which there are, and whether each is there whole."""

import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from intake.files import make_printable
from intake.limits import Limits
from workflow.reception.troubles import Trouble

_PASSING = (".part", ".tmp", ".filepart", ".crdownload", "~")
"""Ends of names under which programs write what they rename when it is whole."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file in the folder as it was at one moment; names may be any bytes."""

    path: Path
    size: int
    changed_ns: int
    inode: int

    @property
    def name(self) -> str:
        """Without its folders, fit for a screen."""
        return make_printable(self.path.name)


def list_arrivals(folder: Path) -> Iterator[Arrival | Trouble]:
    """All files under a folder, by folder and name, with what can never be taken in."""
    refused: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.lower().endswith(_PASSING):
                with suppress(FileNotFoundError):
                    yield _look_at(Path(place, name))
    for error in refused:
        yield Trouble(
            make_printable(Path(error.filename).name), "no_permission", error.strerror or ""
        )


def _look_at(path: Path) -> Arrival | Trouble:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        return Trouble(make_printable(path.name), "not_a_file")
    if found.st_size > Limits().file_bytes:
        return Trouble(make_printable(path.name), "file_too_large")
    return Arrival(path, found.st_size, found.st_mtime_ns, found.st_ino)


def is_unchanged(arrival: Arrival) -> bool:
    """Whether a file is still as it was."""
    try:
        return _look_at(arrival.path) == arrival
    except FileNotFoundError:
        return False


def is_being_written(arrival: Arrival) -> bool:
    """Whether a program on this machine has the file open for writing.

    The kernel lends a file for reading only where nobody has. Where it cannot tell (a
    folder of another machine, a file of another user), the answer is no.
    """
    try:
        descriptor = os.open(arrival.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        # A writer who comes in between is announced by this signal; the usual one would end us.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
