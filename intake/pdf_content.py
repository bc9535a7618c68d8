"""What stands on a PDF page: images with their place, and whether anything else does."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_POINTS_PER_INCH = 72
_MAX_DEPTH = 8
_SIGNIFICANT_SHARE = 0.01
"""Images below this share of the page, logos and the like, say nothing of its resolution; of a
page larger than paper, this share of A4: a scan in its corner would be drawn too small to see."""
_SCAN_SHARE = 0.5
"""A page is a scan if images cover that much of it."""
_A4_LONG_SIDE_POINTS = 297 / 25.4 * _POINTS_PER_INCH
_A4_POINTS2 = _A4_LONG_SIDE_POINTS**2 / math.sqrt(2)
_A3_LONG_SIDE_POINTS = 425 / 25.4 * _POINTS_PER_INCH
"""With 5 mm of tolerance."""
_FILL_TOLERANCE_POINTS = 1.0
_SQUARE_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """An image and the parallelogram on the page that it is drawn into."""

    image: Any
    """The pdfium object."""
    width_px: int
    height_px: int
    matrix: tuple[float, float, float, float, float, float]
    """Maps the unit square to points on the page."""

    @property
    def dpi(self) -> tuple[float, float]:
        """Pixels per inch along its own two sides."""
        a, b, c, d, _, _ = self.matrix
        width, height = math.hypot(a, b), math.hypot(c, d)
        return (
            self.width_px * _POINTS_PER_INCH / max(width, 1e-3),
            self.height_px * _POINTS_PER_INCH / max(height, 1e-3),
        )

    @property
    def area(self) -> float:
        """Square points that it covers."""
        a, b, c, d, _, _ = self.matrix
        return abs(a * d - b * c)


@dataclass(frozen=True, slots=True)
class PageContent:
    """Everything that a page draws, as far as it matters for its pixels."""

    images: tuple[PlacedImage, ...]
    drawn: bool
    """Whether there is visible text, a line or an annotation besides the images."""

    @property
    def empty(self) -> bool:
        """Nothing at all is to be seen."""
        return not self.images and not self.drawn


def list_content(page: Any) -> PageContent:
    """Collects the images of a page, also those inside forms."""
    images = []
    drawn: bool = pdfium_c.FPDFPage_GetAnnotCount(page) > 0
    for item, kind, outer in _walk_page(page):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            image = pdfium.PdfImage(item, page=page)
            matrix = image.get_matrix().multiply(outer).get()
            width_px, height_px = image.get_px_size()
            images.append(PlacedImage(image, width_px, height_px, matrix))
        elif kind != pdfium_c.FPDF_PAGEOBJ_TEXT or not _is_invisible(item):
            drawn = True
    return PageContent(tuple(images), drawn)


def choose_dpi(content: PageContent, size: tuple[float, float], vector_dpi: int) -> float:
    """The resolution of the page's own images; nothing is gained by drawing it finer.

    Text and lines need `vector_dpi`, unless they only lie over a scan. A page
    larger than A3 comes from a telephone that writes one point for a pixel:
    it counts as A4.
    """
    area, long_side = size[0] * size[1], max(size)
    least = _SIGNIFICANT_SHARE * min(area, _A4_POINTS2)
    images = [image for image in content.images if image.area >= least]
    finest = max((max(image.dpi) for image in images), default=0.0)
    is_scan = sum(image.area for image in images) >= _SCAN_SHARE * area
    if is_scan and (not content.drawn or finest >= vector_dpi / 2):
        return finest
    shrink = _A4_LONG_SIDE_POINTS / long_side if long_side > _A3_LONG_SIDE_POINTS else 1.0
    return max(finest, vector_dpi * shrink)


def find_filling_image(
    content: PageContent, box: tuple[float, float, float, float]
) -> PlacedImage | None:
    """The one image that is drawn upright over the whole page, or None."""
    if len(content.images) != 1:
        return None
    (placed,) = content.images
    left, bottom, right, top = box
    wanted = (right - left, 0.0, 0.0, top - bottom, left, bottom)
    pairs = zip(placed.matrix, wanted, strict=True)
    x_dpi, y_dpi = placed.dpi
    fills = all(abs(is_ - should) <= _FILL_TOLERANCE_POINTS for is_, should in pairs)
    return placed if fills and abs(x_dpi / y_dpi - 1) <= _SQUARE_TOLERANCE else None


def _is_invisible(text: Any) -> bool:
    """Whether text is only there to be searched for, behind a scan."""
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(text)
    return bool(mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _walk_page(page: Any) -> Iterator[tuple[Any, int, Any]]:
    """Each object that is no form, with its type and the matrix of what it stands in."""
    count, get = pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject
    pending = [(get(page, i), pdfium.PdfMatrix(), 0) for i in range(count(page))]
    count, get = pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject
    while pending:
        item, outer, depth = pending.pop()
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth == _MAX_DEPTH:
            yield item, kind, outer
            continue
        inner = pdfium.PdfObject(item, page=page).get_matrix().multiply(outer)
        pending += [(get(item, i), inner, depth + 1) for i in range(count(item))]
