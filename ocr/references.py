"""Blank pages as the reader expects them: geometry, and a picture of what is printed."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from form_templates.layout import lay_out_page, list_pages
from form_templates.model import TemplateKey, TemplatePage
from form_templates.printing import render_pages
from form_templates.specification import Template
from ocr.frame import Grey

_PageName = tuple[TemplateKey, int, int]

_PAPER = 255
_RUN_PX = 16
"""A picture is kept in runs of so many px, without those that are all paper."""
_RUN = np.complex128
"""As many bytes."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One blank page."""

    page: TemplatePage
    blank: Grey
    """In the canonical frame, with serial 0."""
    scribble_cancels: bool = False
    """Whether a box blackened by a scribble counts as taken back."""


@dataclass(frozen=True, slots=True)
class PackedPicture:
    """A picture of print without its white paper: a quarter of the memory."""

    shape: tuple[int, ...]
    printed: NDArray[np.uint32]
    """Which runs are not all paper."""
    runs: NDArray[np.uint8]

    def unpack(self) -> Grey:
        """The picture as it was."""
        whole = np.full((-(-self.shape[0] * self.shape[1] // _RUN_PX), _RUN_PX), _PAPER, np.uint8)
        # As one number of so many bytes a run is set at once.
        whole.view(_RUN)[self.printed] = self.runs.view(_RUN)
        return whole.ravel()[: self.shape[0] * self.shape[1]].reshape(self.shape)


def pack_picture(picture: Grey) -> PackedPicture:
    """Keep what is printed of a picture."""
    pixels = np.ascontiguousarray(picture).ravel()
    padded = np.pad(pixels, (0, -pixels.size % _RUN_PX), constant_values=_PAPER)
    runs = padded.reshape(-1, _RUN_PX)
    printed = np.flatnonzero((runs != _PAPER).any(axis=1))
    return PackedPicture(picture.shape, printed.astype(np.uint32), runs[printed])


class ReferenceShelf:
    """Keeps the blanks that were needed last; 1 MB each."""

    def __init__(self, most: int = 40) -> None:
        self._most = most
        self._kept: OrderedDict[_PageName, tuple[TemplatePage, PackedPicture]] = OrderedDict()

    def find(self, template: Template, page: int, sheet: int) -> Reference:
        """The blank of one page; raises LayoutFault where the form has no such page."""
        name = (template.key, page, sheet)
        if name not in self._kept:
            self._fill(template, page, sheet)
        self._kept.move_to_end(name)
        plan, blank = self._kept[name]
        return Reference(plan, blank.unpack(), template.scribble_cancels)

    def _fill(self, template: Template, page: int, sheet: int) -> None:
        """Draw the page; with the form's first page its others too: one run for all."""
        known = any(key == template.key for key, _, _ in self._kept)
        usual = () if known else list_pages(template)
        numbers = list(dict.fromkeys([*usual, (page, sheet)]))
        laid = [lay_out_page(template, *number).template for number in numbers]
        for number, blank, plan in zip(numbers, render_pages(template, numbers), laid, strict=True):
            self._kept[(template.key, *number)] = plan, pack_picture(blank)
        while len(self._kept) > max(self._most, len(numbers)):
            self._kept.popitem(last=False)
