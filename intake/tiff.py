"""The directories of a TIFF file, read before any decoder trusts them."""

import struct
from dataclasses import dataclass

from intake.wholeness import Bytes

_SUBFILE_TYPE, _WIDTH = 254, 256
_EXTENTS = ((273, 279), (324, 325))
"""Tags of offsets and lengths: strips, tiles."""
_WANTED = frozenset({_SUBFILE_TYPE, _WIDTH, *(tag for pair in _EXTENTS for tag in pair)})
_NUMBERS = {3: "H", 4: "I", 16: "Q"}
_REDUCED_IMAGE = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """How numbers are stored: classic or big, in either byte order."""

    order: str
    count: str
    """Format of the number of entries."""
    link: str
    """Format of an offset."""

    @property
    def entry_bytes(self) -> int:
        """Length of one entry: tag, type, count, value."""
        return 4 + 2 * struct.calcsize(self.link)


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of the file."""

    number: int
    """Place in the chain, from 0."""
    offset: int
    whole: bool
    """All of its data lie inside the file."""


Tags = dict[int, tuple[int, ...]]


def list_directories(data: Bytes, most: int) -> tuple[list[Directory], bool]:
    """The pages of a file, at most `most`, and whether the chain of them is whole.

    A reduced copy of the page before it, which some scanners add, is no page.
    """
    layout = _read_layout(data)
    pages: list[Directory] = []
    seen: set[int] = set()
    last_width = 0
    try:
        offset = _unpack(data, layout, layout.link, 8 if layout.link == "Q" else 4)
        while offset and len(pages) < most:
            if offset in seen:
                return pages, False
            tags, following = _read_directory(data, layout, offset)
            width = tags.get(_WIDTH, (0,))[0]
            reduced = tags.get(_SUBFILE_TYPE, (0,))[0] & _REDUCED_IMAGE
            if not (reduced and width < last_width):
                pages.append(Directory(len(seen), offset, _is_inside(tags, len(data))))
                last_width = width
            seen.add(offset)
            offset = following
    except (struct.error, OverflowError):
        return pages, False
    return pages, True


def point_to(data: Bytes, directory: Directory) -> bytes:
    """The same file with one directory as its first, for a reader that stops at a bad one."""
    layout = _read_layout(data)
    start = 8 if layout.link == "Q" else 4
    link = struct.pack(layout.order + layout.link, directory.offset)
    return data[:start] + link + data[start + len(link) :]


def _read_layout(data: Bytes) -> Layout:
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    return Layout(order, *("QQ" if big else "HI"))


def _unpack(data: Bytes, layout: Layout, format_: str, offset: int) -> int:
    value: int = struct.unpack_from(layout.order + format_, data, offset)[0]
    return value


def _read_directory(data: Bytes, layout: Layout, offset: int) -> tuple[Tags, int]:
    """The wanted tags of a directory and the offset of the next; struct.error if cut off."""
    entries = _unpack(data, layout, layout.count, offset)
    first = offset + struct.calcsize(layout.order + layout.count)
    after = first + entries * layout.entry_bytes
    following = _unpack(data, layout, layout.link, after)
    tags: Tags = {}
    for at in range(first, after, layout.entry_bytes):
        tag = _unpack(data, layout, "H", at)
        if tag in _WANTED:
            tags[tag] = _read_values(data, layout, at)
    return tags, following


def _read_values(data: Bytes, layout: Layout, entry: int) -> tuple[int, ...]:
    number = _NUMBERS.get(_unpack(data, layout, "H", entry + 2))
    count = _unpack(data, layout, layout.link, entry + 4)
    if number is None or count == 0:
        return (0,)
    if count > len(data):
        raise struct.error("more values than the file has bytes")
    format_ = f"{layout.order}{count}{number}"
    at = entry + 4 + struct.calcsize(layout.link)
    if struct.calcsize(format_) > struct.calcsize(layout.link):
        at = _unpack(data, layout, layout.link, at)
    return struct.unpack_from(format_, data, at)


def _is_inside(tags: Tags, size: int) -> bool:
    """Whether strips or tiles are named and end within the file, none of them empty."""
    for offsets, lengths in _EXTENTS:
        if offsets in tags:
            pairs = zip(tags[offsets], tags.get(lengths, ()), strict=False)
            return all(length > 0 and at + length <= size for at, length in pairs)
    return False
