"""Reads the lines of a CSV extract as cells, whatever a file can say of its own encoding."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from workflow.registers.faults import WrongEncoding, WrongFormat

Row = tuple[int, list[str]]
"""Line of the file, and its cells."""

_SEPARATORS = (",", ";", "\t")
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LONGEST_LINE = 1 << 20
_HEAD_BYTES = 4096


def read_csv(stream: BinaryIO, count_known: Callable[[list[str]], int]) -> Iterator[Row]:
    """Every row that is not blank, the headings first; raises WrongEncoding or WrongFormat.

    Of comma, semicolon and tab, the one that separates the most known headings counts.
    """
    lines = _read_lines(stream)
    first = next(lines, None)
    if first is None:
        return
    separator = max(
        _SEPARATORS, key=lambda each: count_known(next(csv.reader([first], delimiter=each), []))
    )
    reader = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except (csv.Error, OSError) as error:
        raise WrongFormat(f"line {line}: {error}") from error


def _read_lines(stream: BinaryIO) -> Iterator[str]:
    head = stream.read(_HEAD_BYTES)
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    stream.seek(len(mark))
    encoding = _MARKS.get(mark, "utf-8")
    if encoding == "utf-8":
        if b"\0" in head:
            raise WrongEncoding("zero bytes, as in UTF-16 without its mark or in a binary file")
        yield from _read_utf8(stream)
    else:
        yield from _read_utf16(stream, encoding)


def _read_utf8(stream: BinaryIO) -> Iterator[str]:
    """Decoded line by line: a wrong byte is named with its line."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        _check_length(line, number)
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong = line[error.start]
            raise WrongEncoding(
                f"line {number}: byte {error.start + 1} is 0x{wrong:02x}"
            ) from error


def _read_utf16(stream: BinaryIO, encoding: str) -> Iterator[str]:
    number = 0
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        while line := text.readline(_LONGEST_LINE):
            number += 1
            _check_length(line, number)
            yield line
    except UnicodeDecodeError as error:
        raise WrongEncoding(f"behind line {number}: {error.reason}") from error
    finally:
        text.detach()


def _check_length(line: bytes | str, number: int) -> None:
    if len(line) >= _LONGEST_LINE:
        raise WrongFormat(f"line {number} does not end")
