"""PDF files -> pages: structure checked, then drawn at the resolution of their own images."""

import ctypes
import io
import mmap
from typing import TYPE_CHECKING, Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from intake.errors import FaultCode, PageFault, UnreadableError, describe_fault
from intake.limits import Limits
from intake.pdf_content import PageContent, list_content
from intake.pdf_images import check_image, is_jpeg
from intake.pdf_pixels import draw_page, take_single_image
from intake.raster import Raster, check_corners
from intake.structure import Ending, judge_ending, mend_ending

if TYPE_CHECKING:
    from intake.skeleton import Skeleton

_ENCRYPTED = frozenset({pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY})

_DAMAGE = {
    Ending.WHOLE: FaultCode.DAMAGED,
    Ending.REPAIRED: FaultCode.DAMAGED,
    Ending.CUT_OFF: FaultCode.TRUNCATED,
}


class PdfFile:
    """A PDF file; an empty user password is tried, no other."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._limits = limits
        self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        self._ending = judge_ending(self._data)
        self._masks = self._data.find(b"Mask") >= 0  # image dictionaries are never compressed
        self._file: BinaryIO = file
        source: mmap.mmap | bytearray = self._data
        if self._ending is Ending.CUT_OFF:
            source = mend_ending(self._data)
            self._file = io.BytesIO(source)
        self._document = _open_document(source, self._ending)
        self._skeleton: Skeleton | None = None
        self.count: int = len(self._document)

    def decode_page(self, index: int) -> Raster:
        """Draws one page once it is sure that no part of it is missing."""
        try:
            page = self._document[index]
        except pdfium.PdfiumError:
            raise UnreadableError(_DAMAGE[self._ending]) from None
        try:
            return self._decode_loaded(page, index)
        finally:
            page.close()

    def find_loss(self) -> PageFault | None:
        """A file that is cut off may have had further pages."""
        if self._ending is not Ending.CUT_OFF:
            return None
        return describe_fault(FaultCode.TRUNCATED, what="The PDF file")

    def close(self) -> None:
        """Lets go of the document; the mapped file goes with it."""
        self._document.close()

    def _decode_loaded(self, page: Any, index: int) -> Raster:
        content = list_content(page)
        if content.empty or self._ending is not Ending.WHOLE:
            self._check_parts(index, content)
        for placed in content.images:
            check_image(placed, self._limits)
        raster = None if self._masks else take_single_image(page, content, self._limits)
        raster = raster or draw_page(page, content, self._limits)
        if any(is_jpeg(placed) for placed in content.images):
            check_corners(raster)
        return raster

    def _check_parts(self, index: int, content: PageContent) -> None:
        """Refuses a page with missing parts, which would be drawn as if they had been blank."""
        skeleton = self._open_skeleton()
        silent = content.empty and skeleton.places_drawings(index)
        if silent or skeleton.lacks_parts(index):
            raise UnreadableError(_DAMAGE[self._ending])

    def _open_skeleton(self) -> "Skeleton":
        from intake.skeleton import Skeleton  # late: whole files need no second reader

        self._skeleton = self._skeleton or Skeleton(self._file)
        return self._skeleton


def _open_document(data: mmap.mmap | bytearray, ending: Ending) -> Any:
    """Opens a PDF in memory with pdfium, which rebuilds a lost index by itself."""
    buffer = (ctypes.c_ubyte * len(data)).from_buffer(data)
    try:
        document = pdfium.PdfDocument(buffer)
    except pdfium.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise UnreadableError(FaultCode.ENCRYPTED) from None
        raise UnreadableError(_DAMAGE[ending], what="The PDF file") from None
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    return document
