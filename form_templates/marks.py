"""Corner markers and the page code: geometry shared by print and scan.

Measured before choosing: ArUco 4x4 of 10 mm is found in heavily degraded scans
without a false id, and a QR code of 25 mm at level H with nine characters reads
where DataMatrix and Code 128 fail. The code is printed twice, in opposite
corners, so that one torn corner never takes both.
"""

import zlib
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from form_templates.model import Region

PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0

MARKER_SIZE_MM = 10.0
MARKER_DICTIONARY = "DICT_4X4_50"
MARKERS: dict[int, Region] = {
    0: Region(8.0, 8.0, MARKER_SIZE_MM, MARKER_SIZE_MM),
    1: Region(192.0, 8.0, MARKER_SIZE_MM, MARKER_SIZE_MM),
    2: Region(192.0, 279.0, MARKER_SIZE_MM, MARKER_SIZE_MM),
    3: Region(8.0, 279.0, MARKER_SIZE_MM, MARKER_SIZE_MM),
}
"""Marker id -> place; clockwise from the top left."""

CODE_SIZE_MM = 25.0
CODE_REGIONS = (
    Region(161.0, 8.0, CODE_SIZE_MM, CODE_SIZE_MM),
    Region(24.0, 264.0, CODE_SIZE_MM, CODE_SIZE_MM),
)
"""The two places of the page code: top right and bottom left, modules edge to edge."""

BODY = Region(10.0, 36.0, 190.0, 225.0)
"""Where questions may stand."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CODE_LENGTH = 9
_WIDTHS = (("edition", 9), ("page", 5), ("sheet", 6), ("serial", 22))
_CHECK_BITS = 7
MOST_SERIALS = (1 << dict(_WIDTHS)["serial"]) - 1
"""Serials run from 1 to this."""


@dataclass(frozen=True, slots=True)
class PageCode:
    """What the printed code of a page says."""

    edition: int
    """Number of the edition, 1 to 511."""
    page: int
    """1 to 31."""
    sheet: int
    """1 to 63."""
    serial: int
    """Of the paper copy; 0 for a plain print."""

    def __post_init__(self) -> None:
        for name, bits in _WIDTHS:
            value = getattr(self, name)
            if not (0 if name == "serial" else 1) <= value < 1 << bits:
                raise ValueError(f"{name} {value} does not fit into {bits} bits of the page code")


def _check(payload: int) -> int:
    return zlib.crc32(payload.to_bytes(8, "big")) & ((1 << _CHECK_BITS) - 1)


def encode_page_code(code: PageCode) -> str:
    """The nine characters that are printed; the last seven bits check the rest."""
    payload = 0
    for name, bits in _WIDTHS:
        payload = payload << bits | getattr(code, name)
    number = payload << _CHECK_BITS | _check(payload)
    characters = []
    for _ in range(CODE_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))


def decode_page_code(text: str) -> PageCode | None:
    """What a scanned code says, or None where it is none of ours or misread."""
    if len(text) != CODE_LENGTH or any(c not in ALPHABET for c in text):
        return None
    number = 0
    for character in text:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    payload, check = number >> _CHECK_BITS, number & ((1 << _CHECK_BITS) - 1)
    if payload >> sum(bits for _, bits in _WIDTHS) or check != _check(payload):
        return None
    values = {}
    for name, bits in reversed(_WIDTHS):
        payload, values[name] = payload >> bits, payload & ((1 << bits) - 1)
    try:
        return PageCode(**values)
    except ValueError:
        return None


def marker_modules(number: int) -> NDArray[np.uint8]:
    """A corner marker as 6 x 6 modules, 0 black and 255 white."""
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, MARKER_DICTIONARY))
    return np.asarray(cv2.aruco.generateImageMarker(dictionary, number, 6), dtype=np.uint8)


def code_modules(code: PageCode) -> NDArray[np.uint8]:
    """The page code as 21 x 21 modules of a QR code at level H, 0 black and 255 white."""
    barcode = zxingcpp.create_barcode(
        encode_page_code(code), zxingcpp.BarcodeFormat.QRCode, ec_level="H"
    )
    picture = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    return np.asarray(picture, dtype=np.uint8)
