"""Whether the blank of a placed form shows the page that its template describes."""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from form_templates.errors import (
    MissingFile,
    OverlappingRegions,
    RegionOffPage,
    TemplateFault,
    WrongBlank,
)
from form_templates.pdf_pages import UNREADABLE, measure_pdf_page
from form_templates.placed import UNREADABLE_PICTURE
from form_templates.specification import PlacedPage, Template

_SLACK_MM = 1.0
"""Printers and writers of PDF round the size of a page."""


def find_wrong_blanks(template: Template, folder: Path, file: Path) -> Iterator[TemplateFault]:
    """A fault for each page whose blank or anchors do not fit it."""
    for number, page in enumerate(template.pages, start=1):
        key = f"pages[{number}]"
        yield from _find_wrong_anchors(page, key, file)
        if page.blank and not (folder / page.blank).is_file():
            yield MissingFile(file, f"{key}.blank", page.blank)
        elif page.blank and (wrong := _compare(page, folder / page.blank)):
            yield WrongBlank(file, f"{key}.blank", wrong)


def _find_wrong_anchors(page: PlacedPage, key: str, file: Path) -> Iterator[TemplateFault]:
    """Anchors beside the page, or over an earlier one."""
    regions = [anchor.region for anchor in page.anchors]
    for count, region in enumerate(regions, start=1):
        place = f"{key}.anchors[{count}].region"
        beyond = region.right_mm > page.width_mm or region.bottom_mm > page.height_mm
        if beyond or min(region.x_mm, region.y_mm) < 0:
            yield RegionOffPage(file, place, f"{region.as_list()} on {key}")
        for earlier, other in enumerate(regions[: count - 1], start=1):
            if region.overlaps(other):
                yield OverlappingRegions(file, place, f"anchors {earlier} and {count} of {key}")


def _compare(page: PlacedPage, blank: Path) -> str:
    """What is wrong with a blank; empty where it shows a page of the size that is wanted."""
    width, height = _measure(blank.read_bytes(), page)
    if not width:
        return f"{blank.name} is no PDF or picture with a page {page.blank_page}"
    if max(abs(width - page.width_mm), abs(height - page.height_mm)) > _SLACK_MM:
        wanted = f"{page.width_mm:g} x {page.height_mm:g} mm"
        return f"{blank.name} is {width:.1f} x {height:.1f} mm, the template says {wanted}"
    return ""


def _measure(data: bytes, page: PlacedPage) -> tuple[float, float]:
    """Width and height of the blank's page in mm, 0 where there is none."""
    try:
        if data.startswith(b"%PDF"):
            return measure_pdf_page(data, page.blank_page)
        with Image.open(io.BytesIO(data)) as picture:
            picture.seek(page.blank_page - 1)
            # A picture is as wide as it is said to be; only its shape can be wrong.
            return page.width_mm, page.width_mm * picture.height / picture.width
    except (*UNREADABLE, *UNREADABLE_PICTURE):
        return 0.0, 0.0
