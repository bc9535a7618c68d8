"""Files -> pages: the way into this package."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.decoding import Decoder, Outcome
from intake.errors import FaultCode, PageFault, describe_fault
from intake.limits import Limits
from intake.pages import PageImage

FilePath = str | bytes | os.PathLike[str] | os.PathLike[bytes]

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_OPEN_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


def read_pages(path: FilePath, limits: Limits | None = None) -> Iterator[PageImage]:
    """Yields the pages of one file in its order, one in memory at a time.

    Whatever is wrong with the file or a page is a `PageImage` with a fault: a
    file that cannot be read at all gives one, with index 0; one that ends too
    early gives a last one, behind the pages that could be read.
    """
    yield from read_files([path], limits)


def read_files(paths: Iterable[FilePath], limits: Limits | None = None) -> Iterator[PageImage]:
    """Yields the pages of several files of one sender, file after file, as `read_pages` does."""
    with Decoder(limits or Limits()) as decoder:
        for path in paths:
            yield from read_pages_with(decoder, path)


def read_pages_with(decoder: Decoder, path: FilePath) -> Iterator[PageImage]:
    """Does what `read_pages` does with a decoder that is kept warm, within its limits."""
    name = make_printable(path)
    opened = open_file(path, decoder.limits)
    if isinstance(opened, PageFault):
        yield PageImage(name, 0, None, None, opened)
        return
    try:
        for index, outcome in enumerate(decoder.decode_file(opened)):
            yield _make_page(name, index, outcome)
    finally:
        os.close(opened)


def _make_page(name: str, index: int, outcome: Outcome) -> PageImage:
    if isinstance(outcome, PageFault):
        return PageImage(name, index, None, None, outcome)
    return PageImage(name, index, *outcome)


def open_file(path: FilePath, limits: Limits) -> int | PageFault:
    """Opens a file for reading; what is none, or too large, is a fault and stays unopened."""
    try:
        fault = _check_status(Path(os.fsdecode(path)).stat(), limits)
        return fault or _open_checked(path, limits)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return describe_fault(FaultCode.MISSING)
    except PermissionError:
        return describe_fault(FaultCode.NO_PERMISSION)
    except OSError as error:
        return describe_fault(FaultCode.READ_ERROR, detail=error.strerror)


def _open_checked(path: FilePath, limits: Limits) -> int | PageFault:
    """Opens what looked like a file, and looks again: it may have been exchanged."""
    descriptor = os.open(path, _OPEN_FLAGS)
    fault = _check_status(os.fstat(descriptor), limits)
    if fault:
        os.close(descriptor)
    return fault or descriptor


def _check_status(status: os.stat_result, limits: Limits) -> PageFault | None:
    for is_kind, what in _KINDS:
        if is_kind(status.st_mode):
            return describe_fault(FaultCode.NOT_A_FILE, what=what)
    if status.st_size == 0:
        return describe_fault(FaultCode.EMPTY_FILE)
    if status.st_size > limits.file_bytes:
        sizes = {"size_mb": status.st_size >> 20, "limit_mb": limits.file_bytes >> 20}
        return describe_fault(FaultCode.FILE_TOO_LARGE, **sizes)
    return None


def make_printable(path: FilePath) -> str:
    """A file's name fit for any terminal, log or JSON, whatever bytes it is made of."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in os.fsdecode(path)
    )
