"""Printed squares of known place: found to a fraction of a pixel by their four edges.

A corner marker is such a square, and so is each finder pattern of a page code.
Corners are where fitted edges cross, so that a blot on one corner, or ink
across an edge, moves them little; the edges also tell how sharp the scan is.
"""

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import Grey, Points, Square

_STEP_MM = 0.1
"""Between the samples of a profile across an edge."""
_PROFILES = 24
"""Profiles along each edge; outliers among them are dropped."""
_OUTLIER_MM = 0.12
"""A profile that crosses further from the fitted edge than this does not count."""


def refine_squares(grey: Grey, squares: Sequence[Square], reach_mm: float) -> tuple[Square, ...]:
    """Move the corners of squares to where their edges really cross.

    Args:
        grey: the page as decoded.
        squares: with corners right to about half of `reach_mm`.
        reach_mm: how far to look across each edge; less than the dark border is wide.
    """
    return tuple(_refine(grey, square, reach_mm) for square in squares)


def _refine(grey: Grey, square: Square, reach_mm: float) -> Square:
    size = float(np.linalg.norm(square.corners_mm[1] - square.corners_mm[0]))
    flat = np.array([(0, 0), (size, 0), (size, size), (0, size)], np.float32)
    to_px = np.asarray(
        cv2.getPerspectiveTransform(flat, square.corners_px.astype(np.float32)), np.float64
    )
    along, across = _sample_places(size, reach_mm)
    profiles = _sample_edges(grey, to_px, size, reach_mm)
    paper = _take_median(profiles[:, :, :3])
    dark = _take_median(profiles[:, :, -3:])
    crossings = _find_crossings(profiles, across, (paper + dark) / 2)
    offset, slope = _fit_edges(along - size / 2, crossings)
    corners = _cross_edges(offset, slope, size)
    moved = cv2.perspectiveTransform(corners[None], to_px)[0]
    return Square(
        square.name,
        square.corners_mm,
        np.asarray(moved, np.float64),
        _measure_edge(profiles, paper - dark),
        paper,
        dark,
    )


def _take_median(levels: NDArray[np.float32]) -> float:
    """The median of an even number of levels; for so few, numpy's own takes five times as long."""
    ranked = np.sort(levels, axis=None)
    middle = ranked.size // 2
    return float((ranked[middle - 1] + ranked[middle]) / 2)


@lru_cache(maxsize=16)
def _sample_places(size: float, reach_mm: float) -> tuple[Points, Points]:
    margin = max(reach_mm, 0.12 * size)
    along = np.linspace(margin, size - margin, _PROFILES)
    steps = round(reach_mm / _STEP_MM)
    return np.asarray(along), np.arange(-steps, steps + 1, dtype=np.float64) * _STEP_MM


@lru_cache(maxsize=16)
def _place_samples(size: float, reach_mm: float) -> Points:
    """1 x N x 2: where the samples of all profiles of all edges lie in the square."""
    t, u = np.meshgrid(*_sample_places(size, reach_mm), indexing="ij")
    far = size - u
    back = size - t
    edges = [np.stack(p, axis=-1) for p in ((t, u), (far, t), (back, far), (u, back))]
    return np.stack(edges).reshape(1, -1, 2)


def _sample_edges(
    grey: Grey, to_px: NDArray[np.float64], size: float, reach_mm: float
) -> NDArray[np.float32]:
    """Grey at 4 edges x profiles x samples, each profile from outside to inside."""
    px = cv2.perspectiveTransform(_place_samples(size, reach_mm), to_px)[0].astype(np.float32)
    edge = cv2.BORDER_REPLICATE
    found = cv2.remap(grey, px[None, :, 0], px[None, :, 1], cv2.INTER_LINEAR, borderMode=edge)
    return np.asarray(found, np.float32).reshape(4, _PROFILES, -1)


def _find_crossings(profiles: NDArray[np.float32], across: Points, level: float) -> Points:
    """Where each profile falls below the level, in mm inward; NaN where it never does."""
    below = profiles < level
    falls = ~below[:, :, :-1] & below[:, :, 1:]
    middle = falls.shape[2] / 2
    nearness = np.where(falls, -np.abs(np.arange(falls.shape[2]) + 0.5 - middle), -np.inf)
    at = nearness.argmax(axis=2)
    before = np.take_along_axis(profiles, at[..., None], 2)[..., 0]
    after = np.take_along_axis(profiles, at[..., None] + 1, 2)[..., 0]
    part = (before - level) / np.maximum(before - after, 1e-6)
    crossing = across[at] + part * _STEP_MM
    return np.where(falls.any(axis=2), crossing, np.nan)


def _fit_edges(way: Points, crossings: Points) -> tuple[Points, Points]:
    """Depth in the middle and slope of each edge's line, without the outliers."""
    seen = np.isfinite(crossings)
    values = np.where(seen, crossings, 0.0)
    weights = seen * (np.abs(values - _find_middles(crossings)[:, None]) < 4 * _OUTLIER_MM)
    for _ in range(3):
        depth, slope = _fit_lines(way, values, weights)
        away = np.abs(values - depth[:, None] - slope[:, None] * way)
        weights = seen * (away < _OUTLIER_MM)
    return _fit_lines(way, values, weights)


def _find_middles(crossings: Points) -> Points:
    """The median of each line's numbers; 0 where it has none."""
    # What is no number is sorted to the end.
    ranked, count = np.sort(crossings, axis=1), np.isfinite(crossings).sum(axis=1)
    each = np.arange(len(ranked))
    low, high = ranked[each, np.maximum(count - 1, 0) // 2], ranked[each, count // 2 * (count > 0)]
    return np.where(count > 0, (low + high) / 2, 0.0)


def _fit_lines(way: Points, values: Points, weights: Points) -> tuple[Points, Points]:
    """Least squares for each edge; an edge with few crossings stays where it was thought."""
    total = np.maximum(weights.sum(axis=1), 1e-9)
    mean_way = (weights * way).sum(axis=1) / total
    mean_value = (weights * values).sum(axis=1) / total
    centred = way - mean_way[:, None]
    spread = np.maximum((weights * centred**2).sum(axis=1), 1e-9)
    sure = weights.sum(axis=1) >= _PROFILES / 4
    slope = np.where(sure, (weights * centred * values).sum(axis=1) / spread, 0.0)
    return np.where(sure, mean_value - slope * mean_way, 0.0), slope


def _cross_edges(depth: Points, slope: Points, size: float) -> Points:
    """The four corners; edges are counted clockwise from the top, ways run clockwise.

    In corner k edge k begins and edge k - 1 ends, so the way on the one is the
    depth below the other: two equations in the two depths.
    """
    half = size / 2
    ended_depth, ended_slope = np.roll(depth, 1), np.roll(slope, 1)
    ended = ended_depth + ended_slope * (half - depth + slope * half)
    ended /= 1 + slope * ended_slope
    begun = depth + slope * (ended - half)
    return np.array(
        [
            (ended[0], begun[0]),
            (size - begun[1], ended[1]),
            (size - ended[2], size - begun[2]),
            (begun[3], size - ended[3]),
        ]
    )


def _measure_edge(profiles: NDArray[np.float32], contrast: float) -> float:
    """Width of a ramp as steep as the middle of the mean edge; large where there is none."""
    steepest = float(np.max(-np.diff(profiles.mean(axis=1), axis=1).min(axis=1), initial=0.0))
    return contrast * _STEP_MM / steepest if steepest > 0 else 10.0
