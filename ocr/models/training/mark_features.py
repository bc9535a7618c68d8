"""Boosted trees on measured features: what the network for marks is compared with.

    python -m ocr.models.training.mark_features --cache var/marks --forms 500

They read the same windows, and nothing of them is shipped; `marks.md` has the figures.
"""

import argparse
import logging
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from ocr.marks import VIEW_HEIGHT_PX, VIEW_PX_PER_MM, VIEW_WIDTH_PX
from ocr.models.training.mark_windows import Windows, keep_checks, keep_windows
from ocr.simulation.styles import Style

_log = logging.getLogger(__name__)
Rows = NDArray[np.float32]
_SECTORS, _RINGS_MM = 16, (0.0, 1.5, 2.6, 3.6, 4.8, 7.0)
_ANGLES, _OFFSETS_MM, _LINE_MM = 12, (-3.0, -1.5, 0.0, 1.5, 3.0), 0.5
_CELL_PX, _DIRECTIONS = 8, 6
_STROKE = 0.15
_Y, _X = np.mgrid[0:VIEW_HEIGHT_PX, 0:VIEW_WIDTH_PX].astype(np.float32)
_DOWN_MM = (_Y - VIEW_HEIGHT_PX / 2 + 0.5) / VIEW_PX_PER_MM
_ACROSS_MM = (_X - VIEW_WIDTH_PX / 2 + 0.5) / VIEW_PX_PER_MM


def measure_features(pixels: NDArray[np.uint8]) -> Rows:
    """N x features: how much ink lies where, which way it runs, and what it encloses."""
    masks = np.hstack([_mask_rings(), _mask_lines()])
    parts = []
    for start in range(0, len(pixels), 1024):
        ink = np.stack([_take_print_out(window) for window in pixels[start : start + 1024]])
        enclosed = np.array([_enclose(layer) for layer in ink], np.float32)
        parts.append(np.hstack([ink.reshape(len(ink), -1) @ masks, _measure_ways(ink), enclosed]))
    return np.vstack(parts)


def _take_print_out(window: NDArray[np.uint8]) -> Rows:
    drawn, printed = window.astype(np.float32) / 255
    expected = 0.75 * cv2.dilate(printed, np.ones((3, 3), np.uint8))
    return np.asarray(np.clip(drawn - expected, 0, 1), np.float32)


def _mask_rings() -> Rows:
    """Sectors of rings around the code."""
    away, turn = np.hypot(_DOWN_MM, _ACROSS_MM), np.arctan2(_DOWN_MM, _ACROSS_MM)
    sector = np.floor((turn + np.pi) / (2 * np.pi) * _SECTORS) % _SECTORS
    masks = [
        (sector == i) & (away >= inner) & (away < outer)
        for inner, outer in pairwise(_RINGS_MM)
        for i in range(_SECTORS)
    ]
    return _even_out(masks)


def _mask_lines() -> Rows:
    """Strips through the code and beside it, at all slants."""
    near = np.hypot(_DOWN_MM, _ACROSS_MM) < 5.0
    masks = []
    for angle in np.arange(_ANGLES) * np.pi / _ANGLES:
        off = _ACROSS_MM * np.sin(angle) - _DOWN_MM * np.cos(angle)
        masks += [near & (np.abs(off - mm) < _LINE_MM) for mm in _OFFSETS_MM]
    return _even_out(masks)


def _even_out(masks: list[NDArray[np.bool_]]) -> Rows:
    flat = np.stack([mask.ravel() for mask in masks], axis=1).astype(np.float32)
    return np.asarray(flat / np.maximum(flat.sum(axis=0), 1), np.float32)


def _measure_ways(ink: Rows) -> Rows:
    """Which way the edges of the ink run, in cells of 2 mm."""
    down, across = np.gradient(ink, axis=(1, 2))
    way = np.floor(np.arctan2(down, across) % np.pi / np.pi * _DIRECTIONS) % _DIRECTIONS
    strength = np.hypot(down, across)
    rows, columns = VIEW_HEIGHT_PX // _CELL_PX, VIEW_WIDTH_PX // _CELL_PX
    parts = []
    for i in range(_DIRECTIONS):
        part = np.where(way == i, strength, 0)[:, : rows * _CELL_PX, : columns * _CELL_PX]
        cells = part.reshape(len(ink), rows, _CELL_PX, columns, _CELL_PX).mean(axis=(2, 4))
        parts.append(cells.reshape(len(ink), -1))
    return np.asarray(np.hstack(parts), np.float32)


def _enclose(ink: Rows) -> tuple[float, float, float]:
    """What strokes enclose, with small gaps closed: its area, the middle's share, the ink's."""
    stroke = np.asarray(ink > _STROKE, np.uint8)
    closed = cv2.morphologyEx(stroke, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outside = cv2.copyMakeBorder(closed, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(outside, None, (0, 0), 2.0)
    inside = outside[1:-1, 1:-1] == 0
    middle = inside[np.hypot(_DOWN_MM, _ACROSS_MM) < 1.5]
    return float(inside.mean()), float(middle.mean()), float(stroke.mean())


def train_trees(windows: Windows, seed: int) -> HistGradientBoostingClassifier:
    """Boosted trees over the measured features."""
    trees = HistGradientBoostingClassifier(max_iter=300, learning_rate=0.1, random_state=seed)
    return trees.fit(measure_features(windows.pixels), windows.labels)


def main() -> None:
    """Train on windows of drawn forms and count on those that only check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder to keep windows in")
    parser.add_argument("--forms", type=int, default=500)
    parser.add_argument("--checks", type=int, default=100)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20)
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    keep = (Style.TRAINING, chosen.processes, chosen.cache)
    windows, checks = keep_windows(range(chosen.forms), *keep), keep_checks(chosen.checks, *keep)
    trees = train_trees(windows, chosen.seed)
    right = trees.predict(measure_features(checks.pixels)) == checks.labels
    _log.info("%d windows, %d checks right %.4f", len(windows), len(checks), right.mean())


if __name__ == "__main__":
    main()
