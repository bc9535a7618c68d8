"""What the skeleton of a PDF says about missing parts; the drawing library keeps silent."""

import re
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

_UPWARD = frozenset({"/Parent", "/P", "/Dest", "/A", "/B", "/StructParent"})
"""Keys that lead away from what a page shows."""
_MOST_OBJECTS = 20_000
_UNREADABLE = (PyPdfError, RecursionError, ValueError, TypeError, LookupError, AttributeError)
"""What the reader raises on damage, besides its own errors."""


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
