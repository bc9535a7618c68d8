"""A page laid straight: the frame that all readers look at, and cutting from it.

Everything downstream sees one geometry: `PX_PER_MM` pixels per mm of the
template, whatever the scanner did. The middle of pixel (column, row) lies at
((column + 0.5) / PX_PER_MM, (row + 0.5) / PX_PER_MM) mm.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from form_templates.model import Region
from ocr.readings import Quad

PX_PER_MM = 8
PAGE_WIDTH_PX = round(PAGE_WIDTH_MM * PX_PER_MM)
PAGE_HEIGHT_PX = round(PAGE_HEIGHT_MM * PX_PER_MM)

Grey = NDArray[np.uint8]
"""Height x width; print is dark on light."""
Points = NDArray[np.float64]
"""N x 2, x before y."""


@dataclass(frozen=True, slots=True)
class Square:
    """A printed dark square, in the template and in the scan."""

    name: str
    corners_mm: Points
    """Clockwise from the top left as printed."""
    corners_px: Points
    """The same corners in the page as decoded."""
    edge_mm: float = 0.0
    """Width of its edges: a ramp as steep as the steepest part."""
    paper: float = 255.0
    """Grey around it."""
    print: float = 0.0
    """Grey of its border."""


@dataclass(frozen=True, slots=True)
class RegisteredPage:
    """A scanned page in the template's frame, and the way back to the scan."""

    grey: Grey
    """PAGE_HEIGHT_PX x PAGE_WIDTH_PX."""
    colour: NDArray[np.uint8] | None
    """The same size, RGB; None where the scan has no colour."""
    to_scan: NDArray[np.float64]
    """3 x 3 homography: mm of the template to px of the page as decoded.

    Px count from the middle of the top left pixel, as OpenCV's do."""
    scan: NDArray[np.uint8]
    """The page as decoded: grey or RGB."""
    squares: tuple[Square, ...]
    """The markers (and finder patterns of page codes) that `to_scan` rests on."""
    residual_mm: float
    """Largest distance between a corner of those and where `to_scan` puts it."""
    shifts_mm: NDArray[np.float32] | None = None
    """Rows x columns x 2: what `lay_over` found the paper stretched by, before `to_scan`."""
    agreement: float | None = None
    """Share of the printed tiles that show the print of the blank; None before it was compared."""


def crop(page: RegisteredPage, region: Region, margin_mm: float = 0.0) -> Grey:
    """Cut a region with a margin out of the page; beyond the paper its edge goes on.

    Equal regions give crops of equal size wherever they lie.
    """
    return cut(page.grey, region, margin_mm)


def crop_colour(
    page: RegisteredPage, region: Region, margin_mm: float = 0.0
) -> NDArray[np.uint8] | None:
    """Cut the same in RGB; None where the scan has no colour."""
    return None if page.colour is None else cut(page.colour, region, margin_mm)


def cut(picture: NDArray[np.uint8], region: Region, margin_mm: float = 0.0) -> NDArray[np.uint8]:
    """Cut a region with a margin out of any picture in the canonical frame."""
    left, top, width, height = box_px(region, margin_mm)
    bottom, right = top + height, left + width
    if top >= 0 and left >= 0 and bottom <= picture.shape[0] and right <= picture.shape[1]:
        return picture[top:bottom, left:right]
    rows = np.arange(top, bottom).clip(0, picture.shape[0] - 1)
    columns = np.arange(left, right).clip(0, picture.shape[1] - 1)
    replicated: NDArray[np.uint8] = picture[rows[:, None], columns]
    return replicated


def cut_shown(
    picture: NDArray[np.uint8], region: Region, margin_mm: float = 0.0
) -> NDArray[np.uint8]:
    """What of a region lies on a picture in the canonical frame; its edge does not go on."""
    return picture[window_shown(region, margin_mm)]


def window_shown(region: Region, margin_mm: float = 0.0) -> tuple[slice, slice]:
    """The lines and columns of the canonical frame that show a region."""
    left, top, width, height = box_px(region, margin_mm)
    return slice(max(0, top), top + height), slice(max(0, left), left + width)


def box_px(region: Region, margin_mm: float = 0.0) -> tuple[int, int, int, int]:
    """Left, top, width and height of a region in whole px of the canonical frame."""
    return (
        round((region.x_mm - margin_mm) * PX_PER_MM),
        round((region.y_mm - margin_mm) * PX_PER_MM),
        round((region.width_mm + 2 * margin_mm) * PX_PER_MM),
        round((region.height_mm + 2 * margin_mm) * PX_PER_MM),
    )


def corners_mm(region: Region) -> Points:
    """The four corners of a region, clockwise from its top left."""
    return np.array(
        [
            (region.x_mm, region.y_mm),
            (region.right_mm, region.y_mm),
            (region.right_mm, region.bottom_mm),
            (region.x_mm, region.bottom_mm),
        ]
    )


def project(homography: NDArray[np.float64], points: Points) -> Points:
    """Send points through a homography."""
    moved = cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), homography)
    return np.asarray(moved[0], dtype=np.float64)


def quad_px(page: RegisteredPage, region: Region) -> Quad:
    """Where a region lies in the page as decoded, clockwise from the region's top left."""
    corners = corners_mm(region)
    if page.shifts_mm is not None:
        corners = corners + shifts_at(page.shifts_mm, corners)
    a, b, c, d = (
        (round(float(x), 1), round(float(y), 1)) for x, y in project(page.to_scan, corners)
    )
    return (a, b, c, d)


def inside_scan(page: RegisteredPage, region: Region) -> bool:
    """Whether the scan shows a region whole; what it cuts off is unreadable, never empty."""
    corners = project(page.to_scan, corners_mm(region))
    height, width = page.scan.shape[:2]
    highest = (width - 0.5, height - 0.5)
    return bool(((corners >= -0.5) & (corners <= highest)).all())


def shifts_at(shifts_mm: NDArray[np.float32], points_mm: Points) -> Points:
    """What the paper is stretched by at some points: bilinear between the tiles' middles."""
    rows, columns = shifts_mm.shape[:2]
    x = (points_mm[:, 0] / PAGE_WIDTH_MM * columns - 0.5).astype(np.float32)
    y = (points_mm[:, 1] / PAGE_HEIGHT_MM * rows - 0.5).astype(np.float32)
    edge = cv2.BORDER_REPLICATE
    found = cv2.remap(shifts_mm, x[None], y[None], cv2.INTER_LINEAR, borderMode=edge)
    return np.asarray(found[0], dtype=np.float64)
