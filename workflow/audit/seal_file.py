"""The file of seals: lines are added behind the others, whole or not at all."""

import errno
import fcntl
import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from workflow.errors import DiskFull, WorkflowFault

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class SealsChanged(WorkflowFault):
    """The file of seals says something else than the store: evidence, so it is left alone."""

    code = "seals_changed"
    message = "The file of seals was changed; run `blanki audit verify` and keep the file."


def append_lines(path: Path, lines: Sequence[str]) -> None:
    """Add to the file what it lacks of `lines`; safe against others and against a crash.

    Raises SealsChanged where the file says anything else, DiskFull where there is no room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    wanted = "".join(f"{line}\n" for line in lines).encode()
    with FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        present = file.read()
        shorter = min(len(present), len(wanted))  # another process may know of newer seals
        if present[:shorter] != wanted[:shorter]:
            raise SealsChanged(str(path))
        _append(file, len(present), wanted[shorter:])
    _sync_folder(path.parent)


def _append(file: FileIO, size: int, content: bytes) -> None:
    try:
        while content:
            content = content[file.write(content) :]
        os.fsync(file.fileno())
    except OSError as error:
        file.truncate(size)
        if error.errno in _NO_ROOM:
            raise DiskFull("seals") from error
        raise


def _sync_folder(folder: Path) -> None:
    """A new file's name must outlive a loss of power as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
