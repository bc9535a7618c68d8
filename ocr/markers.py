"""Corner markers: finding them in a scan of any turn and scale."""

from functools import cache

import cv2
import numpy as np

from form_templates.marks import MARKER_DICTIONARY, MARKERS, PAGE_HEIGHT_MM
from ocr.frame import Grey, Square, corners_mm
from ocr.squares import refine_squares

_QUICK_PX_PER_MM = 3.2
"""A marker has 30 to 45 px then: enough for its 6 x 6 modules."""
_THOROUGH_PX_PER_MM = 5.0
_REACH_MM = 1.2
"""Of the search across an edge; the dark border is 1.67 mm wide."""
_QUICK_LEAST, _THOROUGH_LEAST = 0.08, 0.045
"""Perimeter of a marker, of the picture's longer side: the page fills three fifths of the
picture's height, or a third. The boxes of cells are smaller than the first and not looked at."""
_SAME_PLACE = 0.5
"""Of a marker's side: two finds closer than this are one marker."""


def find_markers(grey: Grey) -> tuple[Square, ...]:
    """Find the corner markers of our pages; more than four where a picture shows two pages.

    A quick look at low resolution comes first; where it misses a marker, or the page
    is small in the picture, a thorough one follows.
    """
    found = _detect(_quick_detector(), *_reduce(grey, _QUICK_PX_PER_MM))
    if len({square.name for square in found}) < len(MARKERS):
        more = _detect(_thorough_detector(), *_reduce(grey, _THOROUGH_PX_PER_MM))
        found = _join(found, more)
    return refine_squares(grey, found, _REACH_MM)


def has_mirrored_markers(grey: Grey) -> bool:
    """Whether the picture shows our markers as in a mirror (a film, a wrong setting)."""
    small, _ = _reduce(grey, _QUICK_PX_PER_MM)
    return len(_detect(_quick_detector(), np.ascontiguousarray(small[:, ::-1]), 1.0)) >= 2


def _reduce(grey: Grey, px_per_mm: float) -> tuple[Grey, float]:
    """A smaller picture with about so many px per mm, if the page fills it; and px to px."""
    factor = max(1, int(max(grey.shape) / (PAGE_HEIGHT_MM * px_per_mm) + 0.3))
    if factor == 1:
        return grey, 1.0
    height, width = grey.shape[0] // factor, grey.shape[1] // factor
    whole = grey[: height * factor, : width * factor]
    small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), float(factor)


def _detect(detector: cv2.aruco.ArucoDetector, grey: Grey, factor: float) -> list[Square]:
    corners, ids, _ = detector.detectMarkers(grey)
    if ids is None:
        return []
    squares = []
    for number, quad in zip(np.ravel(ids), corners, strict=True):
        region = MARKERS.get(int(number))
        if region is not None:
            # Middles of pixels: the middle of a big pixel lies between those of the small ones.
            px = (np.asarray(quad, np.float64).reshape(4, 2) + 0.5) * factor - 0.5
            squares.append(Square(f"marker:{number}", corners_mm(region), px))
    return squares


def _join(first: list[Square], second: list[Square]) -> list[Square]:
    joined = list(first)
    for square in second:
        if not any(_is_same(square, other) for other in joined):
            joined.append(square)
    return joined


def _is_same(one: Square, other: Square) -> bool:
    apart = one.corners_px.mean(axis=0) - other.corners_px.mean(axis=0)
    side = np.linalg.norm(one.corners_px[1] - one.corners_px[0])
    return one.name == other.name and bool(np.linalg.norm(apart) < _SAME_PLACE * side)


@cache
def _quick_detector() -> cv2.aruco.ArucoDetector:
    return _make_detector(13, 13, _QUICK_LEAST)


@cache
def _thorough_detector() -> cv2.aruco.ArucoDetector:
    return _make_detector(7, 31, _THOROUGH_LEAST)


def _make_detector(smallest: int, largest: int, least_perimeter: float) -> cv2.aruco.ArucoDetector:
    settings = cv2.aruco.DetectorParameters()
    settings.adaptiveThreshWinSizeMin = smallest
    settings.adaptiveThreshWinSizeMax = largest
    settings.adaptiveThreshWinSizeStep = 12
    settings.minMarkerPerimeterRate = least_perimeter
    settings.maxMarkerPerimeterRate = 0.6
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, MARKER_DICTIONARY))
    return cv2.aruco.ArucoDetector(dictionary, settings)
