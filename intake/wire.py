"""What the decoding process says to its parent: short headers, pixels behind them.

The parent trusts nothing it is told: every message checks itself when it is made.
"""

import json
import struct
from dataclasses import asdict, dataclass

from intake.errors import FaultCode

LENGTH = struct.Struct("<I")
"""Bytes of the header that follows; also how the parent names the first page it wants."""
MAX_HEADER_BYTES = 4096
MAX_TEXT_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has started and set its limits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The file could be opened and claims so many pages."""

    pages: int

    def __post_init__(self) -> None:
        _check_whole(self.pages)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page follows: `size_bytes` of pixels, row after row."""

    width_px: int
    height_px: int
    channels: int
    stride_bytes: int
    """Of one row; at least width x channels."""
    dpi: float | None

    def __post_init__(self) -> None:
        _check_whole(self.width_px, self.height_px, self.channels, self.stride_bytes)
        if self.width_px < 1 or self.height_px < 1 or self.channels not in (1, 3):
            raise ValueError("impossible page size")
        if not isinstance(self.dpi, float | int | None):
            raise ValueError("impossible resolution")
        if not 0 <= self.stride_bytes - self.width_px * self.channels < 64:
            raise ValueError("impossible row length")

    @property
    def size_bytes(self) -> int:
        """Bytes that follow the header."""
        return self.stride_bytes * self.height_px


@dataclass(frozen=True, slots=True)
class Failed:
    """The next page, or what lies behind the last one, could not be decoded."""

    code: str
    message: str

    def __post_init__(self) -> None:
        FaultCode(self.code)
        object.__setattr__(self, "message", _clean_text(self.message))


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing more comes of this file."""


Message = Ready | Opened | Decoded | Failed | Finished
_TYPES: dict[str, type[Message]] = {
    kind.__name__: kind for kind in (Ready, Opened, Decoded, Failed, Finished)
}


def _check_whole(*values: object) -> None:
    if not all(isinstance(value, int) for value in values):
        raise ValueError("not a whole number")


def _clean_text(text: str) -> str:
    """What is fit to be shown, whoever wrote it."""
    return "".join(letter for letter in text if letter.isprintable())[:MAX_TEXT_LETTERS]


def encode_message(message: Message) -> bytes:
    """The header as it goes over the wire, its length first."""
    header = json.dumps({"type": type(message).__name__, **asdict(message)}).encode("ascii")
    return LENGTH.pack(len(header)) + header


def parse_message(header: bytes) -> Message:
    """Reads a header back; raises ValueError where it is none."""
    try:
        fields = json.loads(header)
        return _TYPES[fields.pop("type")](**fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no message: {header[:80]!r}") from error
