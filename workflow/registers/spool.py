"""Keeps the good rows of an extract on the disk until all of them have been looked at."""

import errno
import json
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from validation.registers import Entry
from workflow.errors import DiskFull
from workflow.registers.entries import describe_entry

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


SpooledRow = tuple[int, str, dict[str, Any]]


class Spool:
    """Good rows in a file without a name: however the program ends, nothing of them is left.

    In memory there are 24 bytes a row, whatever a row holds.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile("w+b", dir=folder)  # noqa: SIM115
        self._size = 0
        self._numbers, self._lines, self._starts = array("q"), array("q"), array("q")
        self._dropped: set[int] = set()

    def __enter__(self) -> Self:
        """The spool itself; it ends with the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Gives the room on the disk back; raises DiskFull where there was too little."""
        with suppress(OSError):  # what could not be written is not wanted any more
            self._file.close()
        if isinstance(error, OSError) and error.errno in FULL:
            raise DiskFull(error.strerror or "") from error

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._lines) - len(self._dropped)

    def add(self, line: int, personal_number: str, entry: Entry) -> None:
        """Keep one more row; lines only grow."""
        row = [line, personal_number, describe_entry(entry)]
        self._starts.append(self._size)
        self._size += self._file.write(json.dumps(row).encode() + b"\n")
        self._numbers.append(int(personal_number))
        self._lines.append(line)

    def drop(self, line: int) -> None:
        """Leave a row out after all."""
        self._dropped.add(line)

    def find_repeats(self) -> dict[int, int]:
        """Line of each row whose person stands in an earlier one already -> the first such line."""
        repeats: dict[int, int] = {}
        first = None
        for row in self._sort():
            if first is not None and self._numbers[row] == self._numbers[first]:
                repeats[self._lines[row]] = self._lines[first]
            else:
                first = row
        return repeats

    def read_rows(self) -> Iterator[SpooledRow]:
        """Line, person and entry as JSON, person by person: so a key is filled fastest."""
        for row in self._sort():
            if self._lines[row] not in self._dropped:
                self._file.seek(self._starts[row])
                yield json.loads(self._file.readline().decode())

    def _sort(self) -> Iterator[int]:
        """The rows by person, those of one person in the order of their lines."""
        if self._numbers:
            numbers = np.frombuffer(self._numbers, dtype=np.int64)
            yield from map(int, np.argsort(numbers, kind="stable"))
