"""What a file is, judged by its first bytes and never by its name."""

from enum import StrEnum

HEAD_BYTES = 1024
"""A PDF may begin with that much foreign matter."""


class FileKind(StrEnum):
    """The formats that intake reads."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"


_OURS = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
    (b"II+\0\x08\0\0\0", FileKind.TIFF),
    (b"MM\0+\0\x08\0\0", FileKind.TIFF),
)
_FOREIGN = (
    (0, b"GIF8", "a GIF image"),
    (0, b"BM", "a BMP image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftypheic", "an HEIC photograph"),
    (4, b"ftypmif1", "an HEIF photograph"),
    (4, b"ftypavif", "an AVIF image"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 image"),
    (0, b"AT&TFORM", "a DjVu document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\xd0\xcf\x11\xe0", "an old office document"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"{\\rtf", "an RTF document"),
)


def recognise_kind(head: bytes) -> FileKind | None:
    """Names the format that the first bytes announce, or None where it is none of ours."""
    for magic, kind in _OURS:
        if head.startswith(magic):
            return kind
    return FileKind.PDF if b"%PDF-" in head[:HEAD_BYTES] else None


def name_foreign_kind(head: bytes) -> str:
    """Puts a format that intake does not read into words."""
    for offset, magic, words in _FOREIGN:
        if head.startswith(magic, offset):
            return words
    return "no image and no PDF that is known here"
