"""Blank pages as the reader expects them: geometry, and a picture of what is printed."""

from collections import OrderedDict
from dataclasses import dataclass

from form_templates.layout import lay_out_page, list_pages
from form_templates.model import TemplateKey, TemplatePage
from form_templates.printing import render_pages
from form_templates.specification import Template
from ocr.blank_ready import PackedBlank, ReadyBlank, pack_blank
from ocr.frame import Grey

_PageName = tuple[TemplateKey, int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """One blank page."""

    page: TemplatePage
    blank: Grey
    """In the canonical frame, with serial 0."""
    ready: ReadyBlank
    """What depends on the blank alone."""
    scribble_cancels: bool = False
    """Whether a box blackened by a scribble counts as taken back."""


class ReferenceShelf:
    """Keeps the blanks that were needed last; 2 MB each."""

    def __init__(self, most: int = 40) -> None:
        self._most = most
        self._kept: OrderedDict[_PageName, tuple[TemplatePage, PackedBlank]] = OrderedDict()

    def find(self, template: Template, page: int, sheet: int) -> Reference:
        """The blank of one page; raises LayoutFault where the form has no such page."""
        name = (template.key, page, sheet)
        if name not in self._kept:
            self._fill(template, page, sheet)
        self._kept.move_to_end(name)
        plan, blank = self._kept[name]
        picture = blank.picture.unpack()
        return Reference(plan, picture, blank.make_ready(), template.scribble_cancels)

    def _fill(self, template: Template, page: int, sheet: int) -> None:
        """Draw the page; with the form's first page its others too: one run for all."""
        known = any(key == template.key for key, _, _ in self._kept)
        usual = () if known else list_pages(template)
        numbers = list(dict.fromkeys([*usual, (page, sheet)]))
        laid = [lay_out_page(template, *number).template for number in numbers]
        for number, blank, plan in zip(numbers, render_pages(template, numbers), laid, strict=True):
            self._kept[(template.key, *number)] = plan, pack_blank(blank)
        while len(self._kept) > max(self._most, len(numbers)):
            self._kept.popitem(last=False)
