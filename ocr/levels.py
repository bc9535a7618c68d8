"""Grey levels: exchanged, and ranked by counting; sorting pixels takes ten times as long."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray


def count_levels(levels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many of many pixels are of each of the 256 levels, or darker."""
    flat = np.ascontiguousarray(levels).reshape(1, -1)
    counts = cv2.calcHist([flat], [0], None, [256], [0, 256])
    return np.asarray(np.cumsum(np.asarray(counts).ravel(), dtype=np.int64))


def exchange_levels(pixels: NDArray[np.uint8], levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixels with another level in place of each of the 256."""
    if not pixels.size:  # OpenCV makes nothing at all of no pixels
        return pixels
    return np.asarray(cv2.LUT(pixels, levels), np.uint8).reshape(pixels.shape)


def find_rank(counts: NDArray[np.int64], share: float) -> float:
    """The level that such a share of the pixels is darker than, between two levels where need be.

    Args:
        counts: as `count_levels` gives them, of one pixel at least.
        share: 0 to 1; a half asks for the median.
    """
    place = (int(counts[-1]) - 1) * share
    below = int(place)
    low, high = np.searchsorted(counts, (below, min(below + 1, int(counts[-1]) - 1)), side="right")
    return float(low) + float(high - low) * (place - below)


def take_median(levels: NDArray[np.uint8]) -> float:
    """The median of the levels of one pixel or more."""
    return find_rank(count_levels(levels), 0.5)


def find_middle_of(values: NDArray[np.floating[Any]]) -> float:
    """The median of a few numbers, one or more; asking numpy for it takes ten times as long."""
    ordered = np.sort(values, axis=None)
    below, above = (len(ordered) - 1) // 2, len(ordered) // 2
    return (float(ordered[below]) + float(ordered[above])) / 2
