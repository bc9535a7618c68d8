"""The pixels of a PDF page: of its one image as they are stored, or of the drawn page."""

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from intake.errors import FaultCode, UnreadableError
from intake.limits import Limits
from intake.pdf_content import PageContent, PlacedImage, choose_dpi, find_filling_image
from intake.pdf_images import check_decodability
from intake.raster import Raster, check_pixel_count, refuse_pixels

_POINTS_PER_INCH = 72
_LONGEST_SIDE_INCHES = 2 * 297 / 25.4
"""Page boxes may claim any size; no page gets more pixels than A2 at the highest resolution."""
_LEAST_SHARE = 0.5
"""Of the resolution of its images that a page must keep: drawn smaller, a form in the corner of
an absurd page box would look like an empty page."""
_INSET_PX = 0.05
"""Keeps an image that fills the page from spilling into a further row by rounding, which
would have all of it drawn anew, blurred."""
_GREY_COLOURS = frozenset({pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, pdfium_c.FPDF_COLORSPACE_CALGRAY})
_RGB_BITS = 24


def take_single_image(page: Any, content: PageContent, limits: Limits) -> Raster | None:
    """The stored pixels of a page that is one upright grey image and nothing else.

    Half the work of drawing the page, and the same pixels. None where drawing
    could show anything else.
    """
    placed = None if content.drawn else find_filling_image(content, page.get_bbox())
    if placed is None or not _is_plain(page, placed) or max(placed.dpi) > limits.max_dpi * 1.01:
        return None
    try:
        bitmap = placed.image.get_bitmap()
    except pdfium.PdfiumError:
        raise UnreadableError(FaultCode.DAMAGED) from None
    if bitmap.format != pdfium_c.FPDFBitmap_Gray:
        return None
    return _pack_bitmap(bitmap, max(placed.dpi))


def draw_page(page: Any, content: PageContent, limits: Limits) -> Raster:
    """The page as a viewer shows it, grey if nothing on it has a colour."""
    for placed in content.images:
        check_decodability(placed)
    width, height, dpi = _measure_drawing(page, content, limits)
    check_pixel_count(width, height, limits)
    if not content.drawn and all(_is_grey(placed) for placed in content.images):
        return _pack_bitmap(_render(page, width, height, pdfium_c.FPDFBitmap_Gray), dpi)
    bitmap = _render(page, width, height, pdfium_c.FPDFBitmap_BGR)
    if any(_is_coloured(placed) for placed in content.images):
        return _pack_bitmap(bitmap, dpi)
    pixels = bytes(bitmap.buffer)
    red, green, blue = (pixels[channel::3] for channel in range(3))
    if red == green == blue:
        return Raster(width, height, 1, width, round(dpi, 2), red)
    return _pack_bitmap(bitmap, dpi)


def _is_plain(page: Any, placed: PlacedImage) -> bool:
    """Whether nothing lies between the stored pixels and those that a viewer shows."""
    image = placed.image
    clip = pdfium_c.FPDFPageObj_GetClipPath(image)
    return (
        page.get_rotation() == 0
        and image.get_filters() != ["JPXDecode"]
        and pdfium_c.FPDFPageObj_CountMarks(image) == 0
        and not pdfium_c.FPDFPageObj_HasTransparency(image)
        and pdfium_c.FPDFClipPath_CountPaths(clip) <= 0
        and _is_grey(placed)
    )


def _pack_bitmap(bitmap: Any, dpi: float) -> Raster:
    """Hands on the memory of a pdfium bitmap, which lives as long as the raster."""
    size = bitmap.width, bitmap.height, bitmap.n_channels, bitmap.stride
    return Raster(*size, round(dpi, 2), memoryview(bitmap.buffer))


def _measure_drawing(page: Any, content: PageContent, limits: Limits) -> tuple[int, int, float]:
    """Width and height in px, and the resolution they amount to."""
    width, height = page.get_size()
    wanted = choose_dpi(content, (width, height), limits.vector_dpi)
    useful = min(wanted, limits.max_dpi)
    longest_px = _LONGEST_SIDE_INCHES * limits.max_dpi
    dpi = min(useful, longest_px * _POINTS_PER_INCH / max(width, height))
    if dpi < _LEAST_SHARE * useful:
        scale = useful / _POINTS_PER_INCH
        raise refuse_pixels(f"{round(width * scale)} x {round(height * scale)}", limits)
    placed = find_filling_image(content, page.get_bbox())
    placed = placed if placed and dpi == wanted == max(placed.dpi) else None
    if placed and page.get_rotation() % 180 == 0:
        return placed.width_px, placed.height_px, dpi
    if placed:
        return placed.height_px, placed.width_px, dpi
    sides = (max(1, round(side * dpi / _POINTS_PER_INCH)) for side in (width, height))
    return *sides, dpi


def _is_grey(placed: PlacedImage) -> bool:
    """Whether an image can only have greys."""
    metadata = placed.image.get_metadata()
    if metadata.colorspace == pdfium_c.FPDF_COLORSPACE_ICCBASED:
        return bool(metadata.bits_per_pixel in (1, 8))
    return metadata.colorspace in _GREY_COLOURS


def _is_coloured(placed: PlacedImage) -> bool:
    """Whether an image is stored in colour."""
    return bool(placed.image.get_metadata().bits_per_pixel >= _RGB_BITS)


def _render(page: Any, width: int, height: int, form: int) -> Any:
    """Draws a page with its annotations and form fields onto white; RGB where not grey."""
    reverse = form == pdfium_c.FPDFBitmap_BGR
    bitmap = pdfium.PdfBitmap.new_native(width, height, form, rev_byteorder=reverse)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    clip = pdfium_c.FS_RECTF(0, 0, width, height)
    flags = pdfium_c.FPDF_ANNOT | (pdfium_c.FPDF_REVERSE_BYTE_ORDER if reverse else 0)
    matrix = _map_page(page, width, height)
    pdfium_c.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
    if page.formenv:
        pdfium_c.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, flags)
    return bitmap


def _map_page(page: Any, width: int, height: int) -> Any:
    """Maps the page onto the bitmap, so that an image filling it is copied pixel by pixel."""
    x_points, y_points = page.get_size()
    x_scale, y_scale = (width - 2 * _INSET_PX) / x_points, (height - 2 * _INSET_PX) / y_points
    return pdfium_c.FS_MATRIX(x_scale, 0, 0, y_scale, _INSET_PX, _INSET_PX)
