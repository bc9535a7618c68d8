"""The part of a scanned page to look at: upright, with the field in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atan2, pi

Point = tuple[float, float]

_ASPECT = 1.0
"""Least height of the view by its width: about that of its frame on a common screen."""
_MARGIN = 1.3


@dataclass(frozen=True, slots=True)
class PageView:
    """What an SVG needs to show a page with one region marked."""

    picture_width: int
    """Of the picture as decoded."""
    picture_height: int
    width: int
    """Of the page once it stands upright."""
    height: int
    turn: str
    """SVG transform that sets the picture upright; empty where it is."""
    view_box: str
    """The part around the region."""
    points: str
    """The region's corners on the upright page; empty where the whole page is meant."""


def frame_region(width: int, height: int, region: Sequence[Sequence[float]]) -> PageView:
    """The view of a page of `width` x `height` px around four corners on it.

    The corners begin at the region's top left and go clockwise, so they tell how
    the page lay on the scanner.
    """
    whole = frame_page(width, height, region)
    quarters = _count_quarters(region)
    corners = [_set_upright((x, y), width, height, quarters) for x, y in region]
    window = _choose_window(corners, whole.width, whole.height)
    return replace(
        whole,
        view_box=" ".join(f"{v:.0f}" for v in window),
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in corners),
    )


def frame_page(width: int, height: int, region: Sequence[Sequence[float]]) -> PageView:
    """The view of a whole page; a region on it tells how it lay on the scanner."""
    quarters = _count_quarters(region)
    upright = (height, width) if quarters % 2 else (width, height)
    return PageView(
        picture_width=width,
        picture_height=height,
        width=upright[0],
        height=upright[1],
        turn=_write_turn(width, height, quarters),
        view_box=f"0 0 {upright[0]} {upright[1]}",
        points="",
    )


def _count_quarters(region: Sequence[Sequence[float]]) -> int:
    """Quarter turns, clockwise, that the page is away from upright."""
    (left, top), (right, beside) = region[0], region[1]
    return round(atan2(beside - top, right - left) / (pi / 2)) % 4


def _set_upright(point: Point, width: int, height: int, quarters: int) -> Point:
    x, y = point
    return [(x, y), (y, width - x), (width - x, height - y), (height - y, x)][quarters]


def _write_turn(width: int, height: int, quarters: int) -> str:
    return [
        "",
        f"translate(0 {width}) rotate(-90)",
        f"translate({width} {height}) rotate(180)",
        f"translate({height} 0) rotate(90)",
    ][quarters]


def _choose_window(
    corners: Sequence[Point], width: int, height: int
) -> tuple[float, float, float, float]:
    """Left, top, width and height of a window around the corners, inside the page.

    It is as wide as the page: what a field is called is printed at the left margin.
    """
    ys = [y for _, y in corners]
    down = min(height, max(width * _ASPECT, (max(ys) - min(ys)) * _MARGIN))
    top = (min(ys) + max(ys) - down) / 2
    return 0.0, max(0.0, min(top, height - down)), width, down
