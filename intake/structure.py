"""How a PDF ends, which says whether pages and objects behind may be missing."""

import mmap
import re
from enum import Enum, auto

_TAIL_BYTES = 2048
_CATALOG_BYTES = 2048


class Ending(Enum):
    """How a PDF ends."""

    WHOLE = auto()
    """With an index where its last lines say it is."""
    REPAIRED = auto()
    """The last lines are there, but the index is not where they say."""
    CUT_OFF = auto()
    """The last lines are missing: objects and pages may be, too."""


def judge_ending(data: mmap.mmap) -> Ending:
    """Looks at the last lines of a PDF and at the index they point to."""
    end = _find_end(data)
    tail = data[max(0, end - _TAIL_BYTES) : end]
    if b"%%EOF" not in tail:
        return Ending.CUT_OFF
    found = re.findall(rb"startxref\s+(\d{1,15})\s", tail)
    if not found:
        return Ending.CUT_OFF
    start = max(0, data.find(b"%PDF-", 0, 1024))
    for offset in (int(found[-1]), int(found[-1]) + start):
        if re.match(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)", data[offset : offset + 64]):
            return Ending.WHOLE
    return Ending.REPAIRED


def _find_end(data: mmap.mmap) -> int:
    """Where the zeros begin that some programs fill a file up with."""
    end = len(data)
    while end > 0 and not data[max(0, end - _TAIL_BYTES) : end].strip(b"\0"):
        end -= _TAIL_BYTES
    start = max(0, end - _TAIL_BYTES)
    return start + len(data[start : max(end, 0)].rstrip(b"\0"))


def mend_ending(data: mmap.mmap) -> bytearray:
    """Ends a PDF that is cut off behind its last whole object, with lines that name the root.

    Readers then search all of it for objects; what was cut is missing rather
    than half there.
    """
    mended = bytearray(data[: data.rfind(b"endobj") + len(b"endobj")])
    roots = [
        place.groups()
        for place in re.finditer(rb"(\d{1,10}) +(\d{1,5}) +obj\b", mended)
        if _is_catalog(mended[place.end() : place.end() + _CATALOG_BYTES])
    ]
    if roots:  # the last is of the latest revision
        lines = b"\ntrailer\n<</Root %b %b R>>\nstartxref\n0\n%%%%EOF\n"
        mended += lines % roots[-1]
    return mended


def _is_catalog(following: bytearray) -> bool:
    return bool(re.search(rb"/Type\s*/Catalog\b", following.partition(b"endobj")[0]))
