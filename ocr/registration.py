"""Laying a scanned page straight: from pixels of any turn and scale to the template's frame."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import CODE_REGIONS, MARKERS
from ocr.frame import PAGE_HEIGHT_PX, PAGE_WIDTH_PX, PX_PER_MM, Grey, RegisteredPage, Square
from ocr.markers import find_markers, has_mirrored_markers
from ocr.page_code import find_finders, read_codes
from ocr.page_sizes import shrink
from ocr.placement import Placement, Unregistered, local_scales, place_page
from ocr.streaks import remove_streaks

PAPER = 255
"""What stands where the scan shows nothing."""
_SAMPLED_UP_TO = 1.45
"""Times as fine as the frame: from twice that (590 dpi) pixels are averaged by twos, and so on."""

_TO_MM = np.array(
    [[1 / PX_PER_MM, 0, 0.5 / PX_PER_MM], [0, 1 / PX_PER_MM, 0.5 / PX_PER_MM], [0, 0, 1]]
)
"""Px of the frame to mm."""
_HOW = (
    (PAGE_WIDTH_PX, PAGE_HEIGHT_PX),
    None,
    cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    cv2.BORDER_CONSTANT,
    (PAPER, PAPER, PAPER),
)
"""Of drawing a page: size, no picture to draw on, sampling, and what stands beyond the scan."""


def register_page(pixels: NDArray[np.uint8]) -> RegisteredPage | Unregistered:
    """Lay a page straight by its corner markers; by its printed codes where corners are lost.

    Args:
        pixels: grey, or RGB; turned, scaled and in perspective as it likes.
    """
    pixels = remove_streaks(pixels)
    grey = to_grey(pixels)
    markers = find_markers(grey)
    placed = place_page(markers)
    if len({marker.name for marker in markers}) < len(MARKERS):
        placed = _place_by_codes(grey, markers) or placed
    if isinstance(placed, Unregistered):
        mirrored = not markers and has_mirrored_markers(grey)
        return Unregistered("mirrored") if mirrored else placed
    return straighten_page(pixels, placed)


def to_grey(pixels: NDArray[np.uint8]) -> Grey:
    """The page in grey."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _place_by_codes(grey: Grey, markers: Sequence[Square]) -> Placement | Unregistered | None:
    """Use the finder patterns of the page codes beside the markers that are left.

    A code is printed in two places; which one this is shows by what fits.
    """
    codes = read_codes(grey)
    if len({found.code for found in codes}) > 1 or len(codes) > len(CODE_REGIONS):
        return Unregistered("several_pages")
    for places in _choose_places(len(codes)):
        chosen = [(found, place) for found, place in zip(codes, places, strict=True) if place >= 0]
        finders = [s for found, place in chosen for s in find_finders(grey, found, place)]
        placed = place_page([*markers, *finders])
        if isinstance(placed, Placement):
            return placed
    return None


def _choose_places(codes: int) -> tuple[tuple[int, ...], ...]:
    """Where so many codes may stand; -1 leaves one out."""
    return {
        0: (),
        1: ((0,), (1,)),
        2: ((0, 1), (1, 0), (0, -1), (1, -1), (-1, 0), (-1, 1)),
    }[codes]


def straighten_page(pixels: NDArray[np.uint8], placed: Placement) -> RegisteredPage:
    """Draw the page anew in the template's frame."""
    straight = _warp(pixels, placed.to_scan)
    return RegisteredPage(
        grey=to_grey(straight),
        colour=straight if straight.ndim == 3 else None,
        to_scan=placed.to_scan,
        scan=pixels,
        squares=placed.squares,
        residual_mm=placed.residual_mm,
    )


def move_page(page: RegisteredPage, shift: NDArray[np.float64]) -> RegisteredPage:
    """Draw the page anew where a homography, mm of the template to mm, says it lies."""
    to_scan = page.to_scan @ shift
    straight = _warp(page.scan, to_scan)
    colour = straight if straight.ndim == 3 else None
    return replace(page, grey=to_grey(straight), colour=colour, to_scan=to_scan)


def _warp(pixels: NDArray[np.uint8], to_scan: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The page in the frame; a much finer scan is averaged down first.

    Up to 400 dpi plain bilinear sampling keeps hairlines of 0.15 mm deeper and
    steadier than averaging or smoothing does; beyond it would not see all pixels.
    """
    factor = max(1, int(min(local_scales(to_scan)) / (PX_PER_MM * _SAMPLED_UP_TO)))
    scan = pixels if factor == 1 else shrink(pixels, factor)
    to_px = _shrinking(factor) @ to_scan @ _TO_MM
    if to_px[2, :2].any():
        return np.asarray(cv2.warpPerspective(scan, to_px, *_HOW), np.uint8)
    # A page that lies flat comes out the same so, sooner.
    return np.asarray(cv2.warpAffine(scan, to_px[:2] / to_px[2, 2], *_HOW), np.uint8)


def _shrinking(factor: int) -> NDArray[np.float64]:
    """Px of a picture to px of the shrunken one: both count from the middle of a pixel."""
    shift = (1 - factor) / (2 * factor)
    return np.array([[1 / factor, 0, shift], [0, 1 / factor, shift], [0, 0, 1]])
