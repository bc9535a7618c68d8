"""Turns pages of a PDF into pictures, and measures them.

The renderer serves one caller at a time in a process: two at once, as the pages of a
form are asked for by one screen, would end the whole process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

UNREADABLE = (pdfium.PdfiumError, IndexError)
"""Raised for what is no PDF, and for a page that it lacks."""
_MM_PER_POINT = 25.4 / 72
_HAIR = 1 - 1e-6
"""The renderer rounds a page up to whole px: without it the last row would stretch the page."""
_ONE_AT_A_TIME = Lock()


def draw_pdf_page(data: bytes, page: int, px_per_mm: float) -> NDArray[np.uint8]:
    """A page, counted from 1, as a grey picture; raises one of UNREADABLE."""
    with _open(data) as document:
        return _draw(document[page - 1], px_per_mm)


def measure_pdf_page(data: bytes, page: int) -> tuple[float, float]:
    """Width and height of a page in mm; raises one of UNREADABLE."""
    with _open(data) as document:
        width, height = document[page - 1].get_size()
    return width * _MM_PER_POINT, height * _MM_PER_POINT


def _draw(side: pdfium.PdfPage, px_per_mm: float) -> NDArray[np.uint8]:
    """A copy of what is drawn: nothing of the renderer outlives its turn."""
    bitmap = side.render(scale=px_per_mm * _MM_PER_POINT * _HAIR, grayscale=True)
    pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    return pixels.reshape(pixels.shape[:2])


@contextmanager
def _open(data: bytes) -> Iterator[pdfium.PdfDocument]:
    with _ONE_AT_A_TIME, pdfium.PdfDocument(data) as document:
        yield document
