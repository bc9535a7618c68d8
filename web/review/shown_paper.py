"""Which pictures show a field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from web.review.page_view import PageView, frame_page, frame_region
from workflow.store.models.paper import Page, Reading

Frame = Callable[[int, int, list[Any]], PageView]


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A field on its page: a crop of it, and the page with its region marked."""

    crop_url: str
    page_url: str
    view: PageView | None
    """None where the page's pixels were never seen."""


def show_reading(page: Page, reading: Reading) -> ShownPaper:
    """The pictures of one field."""
    crop = url_for("pictures.show_field", reading_id=reading.id)
    return _show(page, crop, reading.region_px, frame_region)


def show_page(page: Page, reading: Reading) -> ShownPaper:
    """A whole page; any of its readings tells which side is up."""
    return _show(page, "", reading.region_px, frame_page)


def _show(page: Page, crop_url: str, region: list[Any], frame: Frame) -> ShownPaper:
    width, height = page.width_px, page.height_px
    view = frame(width, height, region) if width and height else None
    return ShownPaper(crop_url, url_for("pictures.show_page", page_id=page.id), view)
