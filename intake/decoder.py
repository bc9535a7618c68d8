"""The process that decodes: `python -m intake.decoder SOCKET LIMITS`.

It owns nothing but one socket. Files come as open descriptors, pages go back
as headers and pixels. It may die at any page: the parent starts another one.
"""

import json
import os
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import BinaryIO, Protocol

from intake.errors import FaultCode, PageFault, UnreadableError, describe_fault
from intake.kinds import HEAD_BYTES, FileKind, name_foreign_kind, recognise_kind
from intake.limits import Limits
from intake.raster import Raster
from intake.wire import (
    LENGTH,
    Decoded,
    Failed,
    Finished,
    Message,
    Opened,
    Ready,
    encode_message,
)


class PageSource(Protocol):
    """An opened file whose pages can be decoded one by one."""

    count: int

    def decode_page(self, index: int) -> Raster:
        """Decodes one page; whatever it raises is that page's fault."""

    def find_loss(self) -> PageFault | None:
        """Says whether pages may be missing behind the last one."""

    def close(self) -> None:
        """Lets go of the file."""


def open_source(file: BinaryIO, limits: Limits) -> PageSource:
    """Opens a file by its content; each format's libraries are loaded when first needed."""
    head = file.read(HEAD_BYTES)
    kind = recognise_kind(head)
    if kind is None:
        raise UnreadableError(FaultCode.NOT_SUPPORTED, what=name_foreign_kind(head))
    if kind is FileKind.PDF:
        from intake.pdf import PdfFile

        return PdfFile(file, limits)
    from intake.pictures import PictureFile, TiffFile

    return TiffFile(file, limits) if kind is FileKind.TIFF else PictureFile(file, kind, limits)


def decode_file(
    file: BinaryIO, first: int, limits: Limits
) -> Iterator[tuple[Message, Raster | None]]:
    """Each page of an opened file from `first` on, or its fault; never raises."""
    try:
        source = open_source(file, limits)
        check_page_count(source.count, limits)
    except Exception as error:
        yield name_failure(error, limits, "The file"), None
        yield Finished(), None
        return
    with closing(source):
        yield Opened(source.count), None
        for index in range(first, source.count):
            yield decode_page(source, index, limits)
        if loss := source.find_loss():
            yield Failed(loss.code, loss.message), None
    yield Finished(), None


def check_page_count(pages: int, limits: Limits) -> None:
    """Refuses a file of no pages or too many as a whole: half a file helps nobody."""
    if pages < 1:
        raise UnreadableError(FaultCode.NO_PAGES)
    if pages > limits.file_pages:
        raise UnreadableError(FaultCode.TOO_MANY_PAGES, limit=limits.file_pages)


def decode_page(source: PageSource, index: int, limits: Limits) -> tuple[Message, Raster | None]:
    """One page, or what is wrong with it."""
    try:
        raster = source.decode_page(index)
    except Exception as error:
        return name_failure(error, limits, "The page"), None
    size = raster.width_px, raster.height_px, raster.channels, raster.stride_bytes
    return Decoded(*size, raster.dpi), raster


def name_failure(error: Exception, limits: Limits, what: str) -> Failed:
    """Translates whatever a decoder raised into a fault; a decoder may raise anything."""
    if isinstance(error, UnreadableError):
        fault = error.fault
    elif isinstance(error, MemoryError):
        limit_mb = limits.memory_bytes >> 20
        fault = describe_fault(FaultCode.OUT_OF_MEMORY, limit_mb=limit_mb)
    elif isinstance(error, OSError) and error.errno is not None:
        fault = describe_fault(FaultCode.READ_ERROR, detail=error.strerror)
    else:
        fault = describe_fault(FaultCode.DAMAGED, what=what)
    return Failed(fault.code, fault.message)


def limit_process(limits: Limits) -> None:
    """Bounds the memory of this process and keeps it from leaving core dumps."""
    lower_limit(resource.RLIMIT_AS, limits.memory_bytes)
    lower_limit(resource.RLIMIT_CORE, 0)


def arm_clock(limits: Limits) -> None:
    """Gives the next page its processor time, should the parent be gone to count it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = usage.ru_utime + usage.ru_stime + limits.page_seconds
    lower_limit(resource.RLIMIT_CPU, int(seconds) + 2)


def lower_limit(kind: int, value: int) -> None:
    """Sets a limit of the system, within the one that it already has."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def serve_parent(channel: socket.socket, limits: Limits) -> None:
    """Answers requests, a first page with a descriptor each, until the parent is gone."""
    channel.sendall(encode_message(Ready()))
    while True:
        request, descriptors, _, _ = socket.recv_fds(channel, LENGTH.size, 1)
        if not request:
            return
        with os.fdopen(descriptors[0], "rb") as file:
            send_pages(channel, file, LENGTH.unpack(request)[0], limits)


def send_pages(channel: socket.socket, file: BinaryIO, first: int, limits: Limits) -> None:
    """Decodes a file and sends what comes of it, one page in memory at a time."""
    file.seek(0)
    arm_clock(limits)
    for message, raster in decode_file(file, first, limits):
        channel.sendall(encode_message(message))
        if raster is not None:
            channel.sendall(raster.data)
        del raster
        arm_clock(limits)


def main(arguments: list[str]) -> None:
    """Runs the process on the socket and the limits that the parent names."""
    limits = Limits(**json.loads(arguments[1]))
    limit_process(limits)
    with socket.socket(fileno=int(arguments[0])) as channel:
        serve_parent(channel, limits)


if __name__ == "__main__":
    main(sys.argv[1:])
