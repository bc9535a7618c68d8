"""Forms that somebody else designed: their places are given, and their blank is a file."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from form_templates.errors import MissingFile, TemplateFault
from form_templates.fitting import LayoutFault
from form_templates.model import TemplatePage
from form_templates.pdf_pages import UNREADABLE, draw_pdf_page
from form_templates.places import place_fields
from form_templates.specification import PlacedPage, Template

if TYPE_CHECKING:
    from pypdf import PageObject

UNREADABLE_PICTURE = (UnidentifiedImageError, OSError, EOFError, Image.DecompressionBombError)
"""Raised for what is no picture, lacks the page, or is larger than any paper."""


class NotOurs(Exception):
    """A form of others was to be printed, or printed upon, and cannot be."""

    code: ClassVar[str] = "not_ours"
    retry: ClassVar[bool] = False
    message: ClassVar[str] = "Print the form from where it comes from."


class BrokenBlank(TemplateFault):
    """The blank of a placed form is neither a PDF nor a picture, or lacks the page."""

    code = "broken_blank"
    message = "The blank of a page is a PDF that has the page, or a picture."


def lay_out_placed(template: Template, page: int, sheet: int) -> TemplatePage:
    """One side of a placed form; raises LayoutFault for a page that it does not have."""
    if not 1 <= page <= len(template.pages) or sheet != 1:
        raise LayoutFault(template.key, f"there is no page {page}, sheet {sheet}")
    paper = template.pages[page - 1]
    fields = place_fields(template, page)
    return TemplatePage(page, sheet, paper.width_mm, paper.height_mm, fields)


def render_placed(
    template: Template, numbers: Sequence[tuple[int, int]], px_per_mm: float
) -> Iterator[NDArray[np.uint8]]:
    """The blanks of placed pages as grey pictures, white where the template has none."""
    for page, sheet in numbers:
        laid = lay_out_placed(template, page, sheet)
        size = (round(laid.width_mm * px_per_mm), round(laid.height_mm * px_per_mm))
        paper = template.pages[page - 1]
        if paper.blank is None:
            yield np.full(size[::-1], 255, np.uint8)
        else:
            image = open_blank(template, paper, px_per_mm).resize(size, Image.Resampling.LANCZOS)
            yield np.asarray(image, np.uint8)


def open_blank(template: Template, paper: PlacedPage, px_per_mm: float) -> Image.Image:
    """The blank of a page as a grey picture: a PDF about as fine as asked, a picture as it is.

    Raises MissingFile or BrokenBlank.
    """
    file = _find_blank(template, paper)
    data = _read(file)
    if data.startswith(b"%PDF"):
        return _open_pdf(file, data, paper.blank_page, px_per_mm)
    try:
        image = Image.open(io.BytesIO(data))
        image.seek(paper.blank_page - 1)
        return image.convert("L")
    except UNREADABLE_PICTURE as fault:
        raise BrokenBlank(file, "blank", f"page {paper.blank_page}") from fault


def _open_pdf(file: Path, data: bytes, page: int, px_per_mm: float) -> Image.Image:
    try:
        return Image.fromarray(draw_pdf_page(data, page, px_per_mm))
    except UNREADABLE as fault:
        raise BrokenBlank(file, "blank", f"page {page}") from fault


def _find_blank(template: Template, paper: PlacedPage) -> Path:
    if template.folder is None or paper.blank is None:
        raise NotOurs(f"{template.key}: there is no blank")
    return template.folder / paper.blank


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise MissingFile(file, "blank") from fault


def print_placed(template: Template, copies: int) -> bytes:
    """The pages of the blank PDF as they are; raises NotOurs where one is no PDF."""
    from pypdf import PdfWriter  # late: who only reads forms does not pay for it

    writer = PdfWriter()
    for _ in range(copies):
        for number, paper in enumerate(template.pages, start=1):
            writer.add_page(_take_page(template, paper, number))
    document = io.BytesIO()
    writer.write(document)
    return document.getvalue()


def _take_page(template: Template, paper: PlacedPage, number: int) -> "PageObject":
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if paper.blank is None:
        raise NotOurs(f"{template.key}: page {number} has no blank")
    file = _find_blank(template, paper)
    data = _read(file)
    if not data.startswith(b"%PDF"):
        raise NotOurs(f"{template.key}: the blank of page {number} is no PDF")
    try:
        return PdfReader(io.BytesIO(data)).pages[paper.blank_page - 1]
    except (PyPdfError, IndexError) as fault:
        raise BrokenBlank(file, "blank", f"page {paper.blank_page}") from fault
