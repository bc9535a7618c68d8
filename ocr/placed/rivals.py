"""Whether a page shows one of several templates clearly more than the others.

Editions of a form may differ in a line of print, or in nothing that is printed: what is
read by the wrong one looks right and is not. So what all of them print says nothing;
only where two differ is the page compared with both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import PX_PER_MM, Grey, RegisteredPage
from ocr.placed.reference import PlacedReference, draw_outlines

_SCALE = 0.5
_SOFT_MM = 0.3
_DIFFERS = 40
"""Levels of grey between two softened blanks that are not the noise of a scan."""
_LEAST_MM2 = 30.0
"""About a word of print."""
_CLEARLY = 0.4
"""Correlation: 1.2 and more between other print, near 0 where the print is the same."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a placed form, laid straight."""

    reference: PlacedReference
    page: RegisteredPage

    @property
    def agreement(self) -> float:
        """How much of what the reference says is printed there is seen."""
        return self.page.agreement or 0.0


@dataclass(frozen=True, slots=True)
class UnsurePage:
    """A page that fits several references alike."""

    references: tuple[PlacedReference, ...]


def choose_clear(seen: Sequence[FoundPage]) -> FoundPage | UnsurePage | None:
    """The page that is clearly likelier than all others; None where there is none at all."""
    for one in seen:
        if all(is_clearer(one, other) for other in seen if other is not one):
            return one
    ordered = sorted(seen, key=lambda found: -found.agreement)
    return UnsurePage(tuple(found.reference for found in ordered)) if seen else None


def is_clearer(one: FoundPage, other: FoundPage) -> bool:
    """Whether a page looks like the first where the two differ, and not like the second."""
    first, second = _draw_alike(one.reference, other.reference)
    differs = _find_difference(first, second)
    if differs.sum() < _LEAST_MM2 * (PX_PER_MM * _SCALE) ** 2:
        return False
    likeness = correlate(_soften(one.page.grey)[differs], first[differs])
    return likeness - correlate(_soften(other.page.grey)[differs], second[differs]) >= _CLEARLY


def _draw_alike(one: PlacedReference, other: PlacedReference) -> tuple[Grey, Grey]:
    """Both as they are printed, or where that is not known of one, the outlines of both."""
    if one.drawn or other.drawn:
        return _soften(draw_outlines(one.page)), _soften(draw_outlines(other.page))
    return _soften(one.blank), _soften(other.blank)


def _soften(picture: Grey) -> Grey:
    small = cv2.resize(picture, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), _SOFT_MM * PX_PER_MM * _SCALE), np.uint8)


def _find_difference(one: Grey, other: Grey) -> NDArray[np.bool_]:
    """Where one has print and the other paper."""
    return np.asarray(cv2.absdiff(one, other) > _DIFFERS, np.bool_)


def correlate(one: Grey, other: Grey) -> float:
    """How alike two pieces are, whatever their light: 1 where they differ in that alone."""
    a, b = (values - values.mean(dtype=np.float64) for values in (one, other))
    return float((a * b).sum() / max(np.sqrt((a * a).sum() * (b * b).sum()), 1e-6))
