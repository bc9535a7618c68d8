"""The blank of a placed page in the reader's frame, whatever size its paper has.

The frame is A4. Larger paper is scaled down to fit, evenly; all millimetres of a
`PlacedReference` are the frame's, and `to_frame` leads there from the paper's own.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.layout import lay_out_page
from form_templates.marks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from form_templates.model import FieldSpec, Kind, Option, Region, TemplatePage
from form_templates.printing import render_pages
from form_templates.specification import Anchor, Template
from ocr.frame import PAGE_HEIGHT_PX, PAGE_WIDTH_PX, PX_PER_MM, Grey, box_px
from ocr.placed.anchors import find_anchors
from ocr.placed.blank_match import Described, describe_blank
from ocr.placed.coarse import glance_at
from ocr.placed.fitting import fit_anchors
from ocr.placement import Placement
from ocr.registration import straighten_page

_LINE_MM = 0.25
_GREY = 90


@dataclass(frozen=True)
class PlacedReference:
    """One page of a form of others, as the reader expects it."""

    template: Template
    page: TemplatePage
    """In mm of the frame."""
    anchors: tuple[Anchor, ...]
    """In mm of the frame."""
    blank: Grey
    """In the frame: what is printed, or where there is no blank the outlines of the places."""
    drawn: bool
    """Whether the blank is only drawn from the places."""
    true_fields: tuple[FieldSpec, ...]
    """The fields in mm of the paper."""

    @cached_property
    def details(self) -> Described:
        """What the page is laid straight by where it has no anchors."""
        return describe_blank(self.blank)

    @cached_property
    def coarse(self) -> NDArray[np.float32]:
        """The blank at a glance."""
        return glance_at(self.blank)


def open_reference(template: Template, number: int) -> PlacedReference:
    """One page of a placed template, with its blank laid straight."""
    paper = template.pages[number - 1]
    true = lay_out_page(template, number, 1).template
    scale = min(1.0, PAGE_WIDTH_MM / paper.width_mm, PAGE_HEIGHT_MM / paper.height_mm)
    page = scale_page(true, scale)
    anchors = tuple(Anchor(a.kind, scale_region(a.region, scale)) for a in paper.anchors)
    drawn = paper.blank is None
    picture = draw_outlines(page) if drawn else _open_blank(template, number, scale)
    blank = picture if drawn else _straighten_blank(picture, anchors, page)
    return PlacedReference(template, page, anchors, blank, drawn, true.fields)


def scale_region(region: Region, scale: float) -> Region:
    """A region on paper that was made smaller or larger as a whole."""
    return Region(
        region.x_mm * scale, region.y_mm * scale, region.width_mm * scale, region.height_mm * scale
    )


def scale_page(page: TemplatePage, scale: float) -> TemplatePage:
    """A page made smaller or larger as a whole."""
    return replace(
        page,
        width_mm=page.width_mm * scale,
        height_mm=page.height_mm * scale,
        fields=tuple(_scale_field(spec, scale) for spec in page.fields),
        free=tuple(scale_region(region, scale) for region in page.free),
    )


def _scale_field(spec: FieldSpec, scale: float) -> FieldSpec:
    return replace(
        spec,
        region=scale_region(spec.region, scale),
        cells=tuple(scale_region(cell, scale) for cell in spec.cells),
        options=tuple(Option(o.code, scale_region(o.region, scale)) for o in spec.options),
    )


def _open_blank(template: Template, number: int, scale: float) -> Grey:
    """The blank as it is, at the frame's px per mm, on the frame's paper."""
    picture = next(render_pages(template, [(number, 1)], px_per_mm=PX_PER_MM * scale))
    frame = np.full((PAGE_HEIGHT_PX, PAGE_WIDTH_PX), 255, np.uint8)
    height, width = min(picture.shape[0], PAGE_HEIGHT_PX), min(picture.shape[1], PAGE_WIDTH_PX)
    frame[:height, :width] = picture[:height, :width]
    return frame


def _straighten_blank(picture: Grey, anchors: tuple[Anchor, ...], page: TemplatePage) -> Grey:
    """A blank may be a scan itself: then its anchors lie beside their places."""
    found = find_anchors(picture) if anchors else []
    fits = fit_anchors(anchors, page, found, PAGE_HEIGHT_PX)
    if not fits:
        return picture
    straight = PX_PER_MM * np.eye(2)
    upright = min(fits, key=lambda fit: float(np.abs(fit.to_scan[:2, :2] - straight).max()))
    placed = Placement(upright.to_scan, (), residual_mm=0.0, unsure_mm=0.0)
    return straighten_page(picture, placed).grey


def draw_outlines(page: TemplatePage) -> Grey:
    """The outlines of all answer places: what is surely printed where no blank is at hand."""
    frame = np.full((PAGE_HEIGHT_PX, PAGE_WIDTH_PX), 255, np.uint8)
    line = round(_LINE_MM * PX_PER_MM)
    rings = {o.region for s in page.fields if s.kind is Kind.BUBBLE for o in s.options}
    for place in list_outlined(page):
        left, top, width, height = box_px(place)
        if place in rings:
            middle = (left + width // 2, top + height // 2)
            cv2.ellipse(frame, middle, (width // 2, height // 2), 0, 0, 360, _GREY, line)
        else:
            cv2.rectangle(frame, (left, top), (left + width, top + height), _GREY, line)
    return frame


def list_outlined(page: TemplatePage) -> list[Region]:
    """The places that are printed as rings or boxes."""
    options = [option.region for spec in page.fields for option in spec.options]
    return options + [cell for spec in page.fields for cell in spec.cells]
