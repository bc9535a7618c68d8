"""From pieces of a picture that may be anchors to the ways a page may lie in it.

Two anchors name a turn, a scale and a place; the others must then be where that puts
them. What no flat sheet of paper can look like is no way to lie.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region, TemplatePage
from form_templates.specification import Anchor, AnchorKind
from ocr.frame import Points, corners_mm, project
from ocr.placed.anchors import Found
from ocr.placement import has_scale, show_sheet

Matrix = NDArray[np.float64]

_SIZE_OFF = 1.5
"""An anchor may look so many times larger or smaller than its page says, seen aslant."""
_STRAY = 0.14
"""Of the distance between the two anchors that a third may lie off, in a photograph."""
_PAIRS = 2
"""Pairs of anchors that a search starts from: the two farthest apart, and where one of
those is lost the next."""
_MOST_PAIRS = 1500
"""Pairs of pieces that are tried: a page full of rings has millions that could be discs."""
_FILLS = 0.4
"""Of the long side of the picture, what the page takes at least."""
_FEWEST = 3
_LEAST_PX_PER_MM = 1.5
_TRIED = 8
_SAME_PX = 3.0
_OPENS = 0.8
"""Cosine: a corner opens into the page where its lines are printed to."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One way that a page may lie in a picture."""

    to_scan: Matrix
    """mm of the page to px of the picture."""
    anchors: int
    """How many were found."""
    off: float
    """How far from each other sizes and places are from what the page says; less is better."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An anchor as the page says it is."""

    kind: AnchorKind
    at_mm: Points
    size_mm: float
    along: Points


@dataclass(frozen=True, slots=True)
class _Pieces:
    """All pieces of one kind, as columns."""

    at_px: Points
    size_px: NDArray[np.float64]
    along: Points

    def __len__(self) -> int:
        return len(self.size_px)


def fit_anchors(
    anchors: Sequence[Anchor], page: TemplatePage, found: Sequence[Found], longest_px: int
) -> list[Fit]:
    """The likeliest ways for a page to lie where its anchors are, best first.

    Args:
        anchors: of the page.
        page: what they stand on.
        found: the pieces of a picture.
        longest_px: long side of the picture; the page fills a good part of it.
    """
    least = max(_LEAST_PX_PER_MM, _FILLS * longest_px / max(page.width_mm, page.height_mm))
    wanted = [_describe(anchor, page) for anchor in anchors]
    alike = {kind: _gather([piece for piece in found if piece.kind is kind]) for kind in AnchorKind}
    fits = [fit for fit in _try_all(wanted, alike, least) if is_plausible(fit.to_scan, page)]
    fits.sort(key=lambda fit: (-fit.anchors, fit.off))
    return _choose(fits, page)


def _gather(pieces: Sequence[Found]) -> _Pieces:
    return _Pieces(
        at_px=np.array([piece.at_px for piece in pieces], np.float64).reshape(-1, 2),
        size_px=np.array([piece.size_px for piece in pieces], np.float64),
        along=np.array([piece.along for piece in pieces], np.float64).reshape(-1, 2),
    )


def _describe(anchor: Anchor, page: TemplatePage) -> _Wanted:
    region = anchor.region
    middle = np.array([region.x_mm + region.width_mm / 2, region.y_mm + region.height_mm / 2])
    if anchor.kind is not AnchorKind.CORNER:
        size = float(np.sqrt(region.width_mm * region.height_mm))
        return _Wanted(anchor.kind, middle, size, np.zeros(2))
    left = middle[0] < page.width_mm / 2
    upper = middle[1] < page.height_mm / 2
    at = (region.x_mm if left else region.right_mm, region.y_mm if upper else region.bottom_mm)
    opens = np.array([1.0 if left else -1.0, 1.0 if upper else -1.0]) / np.sqrt(2)
    return _Wanted(anchor.kind, np.array(at), max(region.width_mm, region.height_mm), opens)


def _try_all(
    wanted: Sequence[_Wanted], alike: Mapping[AnchorKind, _Pieces], least_px_per_mm: float
) -> Iterator[Fit]:
    """Every pair of pieces that could be two anchors far apart; the others follow."""
    pairs = sorted(
        combinations(range(len(wanted)), 2),
        key=lambda pair: -float(np.linalg.norm(wanted[pair[0]].at_mm - wanted[pair[1]].at_mm)),
    )
    for one, other in pairs[:_PAIRS]:
        first, second = wanted[one], wanted[other]
        for a, b in _pair_up(first, second, alike, least_px_per_mm):
            fit = _complete(wanted, alike, _turn_to(first.at_mm, second.at_mm, a, b))
            if fit is not None:
                yield fit


def _pair_up(
    first: _Wanted,
    second: _Wanted,
    alike: Mapping[AnchorKind, _Pieces],
    least_px_per_mm: float,
) -> Iterator[tuple[Points, Points]]:
    """Places of pieces as far from each other as their sizes say, the best agreeing first."""
    ones, others = alike[first.kind], alike[second.kind]
    gap = float(np.linalg.norm(second.at_mm - first.at_mm))
    scale = np.linalg.norm(ones.at_px[:, None] - others.at_px[None], axis=2) / gap
    sizes = ones.size_px[:, None] / first.size_mm, others.size_px[None] / second.size_mm
    with np.errstate(divide="ignore"):
        off = np.maximum(*(np.abs(np.log(size / scale)) for size in sizes))
    i, j = np.nonzero((scale >= least_px_per_mm) & (off < np.log(_SIZE_OFF)))
    best = np.argsort(off[i, j], kind="stable")[:_MOST_PAIRS]
    yield from zip(ones.at_px[i[best]], others.at_px[j[best]], strict=True)


def _turn_to(first: Points, second: Points, a: Points, b: Points) -> Matrix:
    """The turn, scale and place that put two anchors where two pieces are."""
    turn = complex(*(b - a)) / complex(*(second - first))
    place = complex(*a) - turn * complex(*first)
    return np.array([[turn.real, -turn.imag, place.real], [turn.imag, turn.real, place.imag]])


def _complete(
    wanted: Sequence[_Wanted], alike: Mapping[AnchorKind, _Pieces], roughly: Matrix
) -> Fit | None:
    """The whole fit that a rough one leads to; None where too few anchors are there."""
    scale = float(np.linalg.norm(roughly[:, 0]))
    spread = _STRAY * scale * float(np.ptp([w.at_mm for w in wanted], axis=0).max())
    mm, px, off = [], [], 0.0
    for left, anchor in zip(range(len(wanted) - 1, -1, -1), wanted, strict=True):
        pieces = alike[anchor.kind]
        best = _find_nearest(anchor, pieces, roughly, scale, spread)
        if best is not None:
            mm.append(anchor.at_mm)
            px.append(pieces.at_px[best.which])
            off += best.far_px / spread + abs(float(np.log(best.size)))
        if len(mm) + left < min(_FEWEST, len(wanted)):
            return None
    return _solve(np.array(mm), np.array(px), off / len(mm))


@dataclass(frozen=True, slots=True)
class _Nearest:
    """The piece that is nearest to where an anchor should be."""

    which: int
    far_px: float
    size: float
    """Of what it should be."""


def _find_nearest(
    anchor: _Wanted, pieces: _Pieces, roughly: Matrix, scale: float, spread_px: float
) -> _Nearest | None:
    """The piece of the right size and way that is nearest to an anchor's place."""
    there = roughly[:, :2] @ anchor.at_mm + roughly[:, 2]
    far = np.hypot(*(pieces.at_px - there).T)
    size = pieces.size_px / (anchor.size_mm * scale)
    fits = (far <= spread_px) & (size < _SIZE_OFF) & (size > 1 / _SIZE_OFF)
    if anchor.kind is AnchorKind.CORNER:
        fits &= pieces.along @ (roughly[:, :2] / scale @ anchor.along) > _OPENS
    if not fits.any():
        return None
    best = int(np.where(fits, far, np.inf).argmin())
    return _Nearest(best, float(far[best]), float(size[best]))


def _solve(mm: Points, px: Points, off: float) -> Fit | None:
    """Two anchors tell a turn and a scale, three a flat page, four one that is seen aslant."""
    if len(np.unique(px, axis=0)) < len(px):
        return None
    if len(mm) < 3:
        return Fit(np.vstack([_turn_to(mm[0], mm[1], px[0], px[1]), [0, 0, 1]]), len(mm), off)
    if len(mm) == 3:
        flat = cv2.getAffineTransform(mm.astype(np.float32), px.astype(np.float32))
        return Fit(np.vstack([flat, [0, 0, 1]]).astype(np.float64), 3, off)
    found, _ = cv2.findHomography(mm, px)
    return None if found is None else Fit(np.asarray(found, np.float64), len(mm), off)


def _choose(fits: Sequence[Fit], page: TemplatePage) -> list[Fit]:
    """The best few; several pairs lead to one fit."""
    kept: list[Fit] = []
    quads: list[Points] = []
    for fit in fits:
        quad = project(fit.to_scan, _corners(page))
        if not quads or np.abs(np.array(quads) - quad).max(axis=(1, 2)).min() >= _SAME_PX:
            kept.append(fit)
            quads.append(quad)
        if len(kept) == _TRIED:
            break
    return kept


def is_plausible(to_scan: Matrix, page: TemplatePage) -> bool:
    """Whether a sheet of paper can look like that: not mirrored, not folded, not a sliver."""
    quad = show_sheet(to_scan, _corners(page))
    if quad is None:
        return False
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    across = float(sides[[0, 2]].mean()) / page.width_mm
    down = float(sides[[1, 3]].mean()) / page.height_mm
    return has_scale(across, down, _LEAST_PX_PER_MM)


def _corners(page: TemplatePage) -> Points:
    return corners_mm(Region(0.0, 0.0, page.width_mm, page.height_mm))
