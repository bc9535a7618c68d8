"""Whether the images of a PDF page are small enough and whole.

pdfium leaves out an image that it cannot decode, and paints the missing part
of one that ends too early white or grey. On a form both read as "not answered".
"""

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from intake.errors import FaultCode, UnreadableError
from intake.limits import Limits
from intake.pdf_content import PlacedImage
from intake.raster import check_pixel_count
from intake.wholeness import is_whole_jpeg, is_whole_zlib

_DECODED_AT_ONCE = frozenset({"JBIG2Decode", "JPXDecode", "CCITTFaxDecode"})
_PIXEL_BITS = (1, 2, 4, 8, 16, 24, 32, 48, 64)


def check_image(placed: PlacedImage, limits: Limits) -> None:
    """Refuses an image that is too large or lacks a part."""
    check_pixel_count(placed.width_px, placed.height_px, limits)
    data = bytes(placed.image.get_data())
    if not data:
        raise UnreadableError(FaultCode.DAMAGED, detail="an image in it is empty")
    if not _is_whole(placed, data):
        raise UnreadableError(FaultCode.TRUNCATED)


def check_decodability(placed: PlacedImage) -> None:
    """Refuses an image that would be left out of the drawing without a word."""
    if _DECODED_AT_ONCE.intersection(placed.image.get_filters()):
        try:
            placed.image.get_bitmap()
        except pdfium.PdfiumError:
            raise UnreadableError(FaultCode.DAMAGED) from None


def is_jpeg(placed: PlacedImage) -> bool:
    """Whether an image is stored as JPEG."""
    return "DCTDecode" in placed.image.get_filters()[-1:]


def _is_whole(placed: PlacedImage, data: bytes) -> bool:
    """Whether the bytes of an image are all there, as far as its coding lets one see."""
    filters = placed.image.get_filters()
    if filters == ["DCTDecode"]:
        return is_whole_jpeg(data)
    if filters and filters[-1] in _DECODED_AT_ONCE:
        return True
    if is_jpeg(placed):
        return is_whole_jpeg(bytes(placed.image.get_data(decode_simple=True)))
    unpacked: int = pdfium_c.FPDFImageObj_GetImageDataDecoded(placed.image, None, 0)
    sizes = _list_full_sizes(placed)
    if unpacked in sizes:
        return True
    return unpacked > min(sizes) and filters == ["FlateDecode"] and is_whole_zlib(data)


def _list_full_sizes(placed: PlacedImage) -> set[int]:
    """How many bytes the pixels may take unpacked: the library does not tell their depth."""
    return {(placed.width_px * bits + 7) // 8 * placed.height_px for bits in _PIXEL_BITS}
