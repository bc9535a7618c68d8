"""Pages in the canonical frame with ink on them, as an office scanner gives them back."""

from collections.abc import Iterable
from functools import cache

import cv2
import numpy as np

from form_templates.marks import BODY
from ocr.frame import PAGE_HEIGHT_PX, PAGE_WIDTH_PX, PX_PER_MM, Grey
from ocr.ink import Ink, study_print, take_print_out
from ocr.page_sizes import shrink_page
from tests.ocr.drawn_paper import draw_blank

FINE = 2
"""Ink is drawn at this many times the frame's scale."""


@cache
def draw_reference() -> Grey:
    """The drawn blank in the frame."""
    size = (PAGE_WIDTH_PX, PAGE_HEIGHT_PX)
    return np.asarray(cv2.resize(draw_blank(), size, interpolation=cv2.INTER_AREA), np.uint8)


def draw_line(
    picture: Grey, points_mm: Iterable[tuple[float, float]], width_mm: float = 0.4, grey: int = 70
) -> None:
    """A pen's line through points, darkening a fine picture."""
    scale = PX_PER_MM * FINE
    way = (np.array(list(points_mm)) * scale).round().astype(np.int32)
    ink = np.full_like(picture, 255)
    cv2.polylines(ink, [way], False, (grey,), max(1, round(width_mm * scale)), cv2.LINE_AA)
    np.minimum(picture, ink, out=picture)


def take_fine_blank() -> Grey:
    """The blank at the fine scale, to draw on."""
    return draw_blank().copy()


def take_scan(
    fine: Grey,
    shift_mm: tuple[float, float] = (0.0, 0.0),
    paper: float = 0.85,
    noise: float = 4.0,
    seed: int = 1,
) -> Grey:
    """The fine picture in the frame: shifted, greyed, blurred a little, noisy."""
    scale = PX_PER_MM * FINE
    move = np.array([[1, 0, shift_mm[0] * scale], [0, 1, shift_mm[1] * scale]])
    moved = cv2.warpAffine(fine, move, fine.shape[::-1], borderValue=(255,))
    size = (PAGE_WIDTH_PX, PAGE_HEIGHT_PX)
    small = cv2.resize(moved, size, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 0.7).astype(np.float32) * paper + 15
    rng = np.random.default_rng(seed)
    return (soft + rng.normal(0, noise, soft.shape)).clip(0, 255).astype(np.uint8)


def within_body(picture: Ink) -> Ink:
    """The part of a picture of the frame that holds questions."""
    top, bottom = round(BODY.y_mm * PX_PER_MM), round(BODY.bottom_mm * PX_PER_MM)
    return picture[top:bottom]


def separate_ink(picture: Grey, blank: Grey) -> Ink:
    """What a pen added to a picture of the frame, or to a crop of it."""
    return take_print_out(shrink_page(picture), study_print(blank))[0]
