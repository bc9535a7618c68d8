"""Contents that are kept for good: each under the SHA-256 of its bytes, whole or not at all."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from workflow.errors import DiskFull

_CHUNK_BYTES = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNFINISHED = ".unfinished-"
"""Start of the names of files that are still being written."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that lie in the store."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ContentStore:
    """A folder of contents; may be shared by any number of processes."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where bytes with this SHA-256 lie, if they are stored."""
        return self.folder / sha256[:2] / sha256[2:]

    def put_bytes(self, content: bytes) -> Stored:
        """Keep some bytes; what is there already stays as it is."""
        return self.put_stream(BytesIO(content))

    def put_stream(self, stream: BinaryIO) -> Stored:
        """Keep what a stream gives from here to its end; raises DiskFull and leaves nothing."""
        with write_whole(self.folder) as (file, unfinished):
            stored = _copy(stream, file)
            path = self.path(stored.sha256)
            if not _holds(path, stored.size):
                path.parent.mkdir(parents=True, exist_ok=True)
                unfinished.replace(path)
                _sync_folder(path.parent)
        return stored

    def remove_unfinished(self, before: float) -> None:
        """Remove what a killed process left half written, if untouched since a moment (epoch)."""
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()


@contextmanager
def write_whole(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file under a passing name, for the caller to write and then move where it belongs.

    Whatever happens, it is gone at the end if it was not moved. Raises DiskFull where
    there is no room.
    """
    with _explain_full():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
        unfinished = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file, unfinished
        finally:
            unfinished.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file anew; whoever reads it finds the old or the new content, never a part."""
    with write_whole(path.parent) as (file, unfinished):
        file.write(content)
        file.flush()
        unfinished.replace(path)


def _copy(stream: BinaryIO, file: BinaryIO) -> Stored:
    """Write all that a stream gives, down to the disk itself."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _holds(path: Path, size: int) -> bool:
    """Whether a file lies there whole; a machine that lost its power may leave less."""
    return path.is_file() and path.stat().st_size == size


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder, and the folder's own, outlive a loss of power."""
    for place in (folder, folder.parent):
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _explain_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(error.strerror or "") from error
        raise
