"""Things printed on somebody else's page by which it is laid straight: found in a scan.

Every dark piece of the picture is looked at once and asked whether it may be a square,
a disc or two lines that meet. Many that are none pass; which ones are the page's own
shows when they are fitted to their places.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.specification import AnchorKind
from ocr.frame import Grey

_LOOKED_AT_PX = 2000
"""Long side of the picture that pieces are looked for in."""
_AROUND = 0.06
"""Of the long side: what is darker than the paper so far around it is print."""
_HALFTONE = 0.0006
"""Of the long side: the dots of halftone run together."""
_DEPTH = 0.78
"""Of the paper's light; halftone grey has about 0.5."""
_LEAST_SIDE_PX, _MOST_SIDE = 5.0, 0.2
"""Of a piece; the second is a share of the long side."""
_FULL_SQUARE, _FULL_DISC = 0.82, 0.85
"""Share of its tight box that a square fills; how solid and how round a disc is."""
_FULL_CORNER = 0.9
"""Share of its hull that two lines leave empty: a square cut out of a square fills 0.86."""
_ROUND = 0.7
"""Of a disc: short axis to long, seen aslant."""
_RING = 1.25
"""Outer to inner width of a ring, about."""
_SHORT_LEG = 0.4
"""Of the longer line of a corner, what the shorter one has at least."""
_RIGHT_ANGLE = 0.35
"""Cosine of the angle that a corner may be seen under."""


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a picture that may be an anchor."""

    kind: AnchorKind
    at_px: tuple[float, float]
    """Its middle; of a corner the point where its lines meet."""
    size_px: float
    """Root of the area of its box; of a corner the length of the longer line."""
    along: tuple[float, float] = (0.0, 0.0)
    """Of a corner: the direction into which it opens, of length 1."""


def find_anchors(grey: Grey) -> list[Found]:
    """Every piece of a picture that may be an anchor of any kind."""
    scale = min(1.0, _LOOKED_AT_PX / max(grey.shape))
    size = round(grey.shape[1] * scale), round(grey.shape[0] * scale)
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    dark = _find_dark(small)
    # Pieces on a page that lies on a dark table stand inside the table's own outline.
    contours, levels = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    is_hole = [] if levels is None else levels[0][:, 3] >= 0
    longest = _MOST_SIDE * max(small.shape)
    found: list[Found] = []
    for contour, hole in zip(contours, is_hole, strict=True):
        sides = cv2.minAreaRect(contour)[1]
        if min(sides) >= _LEAST_SIDE_PX and max(sides) <= longest:
            name = _name_hole if hole else _name_piece
            found += name(np.asarray(contour, np.int32))
    return [_at_scale(piece, scale) for piece in found]


def _find_dark(small: Grey) -> NDArray[np.uint8]:
    """What is much darker than the paper around it; halftone is smoothed to grey first."""
    soft = cv2.GaussianBlur(small, (0, 0), _HALFTONE * max(small.shape))
    window = round(_AROUND * max(small.shape)) | 1
    tiny = cv2.resize(soft, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    kernel = np.ones((window // 4 | 1, window // 4 | 1), np.uint8)
    paper = cv2.resize(cv2.morphologyEx(tiny, cv2.MORPH_CLOSE, kernel), small.shape[::-1])
    return np.asarray(soft < _DEPTH * paper.astype(np.float32), np.uint8)


def _name_piece(contour: NDArray[np.int32]) -> Iterator[Found]:
    """What a piece may be: nothing, one kind, or several."""
    (x, y), (width, height), _ = cv2.minAreaRect(contour)
    # A contour runs through the middle of its outermost px.
    width, height = width + 1, height + 1
    area = cv2.contourArea(contour) + cv2.arcLength(contour, closed=True) / 2
    size = float(np.sqrt(width * height))
    if area >= _FULL_SQUARE * width * height:
        yield Found(AnchorKind.SQUARE, (x, y), size)
    else:
        yield from _name_corner(contour)
    if _is_disc(contour):
        yield Found(AnchorKind.DOT, (x, y), size)


def _name_hole(contour: NDArray[np.int32]) -> Iterator[Found]:
    """A round hole is the inside of a ring, whatever touches the ring from outside."""
    (x, y), (width, height), _ = cv2.minAreaRect(contour)
    if _is_disc(contour):
        yield Found(AnchorKind.DOT, (x, y), _RING * float(np.sqrt(width * height)))


def _is_disc(contour: NDArray[np.int32]) -> bool:
    """Whether a contour follows an ellipse that is no sliver."""
    sides = cv2.minAreaRect(contour)[1]
    if min(sides) < _ROUND * max(sides):
        return False
    hull = cv2.convexHull(contour)
    area = cv2.contourArea(hull)
    around = cv2.arcLength(hull, closed=True)
    solid = cv2.contourArea(contour) / max(area, 1.0)
    return bool(solid >= _FULL_DISC and 4 * np.pi * area / max(around, 1.0) ** 2 >= _FULL_DISC)


def _name_corner(contour: NDArray[np.int32]) -> Iterator[Found]:
    """The point where two lines meet: of the hull, farthest from what joins their ends."""
    hull = cv2.convexHull(contour).reshape(-1, 2).astype(np.float64)
    if len(hull) < 3:
        return
    gaps = np.linalg.norm(hull[:, None] - hull[None], axis=2)
    one, other = np.unravel_index(int(gaps.argmax()), gaps.shape)
    ends = hull[[one, other]]
    way = (ends[1] - ends[0]) / max(float(gaps.max()), 1.0)
    off = (hull - ends[0]) @ np.array([-way[1], way[0]])
    meet = hull[int(np.abs(off).argmax())]
    legs = ends - meet
    lengths = np.linalg.norm(legs, axis=1)
    if lengths.min() < _SHORT_LEG * lengths.max() or lengths.min() < 2 * _LEAST_SIDE_PX:
        return
    legs = legs / lengths[:, None]
    if abs(float(legs[0] @ legs[1])) > _RIGHT_ANGLE:
        return
    if cv2.contourArea(contour) > _FULL_CORNER * cv2.contourArea(cv2.convexHull(contour)):
        return
    opening = legs.sum(axis=0)
    opening /= np.linalg.norm(opening)
    across, down = float(opening[0]), float(opening[1])
    at = float(meet[0]), float(meet[1])
    yield Found(AnchorKind.CORNER, at, float(lengths.max()), (across, down))


def _at_scale(found: Found, scale: float) -> Found:
    """The same piece in px of the whole picture."""
    x, y = ((v + 0.5) / scale - 0.5 for v in found.at_px)
    return Found(found.kind, (x, y), found.size_px / scale, found.along)
