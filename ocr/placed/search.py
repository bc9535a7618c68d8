"""Which page of which placed form a picture shows, and how it lies.

Each page is tried in every way in which its anchors are found; without anchors, in the
way in which the details of its blank are. A coarse look tells which ways are worth a
closer one, and that must show the blank's print. Every other page that could lie there
is looked at too: only what is clearly likelier than all of them is named.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.alignment import lay_over, prepare_tiles, shows_blank
from ocr.frame import Grey, cut
from ocr.placed.anchors import find_anchors
from ocr.placed.blank_match import describe_scan, fit_blank
from ocr.placed.coarse import COARSE_PX_PER_MM, COARSE_SIZE, soften
from ocr.placed.fitting import Fit, fit_anchors
from ocr.placed.reference import PlacedReference, list_outlined
from ocr.placed.rivals import FoundPage, UnsurePage, choose_clear, correlate
from ocr.placement import Placement
from ocr.registration import straighten_page, to_grey

_COARSE_PX = 1200
"""Long side of the picture that is looked at coarsely."""
_LEAST_LIKENESS = 0.05
"""Correlation with the blank that is worth a closer look."""
_OUTLINE_PX, _OUTLINE_MM = 1.5, 1.0
"""Softness, and margin, of an answer place that is compared with its outline."""
_TRIED = 3
"""Ways to lie that are looked at closely."""
_RIVALS = 0.3
"""Of the likeness of the best that another page must have to be looked at closely; what is
only drawn is less alike by far than what is printed."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One page lying in one way."""

    reference: PlacedReference
    fit: Fit
    likeness: float


def find_page(
    pixels: NDArray[np.uint8], references: Sequence[PlacedReference]
) -> FoundPage | UnsurePage | None:
    """The page that a picture shows; None where it is none of these."""
    grey = to_grey(pixels)
    for fit in (_fit_by_anchors, _fit_by_blank):
        ways = _compare(grey, fit(grey, references))
        best = _choose_best(pixels, ways[:_TRIED])
        if best is not None:
            rivals = _list_rivals(grey, best, ways, references)
            seen = (_choose_best(pixels, tried) for tried in rivals)
            return choose_clear([best.found, *(rival.found for rival in seen if rival)])
    return None


def _fit_by_anchors(
    grey: Grey, references: Iterable[PlacedReference]
) -> Iterator[tuple[PlacedReference, Fit]]:
    anchored = [reference for reference in references if reference.anchors]
    found = find_anchors(grey) if anchored else []
    for reference in anchored:
        for fit in fit_anchors(reference.anchors, reference.page, found, max(grey.shape)):
            yield reference, fit


def _fit_by_blank(
    grey: Grey, references: Iterable[PlacedReference]
) -> Iterator[tuple[PlacedReference, Fit]]:
    blanks = [reference for reference in references if not reference.drawn]
    details = describe_scan(grey) if blanks else None
    for reference in blanks:
        assert details is not None
        for fit in fit_blank(reference.details, details, reference.page):
            yield reference, fit


def _compare(grey: Grey, fits: Iterable[tuple[PlacedReference, Fit]]) -> list[_Way]:
    """The ways that show something like the blank, likest first."""
    scale = min(1.0, _COARSE_PX / max(grey.shape))
    size = round(grey.shape[1] * scale), round(grey.shape[0] * scale)
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    ways = []
    for reference, fit in fits:
        shown = soften(_draw_coarsely(small, np.diag([scale, scale, 1.0]) @ fit.to_scan))
        likeness = float((shown * reference.coarse).sum())
        if likeness >= _LEAST_LIKENESS:
            ways.append(_Way(reference, fit, likeness))
    return sorted(ways, key=lambda way: -way.likeness)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One way that showed the blank's print."""

    way: _Way
    found: FoundPage


def _choose_best(pixels: NDArray[np.uint8], ways: Iterable[_Way]) -> _Seen | None:
    """The way that shows most of its blank's print; None where none shows enough."""
    seen = [_Seen(way, _look_closely(pixels, way)) for way in ways]
    shown = [one for one in seen if shows_blank(one.found.page)]
    return max(shown, key=lambda one: one.found.agreement, default=None)


def _look_closely(pixels: NDArray[np.uint8], way: _Way) -> FoundPage:
    """The page as it lies in that way, with how much of what is printed is seen."""
    placed = Placement(way.fit.to_scan, (), residual_mm=0.0, unsure_mm=0.0)
    page = lay_over(straighten_page(pixels, placed), prepare_tiles(way.reference.blank))
    if way.reference.drawn:
        page = replace(page, agreement=measure_outlines(page.grey, way.reference))
    return FoundPage(way.reference, page)


def _list_rivals(
    grey: Grey, best: _Seen, ways: Sequence[_Way], references: Iterable[PlacedReference]
) -> list[list[_Way]]:
    """Of each other page the ways that it may lie: where the best does, and the likeliest own."""
    rivals = []
    for reference in references:
        if reference is not best.way.reference:
            there = _compare(grey, [(reference, best.way.fit)])
            own = [way for way in ways if way.reference is reference][:1]
            alike = reference.drawn == best.way.reference.drawn
            least = _RIVALS * best.way.likeness if alike else _LEAST_LIKENESS
            rivals.append([way for way in (*there, *own) if way.likeness >= least])
    return rivals


def measure_outlines(grey: Grey, reference: PlacedReference) -> float:
    """How much a page without a blank looks like its answer places where they should be.

    The median correlation of places with their outlines: 0.6 of photographs laid straight,
    0.06 at most of pages that lie otherwise.
    """
    seen, drawn = (
        np.asarray(cv2.GaussianBlur(picture, (0, 0), _OUTLINE_PX), np.uint8)
        for picture in (grey, reference.blank)
    )
    alike = [
        correlate(cut(seen, place, _OUTLINE_MM), cut(drawn, place, _OUTLINE_MM))
        for place in list_outlined(reference.page)
    ]
    return float(np.median(alike)) if alike else 0.0


def _draw_coarsely(small: Grey, to_small: NDArray[np.float64]) -> Grey:
    """The page as it would lie, small."""
    step = 1 / COARSE_PX_PER_MM
    to_mm = np.array([[step, 0, step / 2], [0, step, step / 2], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    drawn = cv2.warpPerspective(small, to_small @ to_mm, COARSE_SIZE, flags=flags, borderValue=255)
    return np.asarray(drawn, np.uint8)
