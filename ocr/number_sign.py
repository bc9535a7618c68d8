"""Finds the sign before a number, which Tesseract does not know, by its shape.

An N, and right behind it a small ring over a bar. Tesseract reads ring and bar as a
digit at times, and a house number has a digit too many with nothing to show for it.
Where a word begins like the sign in a known typeface, it is the sign, also where its
pieces touch; elsewhere it is where its pieces stand apart as they should.
"""

from collections.abc import Iterator
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.line_ink import LineInk
from ocr.number_shapes import Box, measure_likeness

_ALIKE = 0.89
"""Likeness of what is the sign."""
_HEIGHT_MM = (1.5, 6.0)
_LEAST_WIDTH, _LEAST_SPACE, _LEAST_BEFORE = 0.3, 0.12, 0.3
"""Width of the N, white before it, and what counts as a letter before it, in heights of the N."""
_EDGE = 0.1
"""Where the sign may end behind its shape, in heights of the N."""
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


def find_number_signs(line: LineInk) -> list[Span]:
    """Where the sign stands on a line, from left to right."""
    _, _, table, _ = cv2.connectedComponentsWithStats(line.ink, connectivity=8)
    boxes = np.asarray(table[1:, :4], np.int32)
    found = list(_find_alike(line, boxes))
    apart = _find_apart(np.asarray(boxes / line.px_per_mm, np.float64), line.px_per_mm)
    found += [one for one in apart if not any(_overlap(one, other) for other in found)]
    return sorted(found)


def _find_alike(line: LineInk, boxes: NDArray[np.int32]) -> Iterator[Span]:
    """Where words begin with what looks like the sign."""
    for box in _list_beginnings(boxes, line.px_per_mm):
        likeness = measure_likeness(line.picture, box)
        if likeness.score >= _ALIKE:
            yield box[0], _find_edge(line, likeness.right_px, _EDGE * box[3])


def _list_beginnings(boxes: NDArray[np.int32], px_per_mm: float) -> Iterator[Box]:
    """Ink as high as a letter with no letter right before it."""
    left, top, width, height = boxes.T
    for x, y, wide, high in boxes.tolist():
        lowest, highest = (limit * px_per_mm for limit in _HEIGHT_MM)
        near = (left < x) & (left + width > x - _LEAST_SPACE * high)
        level = (top < y + high) & (top + height > y) & (height > _LEAST_BEFORE * high)
        if lowest <= high < highest and wide >= _LEAST_WIDTH * high and not (near & level).any():
            yield x, y, wide, high


def _find_edge(line: LineInk, right_px: float, slack_px: float) -> int:
    """The column with the least ink near the end of the sign: a digit may touch it."""
    first = max(round(right_px - slack_px / 2), 0)
    columns = line.picture[:, first : round(right_px + slack_px) + 1]
    return first + int(columns.sum(axis=0, dtype=np.int64).argmax()) if columns.size else first


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _find_apart(boxes: NDArray[np.float64], px_per_mm: float) -> list[Span]:
    """Where N, ring and bar stand as in the sign; boxes in mm."""
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
