"""Lays a page of somebody else's straight by its lines of print: nothing else is known of it."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import PAGE_WIDTH_PX, Grey

_SMALL_PX = 500
"""Longer side of the picture that the angle is looked for in."""
_STEEPEST_DEGREES = 12.0
_COARSE_DEGREES, _FINE_DEGREES = 1.5, 0.3
_PAPER = 255


def list_upright(grey: Grey) -> Iterator[Grey]:
    """The page with its lines level, first as it lies, then upside down; as wide as the frame."""
    quarter, degrees = _find_turn(_find_ink(grey))
    turned = np.ascontiguousarray(np.rot90(_fit_width(grey, quarter), quarter))
    level = _rotate(turned, degrees, _PAPER)
    yield level
    yield np.ascontiguousarray(np.rot90(level, 2))


def _find_ink(grey: Grey) -> Grey:
    """What is darker than its surroundings, small."""
    scale = _SMALL_PX / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.adaptiveThreshold(
            small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, blockSize=15, C=8
        ),
        np.uint8,
    )


def _find_turn(ink: Grey) -> tuple[int, float]:
    """Quarter turns and degrees after which rows of ink and rows of paper differ most."""
    sides = [np.ascontiguousarray(np.rot90(ink, quarter)) for quarter in (0, 1)]
    coarse = np.arange(-_STEEPEST_DEGREES, _STEEPEST_DEGREES + 0.1, _COARSE_DEGREES)
    quarter, rough = max(
        ((quarter, float(angle)) for quarter in (0, 1) for angle in coarse),
        key=lambda turn: _score_rows(sides[turn[0]], turn[1]),
    )
    fine = rough + np.arange(-_COARSE_DEGREES, _COARSE_DEGREES + 0.1, _FINE_DEGREES)
    return quarter, max(map(float, fine), key=lambda angle: _score_rows(sides[quarter], angle))


def _score_rows(ink: Grey, degrees: float) -> float:
    """How sharply rows change: lines of print that lie level begin and end at once."""
    rows = _rotate(ink, degrees, 0).sum(axis=1, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum())


def _fit_width(grey: Grey, quarter: int) -> Grey:
    """As wide as the frame once it is turned, so that print has its usual size."""
    scale = PAGE_WIDTH_PX / grey.shape[quarter == 0]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _rotate(picture: NDArray[np.uint8], degrees: float, outside: int) -> Grey:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    level = cv2.warpAffine(picture, turn, (width, height), borderValue=outside)
    return np.asarray(level, np.uint8)
