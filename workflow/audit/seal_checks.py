"""Whether the seals are whole: each line against the one before, and against the store's rows."""

import json
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from workflow.audit.chain import START, hash_text
from workflow.audit.faults import Fault, Wrong
from workflow.audit.seals import Seal


def read_seal_lines(path: Path) -> list[str]:
    """The lines of a file of seals; none where there is no file."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def check_lines(lines: Sequence[str]) -> tuple[tuple[Seal, ...], Fault | None]:
    """The sound seals of a file from the first on, and what is wrong with the one after them."""
    seals: list[Seal] = []
    previous = START
    for number, line in enumerate(lines, 1):
        seal = _read_seal(line)
        if seal is not None and seal.number > number:
            return tuple(seals), Fault(Wrong.SEAL_MISSING, number, "in the file")
        if seal is None or (seal.number, seal.previous) != (number, previous):
            return tuple(seals), Fault(Wrong.SEAL_CHANGED, number)
        seals.append(seal)
        previous = hash_text(line)
    return tuple(seals), None


def compare_with_rows(lines: Sequence[str], rows: Sequence[str]) -> Fault | None:
    """The first seal that the file and the store do not have alike."""
    for number, (line, row) in enumerate(zip_longest(lines, rows), 1):
        if line is None:
            return Fault(Wrong.SEAL_MISSING, number, "in the file")
        if row is None:
            return Fault(Wrong.SEAL_MISSING, number, "in the store")
        if line != row:
            return Fault(Wrong.SEAL_CHANGED, number, "the file and the store differ")
    return None


def _read_seal(line: str) -> Seal | None:
    """The seal that a line writes, if it writes one exactly."""
    try:
        seal = Seal(**json.loads(line))
        written = seal.write()
    except (TypeError, ValueError):
        return None
    numbers, texts = (seal.number, seal.seq), (seal.day, seal.hash, seal.sealed_at, seal.previous)
    typed = all(type(n) is int for n in numbers) and all(isinstance(t, str) for t in texts)
    return seal if typed and written == line else None
