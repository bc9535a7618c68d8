"""Digits written into cells: as strokes, or from pictures of digits given by the caller."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.simulation.hand import Hand, lean, write_line
from ocr.simulation.pen import Pen, Picture, blend_ink
from ocr.simulation.strokes import Points, Stroke, curve_with_corners, round_corners
from ocr.simulation.styles import Style, model_of

_FILE = Path(__file__).with_name("digit_shapes.toml")

DigitImages = Mapping[str, NDArray[np.uint8]]
"""Digit -> N x 28 x 28 pictures of it, ink bright on 0."""


@dataclass(frozen=True, slots=True)
class DigitShape:
    """One way of writing a digit, in a box of 1 x 1."""

    name: str
    width: float
    lines: tuple[Points, ...]


_MODELS: dict[str, Callable[[Sequence[Sequence[float]]], Points]] = {
    "curved": curve_with_corners,
    "rounded": round_corners,
}


@cache
def list_shapes(digit: str, style: Style) -> tuple[DigitShape, ...]:
    """The ways in which hands of a style write a digit."""
    draw = _MODELS[model_of(style, "digit")]
    with _FILE.open("rb") as file:
        variants = tomllib.load(file)["variant"]
    return tuple(
        DigitShape(
            variant["name"],
            variant["width"],
            tuple(draw(stroke) for stroke in variant["strokes"]),
        )
        for variant in variants
        if variant["digit"] == digit and style in variant["styles"]
    )


def write_digit(
    hand: Hand, digit: str, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """The digit in the region (a cell) as this hand writes it."""
    form = _choose_form(hand, digit, rng, shape)
    height = region.height_mm * (0.50 + 0.20 * hand.size) * rng.uniform(0.88, 1.12)
    width = min(height * form.width * rng.uniform(0.85, 1.18), region.width_mm * 1.05)
    loose = 0.03 + 0.05 * (1 - hand.care)
    centre_x = region.x_mm + region.width_mm * (0.5 + rng.normal(0, loose))
    bottom = region.y_mm + (region.height_mm + height) / 2 + rng.normal(0, loose) * height
    strokes = []
    for number, line in enumerate(form.lines):
        plane = _warp(hand, line, f"{digit}{form.name}{number}", rng)
        placed = (plane - [0.5, 1.0]) * [width, height] + [centre_x, bottom]
        strokes.append(write_line(hand, lean(hand, placed, bottom - height / 2), rng, 0.6))
    return tuple(strokes)


def _choose_form(hand: Hand, digit: str, rng: np.random.Generator, shape: str) -> DigitShape:
    """The named form, or nearly always the one this hand is used to."""
    forms = list_shapes(digit, hand.style)
    if shape:
        return next(form for form in forms if form.name == shape)
    source = hand.steady(f"form{digit}") if rng.random() < 0.9 else rng
    return forms[int(source.integers(len(forms)))]


def _warp(hand: Hand, line: Points, part: str, rng: np.random.Generator) -> Points:
    """The line bent: partly as this hand always bends it, partly by chance."""
    bent = line.copy()
    for source, share in ((hand.steady(part), 1.0), (rng, 0.6)):
        for axis in (0, 1):
            waves = source.uniform(0.5, 1.3, (2, 2)), source.uniform(0, 2 * np.pi, 2)
            for (along, across), phase in zip(*waves, strict=True):
                turn = 2 * np.pi * (along * line[:, 0] + across * line[:, 1]) * 0.7 + phase
                bent[:, axis] += share * hand.jitter * np.sin(turn)
    return bent


def paste_digit(
    picture: Picture,
    image: NDArray[np.uint8],
    region: Region,
    pen: Pen,
    hand: Hand,
    px_per_mm: float,
    rng: np.random.Generator,
) -> None:
    """Writes a digit given as a picture into a cell, in the pen's ink and the hand's size."""
    side = region.height_mm * (0.62 + 0.22 * hand.size) * rng.uniform(0.92, 1.1)
    scale = side * px_per_mm / image.shape[0]
    x_mm = region.x_mm + region.width_mm * (0.5 + rng.normal(0, 0.04))
    y_mm = region.y_mm + region.height_mm * (0.5 + rng.normal(0, 0.04))
    size = int(np.ceil(side * px_per_mm)) + 4
    left = round(x_mm * px_per_mm - size / 2)
    top = round(y_mm * px_per_mm - size / 2)
    middle = (image.shape[0] - 1) / 2
    turn = np.array(
        [
            [scale, 0, x_mm * px_per_mm - left - scale * middle],
            [0, scale, y_mm * px_per_mm - top - scale * middle],
        ]
    )
    grown = cv2.warpAffine(image, turn, (size, size), flags=cv2.INTER_CUBIC)
    cover = np.clip((grown.astype(np.float32) - 60) / 110, 0, 1) * np.float32(pen.darkness)
    height, width = picture.shape[:2]
    rows = slice(max(top, 0), min(top + size, height))
    columns = slice(max(left, 0), min(left + size, width))
    cover = cover[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    blend_ink(picture[rows, columns], cover, pen.colour)
