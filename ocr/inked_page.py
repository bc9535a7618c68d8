"""A page ready to be read: laid straight, with its blank and what the pen added."""

from dataclasses import dataclass, field

import cv2

from form_templates.model import Region
from ocr.frame import PX_PER_MM, RegisteredPage, box_px
from ocr.ink import Ink, take_print_out
from ocr.page_sizes import PageSizes, shrink
from ocr.references import Reference

_INKED = 0.15
_LEAST_INK_MM2 = 0.25
"""In 40,000 simulated cells of levels 0 to 2 no character left less than 2.4 mm2, and no
empty cell of clean scans more than 0.02; dirt above this limit is looked at."""


@dataclass(frozen=True, slots=True)
class InkedPage:
    """Everything that the readers of single fields look at."""

    page: RegisteredPage
    """Aligned with its blank."""
    reference: Reference
    ink: Ink
    half: Ink = field(init=False, repr=False, compare=False)
    """The same at half the frame's scale."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "half", shrink(self.ink, 2))

    def has_ink(self, region: Region) -> bool:
        """Whether a pen was in a place; where it was not, nothing needs to be recognised."""
        left, top, width, height = box_px(region)
        window = self.ink[max(0, top) : top + height, max(0, left) : left + width]
        if window.size == 0:
            return False
        inked = cv2.threshold(window, _INKED, 1.0, cv2.THRESH_BINARY)[1]
        return cv2.countNonZero(inked) / PX_PER_MM**2 > _LEAST_INK_MM2


def find_ink(page: RegisteredPage, reference: Reference, sizes: PageSizes) -> InkedPage:
    """See what the pen added to a page that lies over its blank.

    Args:
        page: aligned with its blank.
        reference: the blank.
        sizes: of the page's grey picture.
    """
    ink = take_print_out(sizes, reference.blank, reference.ready.sampled)
    return InkedPage(page, reference, ink)
