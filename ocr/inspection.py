"""How well pages were scanned, and which they are: all but reading their fields.

Takes a fraction of a second a page, so that whoever stands at the scanner can put the
paper in again while it is at hand.
"""

from dataclasses import dataclass

from intake.pages import PageImage
from ocr.frame import Grey, RegisteredPage
from ocr.inked_page import InkedPage
from ocr.pipeline import CODE_LOST, PageReader
from ocr.placement import Unregistered
from ocr.readings import FieldReading, PageReading, PageStatus, Quality
from ocr.thresholds import AcceptLimits


@dataclass(slots=True)
class PageInspector(PageReader):
    """Names pages and measures their quality; fields are left alone, titles are not read."""

    def _take_fields(
        self, inked: InkedPage, quality: Quality, limits: AcceptLimits
    ) -> tuple[FieldReading, ...]:
        return ()

    def _suggest(self, image: PageImage, page: RegisteredPage) -> PageReading:
        return PageReading(image.file, image.index, PageStatus.UNIDENTIFIED, CODE_LOST)

    def _name_by_title(self, image: PageImage, grey: Grey, fault: Unregistered) -> PageReading:
        return PageReading(
            image.file, image.index, PageStatus.UNIDENTIFIED, fault.reason, fault.detail
        )
