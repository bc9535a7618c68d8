"""The printed page code: reading it, and its finder patterns as squares of known place."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from form_templates.marks import CODE_REGIONS, PageCode, decode_page_code
from form_templates.model import Region
from ocr.frame import Grey, Points, Square, corners_mm
from ocr.squares import refine_squares

_MODULES = 21
_FINDER_MODULES = 7
_REACH_MM = 0.8
"""Of the search across a finder's edge; its border is 1.19 mm wide."""
_LONGEST_SOFT_PX = 2600
"""A larger picture is not tried at twice its size: time and memory."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """One page code in a picture."""

    code: PageCode
    corners_px: Points
    """Clockwise from the symbol's own top left."""


def read_codes(grey: Grey) -> tuple[FoundCode, ...]:
    """Read the page codes in a picture; where there seems to be none, in a better one of it."""
    for picture, factor in _try_pictures(grey):
        found = _read(picture, factor)
        if found:
            return found
    return ()


def _try_pictures(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """As it is; smoothed and of full contrast; the same at twice the size."""
    yield grey, 1.0
    soft = cv2.GaussianBlur(grey, (0, 0), 1.2)
    soft = cv2.normalize(soft, None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload]
    yield np.asarray(soft, np.uint8), 1.0
    if max(grey.shape) < _LONGEST_SOFT_PX:
        large = cv2.resize(soft, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        yield np.asarray(large, np.uint8), 2.0


def _read(grey: Grey, factor: float) -> tuple[FoundCode, ...]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = []
    for barcode in zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=formats):
        code = decode_page_code(barcode.text)
        at = barcode.position
        corners = np.array(
            [(p.x, p.y) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)],
            np.float64,
        )
        if code is not None:
            found.append(FoundCode(code, (corners + 0.5) / factor - 0.5))
    return tuple(found)


def find_finders(grey: Grey, found: FoundCode, place: int) -> tuple[Square, ...]:
    """The three finder patterns of a code, as squares for the place it may be printed in."""
    region = CODE_REGIONS[place]
    to_px = cv2.getPerspectiveTransform(
        corners_mm(region).astype(np.float32), found.corners_px.astype(np.float32)
    )
    size = region.width_mm * _FINDER_MODULES / _MODULES
    far = region.width_mm - size
    squares = []
    for name, x, y in (("left", 0.0, 0.0), ("right", far, 0.0), ("low", 0.0, far)):
        mm = corners_mm(Region(region.x_mm + x, region.y_mm + y, size, size))
        px = np.asarray(cv2.perspectiveTransform(mm[None], to_px)[0], np.float64)
        squares.append(Square(f"code:{place}:{name}", mm, px))
    return refine_squares(grey, squares, _REACH_MM)
