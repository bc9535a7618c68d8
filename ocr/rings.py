"""The ring of a round rubber stamp: a circle with ink all round and little just outside it.

A signature has none, and neither has the speckle of a bad photocopy.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.frame import PX_PER_MM, Points, box_px
from ocr.ink import FULL_STROKE, TRACE_LEVEL, Ink

_SCALE = PX_PER_MM // 4
"""Px per mm that the ring is looked for at."""
_MARGIN_MM = 3.0
_VIVID = 80.0
"""Between the strongest and the weakest of red, green and blue: as much as a full stroke."""
_STEP_MM = 0.5
_RADII_MM = np.arange(9.0, 22.0, _STEP_MM)
_CENTRES_MM = np.arange(-6.0, 6.5, 1.0)
_RAYS = 48
_OUTSIDE_MM = 2.5


def score_ring(ink: Ink, colour: NDArray[np.uint8] | None, place: Region) -> float:
    """How much of the best ring in a place is inked, less what is inked just outside it.

    Where the scan has colour, pale violet or blue counts though its grey is faint.

    Args:
        ink: of the whole page.
        colour: the whole page in RGB, if the scan has colour.
        place: the box to stamp.
    """
    inked = _find_ink(ink, colour, place)
    if not inked.any():
        return 0.0
    middle = np.array(inked.shape[::-1]) / 2
    across = [np.column_stack([_CENTRES_MM, np.full_like(_CENTRES_MM, dy)]) for dy in _CENTRES_MM]
    best = max(_cover_rings(inked, middle + centres * _SCALE).max() for centres in across)
    return max(0.0, float(best))


def _find_ink(ink: Ink, colour: NDArray[np.uint8] | None, place: Region) -> NDArray[np.bool_]:
    left, top, width, height = box_px(place, _MARGIN_MM)
    inside = (slice(max(top, 0), top + height), slice(max(left, 0), left + width))
    lines = ink[inside]
    if colour is not None:
        part = colour[inside]
        vivid = (part.max(axis=2) - part.min(axis=2)).astype(np.float32) / _VIVID
        full = FULL_STROKE * cv2.GaussianBlur(vivid, (0, 0), 1.0).clip(0, 1)
        lines = np.maximum(lines, full.astype(np.uint8))
    shrink = _SCALE / PX_PER_MM
    small = cv2.resize(lines, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    found: NDArray[np.bool_] = np.asarray(small) > TRACE_LEVEL
    return found


def _cover_rings(inked: NDArray[np.bool_], centres: Points) -> NDArray[np.float64]:
    """Centres x radii: share of rays that meet ink there, less the share just outside."""
    angles = np.arange(_RAYS) * 2 * np.pi / _RAYS
    rays = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    outside = round(_OUTSIDE_MM / _STEP_MM)
    steps = np.arange(-1, len(_RADII_MM) + outside + 1)
    reach = (_RADII_MM[0] + steps * _STEP_MM) * _SCALE
    at = np.rint(centres[:, None, None] + rays[:, None] * reach[:, None]).astype(int)
    x, y = at[..., 0], at[..., 1]
    within = (x >= 0) & (y >= 0) & (x < inked.shape[1]) & (y < inked.shape[0])
    met = np.zeros(within.shape, np.bool_)
    met[within] = inked[y[within], x[within]]
    # A ring is never quite round on a scan: half a mm to either side counts.
    share = (met[..., :-2] | met[..., 1:-1] | met[..., 2:]).mean(axis=1)
    return np.asarray(share[:, :-outside] - share[:, outside:])
