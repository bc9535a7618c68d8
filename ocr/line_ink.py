"""What on a line was typed: dirt, hairs, streaks and stains around it become paper."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import PX_PER_MM, Grey

SCALE = 2
"""Letters are read at this many times the size of the canonical frame."""
_FAINTEST = 8
"""Grey levels between paper and ink."""
_GRAIN_PX = 0.9
"""Of the canonical frame: grain of the scanner is evened out before ink is told from paper."""
_LEAST_RANGE = 30.0
"""Grey levels that are stretched to the full range; fainter print stays pale."""
_BACKGROUND_MM = 2.5
"""Wider than any stroke: what is left of the paper when strokes are filled up."""
_LETTER_MM, _LINE_MM = 1.1, 8.0
"""Height of a letter: more than a dot, less than a line of the box."""
_HAIR_MM = 0.6
"""A line so thin and nearly as high as the box was left by dust on the glass."""
_SPECK_MM = 0.28
_NEAR_MM = 1.3
"""Commas, points and accents stand so near to a letter."""
_GAP_MM = 4.0
"""What lies further from the typed words is looked at by itself."""
_NARROW_MM = 0.7
_EDGE_MM = 0.4
_THIN = 0.7
"""A hair's strokes are thinner than so much of the letters'."""

Mask = NDArray[np.uint8]
Lengths = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LineInk:
    """A typed line without what does not belong to it."""

    picture: Grey
    """Evenly lit, `SCALE` times as fine as the canonical frame."""
    ink: Mask
    """The letters as 1, in the same size."""
    px_per_mm: int = SCALE * PX_PER_MM


def find_letters(crop: Grey) -> LineInk | None:
    """The letters of a crop of the canonical frame; None where it holds only paper."""
    fine = cv2.resize(crop, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
    even = _light_evenly(np.asarray(fine, np.uint8))
    soft = cv2.GaussianBlur(even, (0, 0), _GRAIN_PX * SCALE)
    _, ink = cv2.threshold(soft, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    paper, dark = soft[ink == 0], soft[ink > 0]
    if not paper.size or not dark.size or paper.mean() - dark.mean() < _FAINTEST:
        return None
    stretched = _stretch(even, float(np.median(paper)), float(np.percentile(dark, 20)))
    kept = _keep_letters(np.asarray(ink, np.uint8))
    stray = cv2.dilate(ink - kept, np.ones((2 * SCALE + 1,) * 2, np.uint8))
    stray[cv2.dilate(kept, np.ones((SCALE + 1,) * 2, np.uint8)) > 0] = 0
    return LineInk(np.where(stray > 0, np.uint8(255), stretched), kept)


def _light_evenly(picture: Grey) -> Grey:
    """The picture as if its paper were equally light everywhere: no shade, no stain."""
    side = round(_BACKGROUND_MM * PX_PER_MM) | 1
    small = cv2.resize(picture, None, fx=1 / SCALE, fy=1 / SCALE, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 1.5)
    filled = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    smooth = cv2.GaussianBlur(filled, (0, 0), side / 4)
    light = cv2.resize(smooth, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    target = float(np.median(light))
    return (
        (picture.astype(np.float32) * (target / np.maximum(light, 1))).clip(0, 255).astype(np.uint8)
    )


def _stretch(picture: Grey, paper: float, dark: float) -> Grey:
    """Paper as white, print as black; print that is hardly darker than paper stays pale."""
    span = max(paper - dark, _LEAST_RANGE)
    low = paper - span
    return ((picture.astype(np.float32) - low) * (255 / span)).clip(0, 255).astype(np.uint8)


def _keep_letters(ink: Mask) -> Mask:
    """The ink without dirt, streaks and edges of the box."""
    _, found, table, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels = np.asarray(found, np.int32)
    boxes = np.asarray(table[1:], np.int32)
    spots = _Spots.measure(boxes, ink.shape, _measure_strokes(ink, labels))
    letters = spots.are_letters()
    kept = letters | spots.stand_by(letters)
    kept &= ~spots.lie_apart(kept)
    mask: Mask = np.concatenate([[False], kept]).astype(np.uint8)[labels]
    return mask


@dataclass(frozen=True, slots=True)
class _Spots:
    """Boxes of connected ink, in mm."""

    left: Lengths
    top: Lengths
    right: Lengths
    bottom: Lengths
    width_mm: float
    """Of the crop."""
    height_mm: float
    stroke: Lengths
    """How thick each is where it is thickest, in px."""

    @classmethod
    def measure(cls, table: NDArray[np.int32], shape: tuple[int, ...], stroke: Lengths) -> "_Spots":
        """The boxes as OpenCV lists them."""
        mm = SCALE * PX_PER_MM
        left, top, width, height = table[:, :4].T / mm
        return cls(left, top, left + width, top + height, shape[1] / mm, shape[0] / mm, stroke)

    def are_letters(self) -> Flags:
        """Which are as high as letters and no line across or along the box."""
        width, height = self.right - self.left, self.bottom - self.top
        upright = (width < _HAIR_MM) & (height > 0.75 * self.height_mm)
        lying = (height < _NARROW_MM) & (width > _LINE_MM)
        at_side = (self.left < _EDGE_MM) | (self.right > self.width_mm - _EDGE_MM)
        edge = at_side & (width < _NARROW_MM) & (height > 0.5 * self.height_mm)
        return (height >= _LETTER_MM) & (height < _LINE_MM) & ~upright & ~lying & ~edge

    def stand_by(self, letters: Flags) -> Flags:
        """Which others stand at a letter as its point, comma or accent."""
        gap = np.maximum(self.left[:, None] - self.right, self.left - self.right[:, None])
        level = (self.top[:, None] >= self.top - _NEAR_MM) & (
            self.bottom[:, None] <= self.bottom + _NEAR_MM
        )
        near = (gap < _NEAR_MM) & level & letters
        size = np.maximum(self.right - self.left, self.bottom - self.top)
        return ~letters & (size >= _SPECK_MM) & (size < _LINE_MM) & near.any(axis=1)

    def lie_apart(self, kept: Flags) -> Flags:
        """Which stand far from the words and are no words themselves: a streak, a hair."""
        runs = self._group(kept)
        members = {run: runs == run for run in set(runs[kept].tolist())}
        main = max(members.values(), key=self._measure_run, default=kept)
        thick = float(np.median(self.stroke[main])) if main.any() else 0.0
        apart = np.zeros(len(runs), bool)
        for run in members.values():
            narrow = self._measure_run(run) < _NARROW_MM
            if run is not main and (narrow or self.stroke[run].max() < _THIN * thick):
                apart |= run
        return apart

    def _group(self, kept: Flags) -> NDArray[np.int64]:
        """The run of each spot: spots of one run have no wide gap between them."""
        runs = np.full(len(kept), -1)
        reach, run = -np.inf, -1
        for i in np.flatnonzero(kept)[np.argsort(self.left[kept])]:
            run += self.left[i] - reach > _GAP_MM
            reach = max(reach, float(self.right[i]))
            runs[i] = run
        return runs

    def _measure_run(self, members: Flags) -> float:
        return float(self.right[members].max() - self.left[members].min())


def _measure_strokes(ink: Mask, labels: NDArray[np.int32]) -> Lengths:
    """How thick each connected piece of ink is where it is thickest, in px."""
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    thickest = np.zeros(int(labels.max()) + 1)
    np.maximum.at(thickest, labels.ravel(), depth.ravel())
    return 2 * thickest[1:]
