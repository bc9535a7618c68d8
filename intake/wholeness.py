"""Whether a picture's bytes are all there: decoders paint what is missing grey or white."""

import mmap
import struct
import zlib

Bytes = bytes | mmap.mmap

_JPEG_START_OF_SCAN = 0xDA
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xDA)})
"""Markers that no length follows."""
_ZLIB_INPUT_BYTES = 1 << 16
_ZLIB_OUTPUT_BYTES = 1 << 20


def is_whole_jpeg(data: Bytes) -> bool:
    """Whether the picture itself, not only a thumbnail inside it, has an end marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _JPEG_START_OF_SCAN:
            return data.rfind(b"\xff\xd9", at) >= 0  # nearly always at the very end
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


def is_whole_png(data: Bytes) -> bool:
    """Whether every chunk up to the end is there with the right checksum."""
    at = 8
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return False
        with memoryview(data) as view:
            checksum = zlib.crc32(view[at + 4 : at + 8 + length])
        if checksum != int.from_bytes(data[at + 8 + length : at + 12 + length], "big"):
            return False
        if name == b"IEND":
            return True
        at += 12 + length
    return False


def is_whole_zlib(data: bytes) -> bool:
    """Whether a compressed stream unpacks to its end and its checksum is right."""
    unpacker = zlib.decompressobj()
    try:
        for start in range(0, len(data), _ZLIB_INPUT_BYTES):
            rest = data[start : start + _ZLIB_INPUT_BYTES]
            while rest and not unpacker.eof:
                unpacker.decompress(rest, _ZLIB_OUTPUT_BYTES)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof
