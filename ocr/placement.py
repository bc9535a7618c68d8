"""From squares found in a scan to one homography that is sure, or to a reason why not.

How wrong the transform may be at the corners of the page follows from where the
squares are; nothing is taken on trust where none was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from form_templates.model import Region
from ocr.frame import Points, Square, corners_mm, project

Matrix = NDArray[np.float64]

_EXPLAINED_MM = 0.15
"""Corners are found to a few hundredths of a mm; three squares that are of one page fit so well."""
_MUCH_BETTER = 1 / 3
"""Four corners hide one that is some mm out of place: three fit so much better then."""
_TOLERATED_MM = 0.6
"""A page that is bent or torn fits no better; beyond it the squares are not of one page."""
_LEAST_NOISE_MM = 0.01
"""Standard error of a corner in a clean scan; four corners that agree better do so by chance."""
_WORTH_TWO_NUMBERS = 12.0
"""Drop of the squared error, in noises, that two more numbers have by chance once in 400 pages."""
_UNSURE_MM = 1.5
"""The local alignment finds what is off by this much, not more."""
_MOST_CHOICES = 256
_LEAST_PX_PER_MM = 2.5
_STRONGEST_TILT = 1.7
"""Width to height may be off by this in a photograph taken aslant."""
_DEEPEST_PERSPECTIVE = 1.8
"""The near edge of a photographed page may be this much larger than the far one."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the page lies in the scan."""

    to_scan: Matrix
    """mm of the template to px of the page as decoded."""
    squares: tuple[Square, ...]
    """The squares it rests on."""
    residual_mm: float
    """Largest distance of a corner from where `to_scan` puts it."""
    unsure_mm: float
    """Standard error of `to_scan` at the worst corner of the page."""


@dataclass(frozen=True, slots=True)
class Unregistered:
    """Why a page could not be laid straight."""

    reason: str
    """`no_markers`, `corners_lost`, `markers_disagree`, `several_pages` or `mirrored`."""
    detail: str = ""


def place_page(squares: Sequence[Square]) -> Placement | Unregistered:
    """Find the one page that the squares belong to."""
    by_name: dict[str, list[Square]] = {}
    for square in squares:
        by_name.setdefault(square.name, []).append(square)
    if not by_name:
        return Unregistered("no_markers")
    if not _span_page(squares):
        return Unregistered("corners_lost", ", ".join(by_name))
    if prod(len(same) for same in by_name.values()) > _MOST_CHOICES:
        return Unregistered("several_pages", f"{len(squares)} squares")
    return _choose_page(by_name) or Unregistered("markers_disagree", ", ".join(by_name))


def _choose_page(by_name: dict[str, list[Square]]) -> Placement | Unregistered | None:
    fits = [fit for squares in product(*by_name.values()) if (fit := _fit(squares)) is not None]
    if not fits:
        return _fit_without_one(by_name)
    best = min(fits, key=lambda fit: fit.residual_mm)
    if best.residual_mm > _EXPLAINED_MM:
        fewer = _fit_without_one(by_name)
        if fewer is not None and fewer.residual_mm < _MUCH_BETTER * best.residual_mm:
            best = fewer
    used = {id(square) for square in best.squares}
    left = [n for n, same in by_name.items() if any(id(square) not in used for square in same)]
    return Unregistered("several_pages") if len(fits) > 1 or len(left) >= 3 else best


def _fit_without_one(by_name: dict[str, list[Square]]) -> Placement | None:
    """The page by all squares but one: a corner that is folded over, or of another page.

    Three squares explain themselves more easily than four, so they must fit
    much better, and better than any other three.
    """
    fits = [
        fit
        for name in by_name
        for squares in product(*(same for other, same in by_name.items() if other != name))
        if _span_page(squares) and (fit := _fit(squares)) is not None
    ]
    fits.sort(key=lambda fit: fit.residual_mm)
    if not fits or fits[0].residual_mm > _EXPLAINED_MM:
        return None
    alone = len(fits) == 1 or fits[1].residual_mm > 2 * fits[0].residual_mm
    return fits[0] if alone else None


def _span_page(squares: Sequence[Square]) -> bool:
    """Whether the squares reach over most of the page both ways: the paper may be stretched."""
    mm = np.concatenate([square.corners_mm for square in squares])
    width, height = mm.max(axis=0) - mm.min(axis=0)
    return bool(width > 0.6 * PAGE_WIDTH_MM and height > 0.6 * PAGE_HEIGHT_MM)


def _fit(squares: tuple[Square, ...]) -> Placement | None:
    """The transform that explains the squares and is sure at the page's corners.

    A flat scan needs six numbers, a photograph eight. Eight explain any three
    squares a little better and go astray where none was found, so they must
    explain much better.
    """
    mm = np.concatenate([square.corners_mm for square in squares])
    px = np.concatenate([square.corners_px for square in squares])
    flat, aslant = (_solve(mm, px, degrees) for degrees in (6, 8))
    noise = max(aslant.error_mm2 / max(len(mm) * 2 - 8, 1), _LEAST_NOISE_MM**2)
    gained = flat.error_mm2 - aslant.error_mm2
    best = aslant if gained > _WORTH_TWO_NUMBERS * noise else flat
    unsure = best.leverage * float(np.sqrt(noise))
    if unsure > _UNSURE_MM or best.residual_mm > _TOLERATED_MM or not is_plausible(best.to_scan):
        return None
    return Placement(best.to_scan, squares, best.residual_mm, unsure)


_MIDDLE = np.array([PAGE_WIDTH_MM / 2, PAGE_HEIGHT_MM / 2])
_UNIT_MM = 150.0


@dataclass(frozen=True, slots=True)
class _Fit:
    to_scan: Matrix
    error_mm2: float
    """Sum of the squared distances."""
    residual_mm: float
    leverage: float
    """Standard error at the worst corner of the page, for one of 1 mm at the squares."""


def _solve(mm: Points, px: Points, degrees: int) -> _Fit:
    """Least squares for an affine (6) or perspective (8) map."""
    x, y = ((mm - _MIDDLE) / _UNIT_MM).T
    middle = px.mean(axis=0)
    unit = float(np.linalg.norm(px - middle, axis=1).mean()) or 1.0
    u, v = ((px - middle) / unit).T
    rows = _design(x, y, u, v, degrees)
    found, _, rank, _ = np.linalg.lstsq(rows, np.concatenate([u, v]), rcond=1e-10)
    if rank < degrees:
        return _Fit(np.eye(3), np.inf, np.inf, np.inf)
    matrix = _assemble(found, degrees)
    back = np.array([[unit, 0, middle[0]], [0, unit, middle[1]], [0, 0, 1]])
    there = np.array([[1, 0, -_MIDDLE[0]], [0, 1, -_MIDDLE[1]], [0, 0, _UNIT_MM]])
    to_scan = back @ matrix @ there
    to_scan = to_scan / to_scan[2, 2]
    off = np.linalg.norm(project(np.linalg.inv(to_scan), px) - mm, axis=1)
    leverage = _measure_leverage(rows, matrix, degrees)
    return _Fit(to_scan, float((off**2).sum()), float(off.max()), leverage)


def _design(x: Points, y: Points, u: Points, v: Points, degrees: int) -> Matrix:
    one, none = np.ones_like(x), np.zeros_like(x)
    across, down = [x, y, one, none, none, none], [none, none, none, x, y, one]
    if degrees == 8:
        across, down = [*across, -u * x, -u * y], [*down, -v * x, -v * y]
    return np.concatenate([np.stack(across, axis=1), np.stack(down, axis=1)])


def _assemble(found: Points, degrees: int) -> Matrix:
    tail = found[6:] if degrees == 8 else np.zeros(2)
    return np.array([found[0:3], found[3:6], [*tail, 1]])


def _measure_leverage(rows: Matrix, matrix: Matrix, degrees: int) -> float:
    """How much errors at the squares grow on their way to the page's corners."""
    spread = np.linalg.inv(rows.T @ rows)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * _MIDDLE / _UNIT_MM
    u, v = project(matrix, corners).T
    there = _design(corners[:, 0], corners[:, 1], u, v, degrees)
    variance = np.einsum("ij,jk,ik->i", there, spread, there)
    return float(np.sqrt(variance.reshape(2, 4).sum(axis=0).max()))


def is_plausible(to_scan: Matrix) -> bool:
    """Whether a sheet of paper can look like that: not mirrored, not folded, not a sliver."""
    sheet = corners_mm(Region(0.0, 0.0, PAGE_WIDTH_MM, PAGE_HEIGHT_MM))
    return show_sheet(to_scan, sheet) is not None and has_scale(
        *local_scales(to_scan), _LEAST_PX_PER_MM
    )


def show_sheet(to_scan: Matrix, sheet: Points) -> Points | None:
    """Where a sheet's corners lie in the scan; None where it would be mirrored or folded."""
    depth = sheet @ to_scan[2, :2] + to_scan[2, 2]
    if depth.min() <= 0 or depth.max() > _DEEPEST_PERSPECTIVE * depth.min():
        return None
    quad = project(to_scan, sheet)
    drawn = quad.astype(np.float32)
    if not cv2.isContourConvex(drawn) or cv2.contourArea(drawn, oriented=True) <= 0:
        return None
    return quad


def has_scale(across: float, down: float, least_px_per_mm: float) -> bool:
    """Whether a sheet is seen large enough, and not so much aslant that it is a sliver."""
    tilt = max(across, down) / min(across, down)
    return min(across, down) >= least_px_per_mm and tilt <= _STRONGEST_TILT


def axes_at_middle(to_scan: Matrix) -> tuple[Points, Points]:
    """Where one mm to the right, and one mm down, leads in the scan, in the page's middle."""
    steps = _MIDDLE + np.array([(-0.5, 0), (0.5, 0), (0, -0.5), (0, 0.5)])
    left, right, above, below = project(to_scan, steps)
    return right - left, below - above


def local_scales(to_scan: Matrix) -> tuple[float, float]:
    """Px per mm across and down in the middle of the page."""
    across, down = axes_at_middle(to_scan)
    return float(np.linalg.norm(across)), float(np.linalg.norm(down))
