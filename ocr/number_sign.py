"""Finds the sign before a number, which Tesseract does not know, by its shape.

An N, and right behind it a small ring over a bar. Tesseract reads ring and bar as a
digit at times, and a house number has a digit too many with nothing to show for it.
"""

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

_BAR_HEIGHT_MM, _BAR_WIDTH_MM = 0.5, (0.4, 2.2)
_RING_MM = (0.4, 2.2)
_MOST_GAP_MM = 0.8
"""Between ring and bar, and between them and the N."""
_LEAST_OVERLAP = 0.6
"""Of ring and bar, as a share of the wider one."""
_LEAST_LETTER = 1.15
"""Height of the N in heights of the ring."""

Span = tuple[int, int]
"""Left and right in px."""


def find_number_signs(ink: NDArray[np.uint8], px_per_mm: float) -> list[Span]:
    """Where the sign stands on a line, from left to right; none where ring and bar touch."""
    _, _, table, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = table[1:, :4] / px_per_mm
    bars = [box for box in boxes if _is_bar(box)]
    rings = [box for box in boxes if all(_RING_MM[0] <= side <= _RING_MM[1] for side in box[2:])]
    pairs = [(ring, bar) for ring, bar in product(rings, bars) if _stands_over(ring, bar)]
    spans = [(box, pair) for box in boxes for pair in pairs if _is_letter_before(box, *pair)]
    found = {
        (round(box[0] * px_per_mm), round(max(_right(part) for part in pair) * px_per_mm))
        for box, pair in spans
    }
    return sorted(found)


def _right(box: NDArray[np.float64]) -> float:
    return float(box[0] + box[2])


def _bottom(box: NDArray[np.float64]) -> float:
    return float(box[1] + box[3])


def _is_bar(box: NDArray[np.float64]) -> bool:
    _, _, width, height = box
    narrowest, widest = _BAR_WIDTH_MM
    return bool(height < _BAR_HEIGHT_MM and narrowest < width < widest and width > 2 * height)


def _stands_over(ring: NDArray[np.float64], bar: NDArray[np.float64]) -> bool:
    shared = min(_right(ring), _right(bar)) - max(ring[0], bar[0])
    gap = bar[1] - _bottom(ring)
    return bool(0 <= gap < _MOST_GAP_MM and shared >= _LEAST_OVERLAP * max(ring[2], bar[2]))


def _is_letter_before(
    box: NDArray[np.float64], ring: NDArray[np.float64], bar: NDArray[np.float64]
) -> bool:
    """Whether a box is the N: higher than the ring, down to the bar, close before both."""
    gap = min(ring[0], bar[0]) - _right(box)
    return bool(
        abs(gap) < _MOST_GAP_MM
        and box[0] < ring[0]
        and box[3] > _LEAST_LETTER * ring[3]
        and _bottom(box) >= bar[1] - _MOST_GAP_MM / 2
    )
