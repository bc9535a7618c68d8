"""What the skeleton of a PDF says about missing parts; the drawing library keeps silent."""

import mmap
import re
from enum import Enum, auto
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

_TAIL_BYTES = 2048
_CATALOG_BYTES = 2048
_UPWARD = frozenset({"/Parent", "/P", "/Dest", "/A", "/B", "/StructParent"})
"""Keys that lead away from what a page shows."""
_MOST_OBJECTS = 20_000
_UNREADABLE = (PyPdfError, RecursionError, ValueError, TypeError, LookupError, AttributeError)
"""What the reader raises on damage, besides its own errors."""


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


class Skeleton:
    """The object tree of a PDF as a second, forgiving reader sees it."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._reader = PdfReader(file, strict=False)

    def lacks_parts(self, index: int) -> bool:
        """Whether a page refers to anything that is not in the file."""
        try:
            return _lacks_objects(self._reader.pages[index])
        except _UNREADABLE:
            return True

    def places_drawings(self, index: int) -> bool:
        """Whether a page's contents place any image or form, be it in the file or not."""
        try:
            contents = self._reader.pages[index].get_contents()
            return contents is not None and bool(re.search(rb"\bDo\b", contents.get_data()))
        except _UNREADABLE:
            return True


def _lacks_objects(page: DictionaryObject) -> bool:
    """Follows all references from a page, but not those back to its tree."""
    pending: list[Any] = [value for key, value in page.items() if key not in _UPWARD]
    seen: set[tuple[int, int]] = set()
    while pending:
        item = pending.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
            if item is None or isinstance(item, NullObject) or len(seen) > _MOST_OBJECTS:
                return True
        if isinstance(item, DictionaryObject):
            pending += [value for key, value in item.items() if key not in _UPWARD]
        elif isinstance(item, ArrayObject):
            pending += item
    return False
