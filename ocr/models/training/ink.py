"""Ink in cells: digits, letters, strikes and accidents, drawn on a canvas in mm."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.models.training.ageing import CANVAS_PX_PER_MM
from ocr.models.training.strokes import Points, write_wave

Ink = NDArray[np.float32]
"""Share of the light that ink takes, 0 to 1, on a canvas of CANVAS_PX_PER_MM."""

_SHIFT = 4
_REFERENCE_BOX_PX = 20
"""MNIST scales each digit into a square of this size."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How one person writes one field, and with what."""

    pen_mm: float
    height_mm: float
    width_share: float
    """Width of a character for its height, against the usual."""
    slant: float
    darkness: float
    wobble_mm: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where one character goes: its middle and its height."""

    x_mm: float
    y_mm: float
    height_mm: float
    width_share: float = 1.0


def choose_hand(rng: np.random.Generator) -> Hand:
    """Take a person and a pen."""
    return Hand(
        pen_mm=float(np.exp(rng.uniform(np.log(0.25), np.log(1.2)))),
        height_mm=float(np.clip(rng.normal(4.4, 0.7), 2.8, 6.4)),
        width_share=float(np.clip(rng.normal(1.0, 0.15), 0.65, 1.4)),
        slant=float(rng.normal(0.05, 0.16)),
        darkness=float(rng.choice([rng.uniform(0.6, 0.98), rng.uniform(0.2, 0.7)], p=[0.7, 0.3])),
        wobble_mm=float(abs(rng.normal(0, 0.12))),
    )


def draw_line(ink: Ink, points_mm: Points, pen_mm: float) -> None:
    """Draw one stroke in full darkness."""
    fixed = np.rint((points_mm * CANVAS_PX_PER_MM - 0.5) * (1 << _SHIFT)).astype(np.int32)
    thickness = max(1, round(pen_mm * CANVAS_PX_PER_MM))
    cv2.polylines(ink, [fixed], False, 1.0, thickness, cv2.LINE_AA, _SHIFT)


def draw_strokes(
    ink: Ink, lines: list[Points], place: Place, hand: Hand, rng: np.random.Generator
) -> None:
    """Draw a character that is given as lines in a box one high and 0.6 wide."""
    share = hand.width_share * place.width_share
    slant = hand.slant + rng.normal(0, 0.05)
    for line in lines:
        x = (line[:, 0] - 0.3) * share - (line[:, 1] - 0.5) * slant
        unit = np.column_stack([x, line[:, 1] - 0.5])
        points = unit * place.height_mm + (place.x_mm, place.y_mm)
        draw_line(ink, points, hand.pen_mm)
        if rng.random() < 0.06:
            _drop_blob(ink, points[rng.integers(len(points))], hand.pen_mm * rng.uniform(0.7, 1.1))


def _drop_blob(ink: Ink, spot_mm: Points, radius_mm: float) -> None:
    """Leave a blob where the pen rested."""
    x, y = np.rint(spot_mm * CANVAS_PX_PER_MM).astype(int).tolist()
    cv2.circle(ink, (x, y), max(1, round(radius_mm * CANVAS_PX_PER_MM)), 1.0, -1, cv2.LINE_AA)


def paste_picture(
    ink: Ink, picture: Ink, box_px: float, place: Place, slant: float, turn: float
) -> None:
    """Lay a picture of a character over the canvas; `box_px` of it are the place's height."""
    zoom = place.height_mm * CANVAS_PX_PER_MM / box_px
    cos, sin = np.cos(turn), np.sin(turn)
    shape = np.array([[cos, -sin], [sin, cos]]) @ np.array([[place.width_share, -slant], [0, 1]])
    middle = np.array([(picture.shape[1] - 1) / 2, (picture.shape[0] - 1) / 2])
    linear = shape * zoom
    target = np.array([place.x_mm, place.y_mm]) * CANVAS_PX_PER_MM - 0.5
    reach = np.abs(linear) @ (middle + 1)
    low = np.maximum(np.floor(target - reach).astype(int), 0)
    high = np.minimum(np.ceil(target + reach).astype(int) + 1, ink.shape[::-1])
    if (low >= high).any():
        return
    matrix = np.column_stack([linear, target - low - linear @ middle])
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    laid = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC)
    part = ink[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, laid, out=part)


def reshape_pen(
    picture: NDArray[np.uint8], rng: np.random.Generator, pen_mm: float, height_mm: float
) -> Ink:
    """Write a real digit's picture (28 x 28) anew with a thinner or thicker pen.

    The picture is enlarged three times, so that a threshold moves the edge of the
    ink smoothly; the rest is left to morphology.
    """
    large = cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.35:
        return large.astype(np.float32) / np.float32(255)
    px_per_mm = _REFERENCE_BOX_PX * 3 / height_mm
    usual_mm = 2.6 * 3 / px_per_mm
    grow_px = (pen_mm - usual_mm) * px_per_mm / 2 * rng.uniform(0.4, 1.0)
    if grow_px > 1.2:
        size = 2 * min(round(grow_px), 4) + 1
        large = cv2.dilate(large, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    threshold = np.float32(np.clip(127 - grow_px * 60, 60, 175))
    edge = np.float32(rng.uniform(40, 160))
    redrawn: Ink = np.clip((large.astype(np.float32) - threshold) / edge + np.float32(0.5), 0, 1)
    return redrawn


def wobble(ink: Ink, amount_mm: float, rng: np.random.Generator) -> Ink:
    """Bend everything written a little, as no two hands write alike."""
    if amount_mm < 0.02:
        return ink
    height, width = ink.shape
    nodes = (4, max(4, width // 30))
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    for grid in (x, y):
        bend = rng.normal(0, amount_mm * CANVAS_PX_PER_MM, nodes).astype(np.float32)
        grid += cv2.resize(bend, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.remap(ink, x, y, cv2.INTER_LINEAR), np.float32)


def let_flow(ink: Ink, darkness: float, rng: np.random.Generator) -> Ink:
    """Let the pen press unevenly and skip, and give the ink its darkness."""
    height, width = ink.shape
    nodes = rng.normal(1.0, rng.uniform(0, 0.18), (6, max(6, width // 14))).astype(np.float32)
    pressure = cv2.resize(nodes, (width, height), interpolation=cv2.INTER_LINEAR)
    flow = np.clip(pressure, 0.25, 1.15) * np.float32(darkness)
    if rng.random() < 0.15:
        grain = rng.random(ink.shape, dtype=np.float32)
        flow = flow * (1 - np.float32(rng.uniform(0.2, 0.7)) * (grain > 0.6))
    return np.clip(ink * flow, 0, 1)


def strike_cell(
    ink: Ink, middle: tuple[float, float], size: tuple[float, float], pen_mm: float,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Cross one cell out: an X, one or more lines, a zigzag or a black-out."""
    half = np.array(size) / 2 * rng.uniform(0.6, 1.25, 2)
    x, y = np.array(middle) + rng.normal(0, 0.3, 2)

    def at(fx: float, fy: float) -> tuple[float, float]:
        jitter = rng.normal(0, 0.3, 2)
        return float(x + fx * half[0] + jitter[0]), float(y + fy * half[1] + jitter[1])

    kinds = ["x", "slash", "lines", "coil", "zigzag", "blackout"]
    kind = rng.choice(kinds, p=[0.48, 0.1, 0.12, 0.1, 0.12, 0.08])
    if kind == "x":
        draw_line(ink, write_wave(at(-1, -1), at(1, 1), rng), pen_mm)
        draw_line(ink, write_wave(at(1, -1), at(-1, 1), rng), pen_mm)
    elif kind == "slash":
        side = float(rng.choice([-1, 1]))
        draw_line(ink, write_wave(at(-1.1 * side, 1.1), at(1.1 * side, -1.1), rng), pen_mm)
    elif kind == "lines":
        for level in np.linspace(-0.3, 0.3, int(rng.integers(1, 4))):
            draw_line(ink, write_wave(at(-1.15, level), at(1.15, level), rng), pen_mm)
    elif kind == "coil":
        draw_line(ink, _coil(half, rng) + np.array([x, y]), pen_mm)
    else:
        turns = int(rng.integers(7, 12)) if kind == "zigzag" else int(rng.integers(18, 30))
        ends = [at(1 if i % 2 else -1, -0.8 + 1.6 * i / turns) for i in range(turns)]
        draw_line(ink, np.array(ends), pen_mm)


def _coil(half: Points, rng: np.random.Generator) -> Points:
    """Round and round over a cell."""
    t = np.linspace(0, 2 * np.pi * rng.uniform(2.5, 7), 90) + rng.uniform(0, 6)
    reach = rng.uniform(0.35, 1, 90)
    reach = np.convolve(reach, np.ones(9) / 9, "same") + rng.uniform(0, 0.3)
    drift = np.linspace(-1, 1, 90) * rng.uniform(0, 0.4)
    return np.column_stack([np.cos(t) * reach + drift, np.sin(t) * reach]) * half


def strike_span(
    ink: Ink, left_mm: float, right_mm: float, top_mm: float, bottom_mm: float, pen_mm: float,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Cross a run of cells out as a whole: a long X, long lines, a wave or a zigzag."""
    middle, height = (top_mm + bottom_mm) / 2, bottom_mm - top_mm

    def left(share: float) -> tuple[float, float]:
        return left_mm + float(rng.normal(0, 0.9)), middle + share * height + rng.normal(0, 0.5)

    def right(share: float) -> tuple[float, float]:
        return right_mm + float(rng.normal(0, 0.9)), middle + share * height + rng.normal(0, 0.5)

    kind = rng.choice(["x", "lines", "slash", "zigzag"], p=[0.5, 0.28, 0.08, 0.14])
    if kind == "x":
        reach = rng.uniform(0.35, 0.65)
        draw_line(ink, write_wave(left(-reach), right(reach), rng), pen_mm)
        draw_line(ink, write_wave(left(reach), right(-reach), rng), pen_mm)
    elif kind == "lines":
        for level in rng.normal(0, 0.15, int(rng.integers(1, 4))):
            draw_line(ink, write_wave(left(level), right(level), rng), pen_mm)
    elif kind == "slash":
        side = float(rng.choice([-0.45, 0.45]))
        draw_line(ink, write_wave(left(-side), right(side), rng), pen_mm)
    else:
        turns = max(6, int((right_mm - left_mm) / rng.uniform(0.7, 1.8)))
        x = np.linspace(left_mm, right_mm, turns)
        y = middle + np.where(np.arange(turns) % 2, -1, 1) * height * rng.uniform(0.25, 0.5, turns)
        draw_line(ink, np.column_stack([x, y]), pen_mm)
