"""Circles around codes, and strokes inside them: a circle crossed by one line is no answer.

A circle leaves its inside clean. Seen from the code, its line lies about equally far all
round, while a line through the code comes nearer in some directions; so a smooth closed
curve is laid through what is nearest in most, and ink well within it is a stroke.
The network sees such lines too, but misses one in a hundred.
"""

import numpy as np

from form_templates.model import Region
from ocr.frame import PX_PER_MM
from ocr.ink import STROKE_LEVEL, Ink

_SCALE = PX_PER_MM // 2
_REACH_MM = 8.0
"""From the middle of a code: wider circles run beyond."""
_DIRECTIONS, _FEWEST = 48, 20
"""Seen from the code, and those in which there must be ink to speak of a circle."""
_ANGLES = (np.arange(_DIRECTIONS) + 0.5) * 2 * np.pi / _DIRECTIONS
_CURVES = np.stack(
    [f(n * _ANGLES) for n, f in ((0, np.cos), (1, np.cos), (1, np.sin), (2, np.cos), (2, np.sin))],
    axis=1,
)
"""An oval beside the middle of the code: its distance by direction."""
_STIFFNESS = np.diag([0.0, 0.5, 0.5, 0.5, 0.5])
"""Where a circle is open nothing tells how it would go on: it stays round."""
_NEAR, _FAR, _ROUNDS = 0.8, 1.4, 4
"""Of the curve's distance: what else is nearest there is no part of the circle."""
_INSIDE = 0.6
"""Of the curve's distance is well within it."""
_NARROWEST_MM = 1.2
"""A curve closer to the middle of a code than this runs over its print."""
_LEAST_MM2 = 0.5
"""Of strokes. Of 2,700 simulated circles without any 0.3 % show as much (neighbours' circles,
the code's own print), of those with a stroke that the network missed half."""


def has_stroke_inside(half: Ink, code: Region) -> bool:
    """Whether the pen drew something within the circle around a code.

    Args:
        half: the ink of the page at half the frame's scale.
        code: where the circled code is printed.
    """
    away, towards = _find_strokes(half, code)
    curve = _find_curve(away, towards)
    if curve is None:
        return False
    inside = np.count_nonzero(away < _INSIDE * curve[towards])
    return bool(inside / _SCALE**2 > _LEAST_MM2)


def find_circle(half: Ink, code: Region) -> Region | None:
    """The box that the circle around a code fills, up to the inner side of its line.

    None where there is too little of one.

    Args:
        half: the ink of the page at half the frame's scale.
        code: where the circled code is printed.
    """
    curve = _find_curve(*_find_strokes(half, code))
    if curve is None:
        return None
    x, y = code.x_mm + code.width_mm / 2, code.y_mm + code.height_mm / 2
    across, down = curve * np.cos(_ANGLES), curve * np.sin(_ANGLES)
    left, top = float(across.min()), float(down.min())
    return Region(x + left, y + top, float(across.max()) - left, float(down.max()) - top)


def _find_curve(away: np.ndarray, towards: np.ndarray) -> np.ndarray | None:
    """How far the circle lies by direction, in mm; None where nothing runs around the code."""
    nearest = np.full(_DIRECTIONS, np.inf)
    np.minimum.at(nearest, towards, away)
    if np.count_nonzero(np.isfinite(nearest)) < _FEWEST:
        return None
    return np.asarray(np.maximum(_lay_curve(nearest), _NARROWEST_MM))


def _find_strokes(half: Ink, code: Region) -> tuple[np.ndarray, np.ndarray]:
    """How far each point of ink lies from the middle of a code, in mm, and in which direction."""
    x_px = (code.x_mm + code.width_mm / 2) * _SCALE
    y_px = (code.y_mm + code.height_mm / 2) * _SCALE
    reach = _REACH_MM * _SCALE
    left, top = max(round(x_px - reach), 0), max(round(y_px - reach), 0)
    window = half[top : round(y_px + reach), left : round(x_px + reach)]
    line, column = np.nonzero(window > STROKE_LEVEL)
    across, down = column + left + 0.5 - x_px, line + top + 0.5 - y_px
    away = np.hypot(across, down) / _SCALE
    near = away < _REACH_MM
    turn = np.arctan2(down[near], across[near]) / (2 * np.pi) % 1
    return away[near], (turn * _DIRECTIONS).astype(np.intp) % _DIRECTIONS


def _lay_curve(nearest: np.ndarray) -> np.ndarray:
    """How far a circle lies by direction, from what is nearest; that may be none of it."""
    found = np.isfinite(nearest)
    part = found
    for _ in range(_ROUNDS):
        curves = _CURVES[part]
        weights = np.linalg.solve(curves.T @ curves + _STIFFNESS, curves.T @ nearest[part])
        curve = _CURVES @ weights
        fitting = found & (nearest > _NEAR * curve) & (nearest < _FAR * curve)
        if np.count_nonzero(fitting) < _FEWEST // 2 or (fitting == part).all():
            break
        part = fitting
    return np.asarray(curve)
