"""Pictures for people: of whole pages as scanned, and of one place turned upright."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region, enclose
from ocr.frame import Grey, Points, corners_mm
from ocr.readings import Quad
from ocr.registration import to_grey

_JPEG_QUALITY = 80
_SMALL_WIDTH_PX = 240
"""A small picture has at least this width, if the page has."""
_REDUCTIONS = (
    cv2.IMREAD_REDUCED_GRAYSCALE_8,
    cv2.IMREAD_REDUCED_GRAYSCALE_4,
    cv2.IMREAD_REDUCED_GRAYSCALE_2,
    cv2.IMREAD_GRAYSCALE,
)
"""A JPEG is decoded at a fraction of its size at a fraction of the cost; smallest first."""
_BEYOND_PAPER = 235
"""Grey of what lies outside the scan."""


def write_jpeg(pixels: NDArray[np.uint8]) -> bytes:
    """A page as a grey JPEG of the same size."""
    written, content = cv2.imencode(
        ".jpg", to_grey(pixels), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    )
    assert written
    return content.tobytes()


def read_jpeg(content: bytes) -> Grey | None:
    """The pixels of a picture written here; None where it is spoilt."""
    return _decode(content, cv2.IMREAD_GRAYSCALE)


def shrink_jpeg(content: bytes) -> bytes | None:
    """A picture written here as a small one, for overviews; None where it is spoilt."""
    small = None
    for reduction in _REDUCTIONS:
        small = _decode(content, reduction)
        if small is None or small.shape[1] >= _SMALL_WIDTH_PX:
            break
    return None if small is None else write_jpeg(small)


def _decode(content: bytes, how: int) -> Grey | None:
    if not content:
        return None
    pixels = cv2.imdecode(np.frombuffer(content, np.uint8), how)
    return None if pixels is None else np.asarray(pixels, np.uint8)


def cut_upright(
    picture: Grey, region: Region, quad: Quad, shown: Iterable[Region], margin_mm: float
) -> Grey:
    """Some places of a page with a margin, upright however the page lay on the scanner.

    The region's four corners in the scan tell the turn and the scale; the picture has
    the scan's own resolution.
    """
    frame = enclose([region, *shown]).grown(margin_mm)
    to_scan = _fit(corners_mm(region), np.array(quad, dtype=np.float64))
    px_per_mm = float(np.sqrt(abs(np.linalg.det(to_scan[:, :2]))))
    size = (round(frame.width_mm * px_per_mm), round(frame.height_mm * px_per_mm))
    to_frame = np.array([[1 / px_per_mm, 0, frame.x_mm], [0, 1 / px_per_mm, frame.y_mm], [0, 0, 1]])
    cut = cv2.warpAffine(
        picture,
        to_scan @ to_frame,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(_BEYOND_PAPER,),
    )
    return np.asarray(cut, np.uint8)


def _fit(points_mm: Points, points_px: Points) -> Points:
    """The affine map (2 x 3) that sends the points nearest to where they lie in the scan."""
    known = np.column_stack([points_mm, np.ones(len(points_mm))])
    return np.asarray(np.linalg.lstsq(known, points_px, rcond=None)[0].T, dtype=np.float64)
