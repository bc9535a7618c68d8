"""A page ready to be read: laid straight, with its blank and what the pen added."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.frame import PX_PER_MM, RegisteredPage, window_shown
from ocr.ink import FULL_STROKE, STROKE_LEVEL, TRACE_LEVEL, Ink, take_print_out
from ocr.page_sizes import PageSizes, shrink
from ocr.references import Reference

_LEAST_INK_MM2 = 0.25
"""Of a pen; less is dirt."""
_FAINT_LEVEL = int(0.063 * FULL_STROKE)
"""The palest pens beside the darkest leave strokes so dark."""


@dataclass(frozen=True, slots=True)
class InkedPage:
    """Everything that the readers of single fields look at."""

    page: RegisteredPage
    """Aligned with its blank."""
    reference: Reference
    ink: Ink
    faintest: float
    """How dark a stroke has to be to be seen at all, of the depth of black print."""
    half: Ink = field(init=False, repr=False, compare=False)
    """The same at half the frame's scale."""
    _traces: NDArray[np.uint8] = field(init=False, repr=False, compare=False)
    """1 where a pen may have been."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "half", shrink(self.ink, 2))
        traces = cv2.threshold(self.ink, TRACE_LEVEL, 1, cv2.THRESH_BINARY)[1]
        object.__setattr__(self, "_traces", traces)

    def has_ink(self, region: Region) -> bool:
        """Whether a pen was in a place."""
        return self._shows_ink(window_shown(region))

    def has_faint_ink(self, place: Region, least_mm2: float) -> bool:
        """Whether the palest pen may have been in a place; else nothing is looked for there.

        A single pale stroke of a digit is little ink, and without it the number is another.

        Args:
            place: a cell, or a code with what is around it.
            least_mm2: less so pale ink is dirt or grain.
        """
        window = window_shown(place)
        if self._shows_ink(window):
            return True
        faint = np.count_nonzero(self.ink[window] > _FAINT_LEVEL)
        return bool(faint / PX_PER_MM**2 > least_mm2)

    def measure_strokes(self, region: Region) -> float:
        """How much of a place the page's usual strokes cover, in square mm."""
        strokes = np.count_nonzero(self.ink[window_shown(region)] > STROKE_LEVEL)
        return float(strokes / PX_PER_MM**2)

    def _shows_ink(self, window: tuple[slice, slice]) -> bool:
        return bool(np.count_nonzero(self._traces[window]) / PX_PER_MM**2 > _LEAST_INK_MM2)


def find_ink(page: RegisteredPage, reference: Reference, sizes: PageSizes) -> InkedPage:
    """See what the pen added to a page that lies over its blank.

    Args:
        page: aligned with its blank.
        reference: the blank.
        sizes: of the page's grey picture.
    """
    return InkedPage(page, reference, *take_print_out(sizes, reference.ready.print))
