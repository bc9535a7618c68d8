"""Pages of forms that somebody else designed, read by a template that names the places.

Nothing of ours is printed on them: no code says what they are and no marker where they lie.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from form_templates.errors import TemplateFault
from form_templates.specification import Template
from intake.pages import PageImage
from ocr.blank_ready import prepare_blank
from ocr.inked_page import find_ink
from ocr.page_fields import read_fields
from ocr.page_sizes import shrink_page
from ocr.placed.own_print import learn_blank
from ocr.placed.quality import measure_placed
from ocr.placed.reference import PlacedReference, open_reference
from ocr.placed.rivals import FoundPage, UnsurePage
from ocr.placed.search import find_page
from ocr.quality import assess_paper, assess_print
from ocr.readings import PageReading, PageStatus
from ocr.references import Reference
from ocr.thresholds import SHIPPED, AcceptLimits

EDITION_UNSURE = "edition_unsure"
"""Reason of a page that fits several templates alike; the detail names them."""
_log = logging.getLogger(__name__)


class PlacedReader:
    """Reads pages of placed forms; keeps their blanks once it needed them."""

    def __init__(self, templates: Sequence[Template]) -> None:
        self._templates = tuple(template for template in templates if template.placed)

    @cached_property
    def _references(self) -> tuple[PlacedReference, ...]:
        return tuple(
            reference for template in self._templates for reference in _open_sound(template)
        )

    def read(self, image: PageImage, limits: AcceptLimits = SHIPPED) -> PageReading | None:
        """Read one page; None where it is no page of these forms.

        A form whose blank is missing or broken is left out, with a warning on the log.
        """
        if image.pixels is None or not self._templates:
            return None
        found = find_page(image.pixels, self._references)
        if isinstance(found, UnsurePage):
            return _name_all(image, found)
        return None if found is None else _read_page(image, found, limits)


def _open_sound(template: Template) -> Iterator[PlacedReference]:
    """The pages of a form, as far as their blanks can be opened: one must not stop the others."""
    for number in range(1, len(template.pages) + 1):
        try:
            yield open_reference(template, number)
        except TemplateFault as fault:
            _log.warning("%s, page %d, is not looked for: %s", template.key, number, fault)


def _name_all(image: PageImage, unsure: UnsurePage) -> PageReading:
    """A page that nothing is read from: what it may be, for whoever looks at it."""
    names = ", ".join(f"{r.template.key}/{r.page.page}" for r in unsure.references)
    return PageReading(image.file, image.index, PageStatus.UNIDENTIFIED, EDITION_UNSURE, names)


def _read_page(image: PageImage, found: FoundPage, limits: AcceptLimits) -> PageReading:
    reference, page = found.reference, found.page
    blank = learn_blank(reference.page, page.grey) if reference.drawn else reference.blank
    quality = measure_placed(page, reference.page, blank)
    if not reference.drawn:
        quality = assess_print(quality, page)
    shown = Reference(
        reference.page, blank, prepare_blank(blank), reference.template.scribble_cancels
    )
    inked = find_ink(page, shown, shrink_page(page.grey))
    quality = assess_paper(quality, inked.faintest)
    limits = replace(limits, form=reference.template.key.form)
    return PageReading(
        file=image.file,
        index=image.index,
        status=PageStatus.READ,
        key=reference.template.key,
        page=reference.page.page,
        sheet=1,
        quality=quality,
        fields=tuple(
            replace(reading, spec=true)
            for reading, true in zip(
                read_fields(inked, quality, limits), reference.true_fields, strict=True
            )
        ),
    )
