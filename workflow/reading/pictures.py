"""Pictures of pages and of single fields, for people to look at."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from form_templates.model import TemplateKey
from intake.files import read_pages
from ocr.pictures import cut_upright, read_jpeg, shrink_jpeg, write_jpeg
from ocr.readings import Reason
from workflow.contents import ContentStore, replace_file
from workflow.errors import NotFound
from workflow.reading.rows import find_specs, restore_quad
from workflow.settings import Settings
from workflow.store.documents import find_page, find_reading
from workflow.store.models.paper import Reading
from workflow.store.session import Session

Made = TypeVar("Made")
_UNCORRECTED = frozenset(
    {Reason.NONE, Reason.UNANSWERED, Reason.IMAGE, Reason.DOUBTFUL_VALUE, Reason.SUGGESTION}
)
"""Reasons that have nothing to do with the places where answers are put right."""
_restoring = Lock()
"""Pages of a file are looked at side by side: the first asked for brings the others along."""


def name_picture(settings: Settings, sha256: str, index: int) -> Path:
    """Where the picture of one page of an original lies, once it was made."""
    return settings.pictures / sha256 / f"{index}.jpg"


def keep_picture(settings: Settings, sha256: str, index: int, pixels: NDArray[np.uint8]) -> None:
    """Keep a page's picture; it can be made anew from the original at any time."""
    replace_file(name_picture(settings, sha256, index), write_jpeg(pixels))


def find_page_picture(settings: Settings, session: Session, page_id: int) -> Path:
    """The picture of a page, made anew where it is missing.

    Raises NotFound for a page that could not be decoded.
    """
    page = find_page(session, page_id)
    path = name_picture(settings, page.file.sha256, page.index)
    if not path.is_file():
        with _restoring:
            if not path.is_file():
                _restore_pictures(settings, page.file.sha256)
    if not path.is_file():
        raise NotFound(f"page:{page_id}")
    return path


def shrink_page(settings: Settings, session: Session, page_id: int) -> bytes:
    """A page as a small JPEG, for overviews of many."""
    return _use_picture(settings, session, page_id, shrink_jpeg)


def crop_field(
    settings: Settings, session: Session, reading_id: int, margin_mm: float = 3.0
) -> bytes:
    """A field with a margin as JPEG, upright; with its correction places where they matter."""
    reading = find_reading(session, reading_id)
    picture = _use_picture(settings, session, reading.page_id, read_jpeg)
    page = find_page(session, reading.page_id)
    assert page.form and page.edition and page.page and page.sheet
    spec = find_specs(TemplateKey(page.form, page.edition), page.page, page.sheet)[reading.field]
    shown = list(spec.correction_cells)
    if _concerns_correction(reading):
        shown += (spec.correction_signatures or {}).values()
    quad = restore_quad(reading.region_px)
    return write_jpeg(cut_upright(picture, spec.region, quad, shown, margin_mm))


def _concerns_correction(reading: Reading) -> bool:
    return reading.correction is not None or Reason(reading.reason) not in _UNCORRECTED


def _use_picture(
    settings: Settings, session: Session, page_id: int, use: Callable[[bytes], Made | None]
) -> Made:
    """What is made of a page's picture; one that a lost machine left half written is made anew."""
    path = find_page_picture(settings, session, page_id)
    made = use(path.read_bytes())
    if made is None:
        path.unlink(missing_ok=True)
        made = use(find_page_picture(settings, session, page_id).read_bytes())
    if made is None:
        raise NotFound(f"page:{page_id}")
    return made


def _restore_pictures(settings: Settings, sha256: str) -> None:
    """Keep the pictures of an original that are missing: decoded once, however many they are."""
    for image in read_pages(ContentStore(settings.originals).path(sha256)):
        is_kept = name_picture(settings, sha256, image.index).is_file()
        if image.pixels is not None and not is_kept:
            keep_picture(settings, sha256, image.index, image.pixels)
