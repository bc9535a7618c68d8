"""Corner markers: finding them in a scan of any turn and scale."""

from functools import cache

import cv2
import numpy as np

from form_templates.marks import MARKER_DICTIONARY, MARKERS, PAGE_HEIGHT_MM
from ocr.frame import Grey, Square, corners_mm
from ocr.page_sizes import shrink
from ocr.squares import refine_squares

_QUICK_PX_PER_MM = 3.2
"""A marker has 30 to 45 px then: enough for its 6 x 6 modules."""
_THOROUGH_PX_PER_MM = 5.0
_REACH_MM = 1.2
"""Of the search across an edge; the dark border is 1.67 mm wide."""
_QUICK_LEAST, _THOROUGH_LEAST = 0.08, 0.045
"""Perimeter of a marker, of the picture's longer side: the page fills three fifths of the
picture's height, or a third. The boxes of cells are smaller than the first and not looked at."""
_MOST = 0.6
_CORNER = 0.22
"""Of the picture's longer side: in so much of its corners stand the markers of a page that
fills it."""
_FLAT_MM = 1.0
"""Corners of the markers of one page that lies flat are no farther from where the others say."""
_SAME_PLACE = 0.5
"""Of a marker's side: two finds closer than this are one marker."""


def find_markers(grey: Grey) -> tuple[Square, ...]:
    """Find the corner markers of our pages; more than four where a picture shows two pages.

    A quick look at low resolution comes first, at nothing but the corners if they show one
    page; where it misses a marker, or the page is small in the picture, a thorough one follows.
    """
    small, factor = _reduce(grey, _QUICK_PX_PER_MM)
    found = _look_into_corners(small, factor)
    if not _is_one_page(found):
        found = _detect(_quick_detector(), small, factor)
    if len({square.name for square in found}) < len(MARKERS):
        more = _detect(_thorough_detector(), *_reduce(grey, _THOROUGH_PX_PER_MM))
        found = _join(found, more)
    return refine_squares(grey, found, _REACH_MM)


def _look_into_corners(small: Grey, factor: float) -> list[Square]:
    """The markers in the picture's four corners: a fifth of the work of looking everywhere."""
    side = max(1, round(_CORNER * max(small.shape)))
    bottom, right = (max(0, whole - side) for whole in small.shape)
    return [
        square
        for top, left in ((0, 0), (0, right), (bottom, 0), (bottom, right))
        for square in _detect(
            _corner_detector(),
            np.ascontiguousarray(small[top : top + side, left : left + side]),
            factor,
            (left, top),
        )
    ]


def _is_one_page(squares: list[Square]) -> bool:
    """Whether all markers are there once, as large and as far apart as on one flat page."""
    if len(squares) != len(MARKERS) or len({square.name for square in squares}) < len(MARKERS):
        return False
    places_mm = np.concatenate([square.corners_mm for square in squares])
    known = np.column_stack([places_mm, np.ones(len(places_mm))])
    px = np.concatenate([square.corners_px for square in squares])
    fitted = np.linalg.lstsq(known, px, rcond=None)[0]
    px_per_mm = np.sqrt(abs(np.linalg.det(fitted[:2])))
    return bool(np.abs(known @ fitted - px).max() < _FLAT_MM * px_per_mm)


def has_mirrored_markers(grey: Grey) -> bool:
    """Whether the picture shows our markers as in a mirror (a film, a wrong setting)."""
    small, _ = _reduce(grey, _QUICK_PX_PER_MM)
    return len(_detect(_quick_detector(), np.ascontiguousarray(small[:, ::-1]), 1.0)) >= 2


def _reduce(grey: Grey, px_per_mm: float) -> tuple[Grey, float]:
    """A smaller picture with about so many px per mm, if the page fills it; and px to px."""
    factor = max(1, int(max(grey.shape) / (PAGE_HEIGHT_MM * px_per_mm) + 0.3))
    if factor == 1:
        return grey, 1.0
    return shrink(grey, factor), float(factor)


def _detect(
    detector: cv2.aruco.ArucoDetector, grey: Grey, factor: float, start: tuple[int, int] = (0, 0)
) -> list[Square]:
    """The markers in a picture that starts so far to the right and down in a larger one."""
    corners, ids, _ = detector.detectMarkers(grey)
    if ids is None:
        return []
    squares = []
    for number, quad in zip(np.ravel(ids), corners, strict=True):
        region = MARKERS.get(int(number))
        if region is not None:
            # Middles of pixels: the middle of a big pixel lies between those of the small ones.
            px = (np.asarray(quad, np.float64).reshape(4, 2) + start + 0.5) * factor - 0.5
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
def _corner_detector() -> cv2.aruco.ArucoDetector:
    """The quick one for a part of the picture, of whose side OpenCV takes the perimeters."""
    return _make_detector(13, 13, _QUICK_LEAST / _CORNER, _MOST / _CORNER)


@cache
def _thorough_detector() -> cv2.aruco.ArucoDetector:
    return _make_detector(7, 31, _THOROUGH_LEAST)


def _make_detector(
    smallest: int, largest: int, least_perimeter: float, most_perimeter: float = _MOST
) -> cv2.aruco.ArucoDetector:
    settings = cv2.aruco.DetectorParameters()
    settings.adaptiveThreshWinSizeMin = smallest
    settings.adaptiveThreshWinSizeMax = largest
    settings.adaptiveThreshWinSizeStep = 12
    settings.minMarkerPerimeterRate = least_perimeter
    settings.maxMarkerPerimeterRate = most_perimeter
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, MARKER_DICTIONARY))
    return cv2.aruco.ArucoDetector(dictionary, settings)
