"""Letters written by hand: the middle line of a font's letters, drawn by a pen."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from form_templates.model import Region
from form_templates.typeface import FAMILIES, FONTS
from ocr.simulation.hand import Hand, lean, write_line
from ocr.simulation.skeleton import trace_lines
from ocr.simulation.strokes import Points, Stroke, soften, space_evenly
from ocr.simulation.styles import Style

_EM_PX = 72
"""Size that letters are traced at."""
_FOLDER = Path(__file__).parent / "fonts"
_SPACE = 0.35
"""Width of a word space as a share of the size."""


def list_typefaces(style: Style = Style.TRAINING) -> tuple[Path, ...]:
    """The fonts that type and imitate writing in a style: Georgian first, then the rest."""
    georgian, other = (FONTS / f"{family.replace(' ', '')}-Regular.ttf" for family in FAMILIES)
    if style is Style.GUARD:
        return _FOLDER / "NotoSerifGeorgian-Regular.ttf", _FOLDER / "CourierPrime.otf", other
    return georgian, other


@cache
def open_font(path: Path, size_px: int) -> ImageFont.FreeTypeFont:
    """A font at a size."""
    return ImageFont.truetype(str(path), size_px)


@cache
def trace_letter(letter: str, fonts: tuple[Path, ...]) -> tuple[tuple[Points, ...], float]:
    """The middle lines of a letter and its advance; the baseline at y 0, the size 1."""
    path = find_font(letter, fonts)
    font = open_font(path, _EM_PX)
    image = Image.new("L", (2 * _EM_PX, 2 * _EM_PX), 0)
    ImageDraw.Draw(image).text(
        (_EM_PX // 2, _EM_PX * 5 // 4), letter, fill=255, font=font, anchor="ls"
    )
    lines = trace_lines(np.asarray(image) > 127)
    placed = tuple((line - [_EM_PX // 2, _EM_PX * 5 // 4]) / _EM_PX for line in lines)
    return placed, float(font.getlength(letter)) / _EM_PX


@cache
def find_font(letter: str, fonts: tuple[Path, ...]) -> Path:
    """The first font that has the letter."""
    for path in fonts:
        font = open_font(path, _EM_PX)
        if bytes(font.getmask(letter)) != bytes(font.getmask("\uffff")):
            return path
    return fonts[0]


def write_letter(
    hand: Hand,
    letter: str,
    region: Region,
    rng: np.random.Generator,
    fonts: Sequence[Path] | None = None,
) -> tuple[Stroke, ...]:
    """The letter in the region (a cell) as this hand writes it."""
    if letter.isspace():
        return ()
    lines, advance = trace_letter(letter, tuple(fonts or list_typefaces()))
    size = region.height_mm * (0.60 + 0.26 * hand.size) * rng.uniform(0.9, 1.1)
    size = min(size, 1.05 * region.width_mm / max(advance, 0.3))
    loose = 0.03 + 0.04 * (1 - hand.care)
    x = region.x_mm + region.width_mm * (0.5 + rng.normal(0, loose)) - advance * size / 2
    baseline = region.y_mm + region.height_mm * (0.68 + rng.normal(0, loose))
    return tuple(_draw(hand, letter, lines, size, (x, baseline), rng))


def write_text(
    hand: Hand,
    text: str,
    region: Region,
    rng: np.random.Generator,
    fonts: Sequence[Path] | None = None,
) -> tuple[Stroke, ...]:
    """The text on one line in the region, smaller where it would not fit."""
    traced = [trace_letter(c, tuple(fonts or list_typefaces())) for c in text]
    advances = [_SPACE if c.isspace() else t[1] for c, t in zip(text, traced, strict=True)]
    size = min(7.0, region.height_mm * 0.62) * (0.75 + 0.2 * hand.size)
    size = min(size, 0.96 * region.width_mm / max(sum(advances), 0.5))
    x = region.x_mm + 0.02 * region.width_mm
    baseline = region.y_mm + min(region.height_mm, 10.0) * 0.70
    strokes: list[Stroke] = []
    for letter, (lines, _), advance in zip(text, traced, advances, strict=True):
        if not letter.isspace():
            at = (x, baseline + rng.normal(0, 0.03) * size)
            strokes += _draw(hand, letter, lines, size * rng.uniform(0.94, 1.06), at, rng)
        x += advance * size
    return tuple(strokes)


def _draw(
    hand: Hand,
    letter: str,
    lines: tuple[Points, ...],
    size: float,
    at: tuple[float, float],
    rng: np.random.Generator,
) -> list[Stroke]:
    """A traced letter at a place, bent as this hand bends it."""
    strokes = []
    for line in lines:
        bent = _bend(line, hand.steady(f"letter{letter}"), 1.6 * hand.jitter)
        bent = _bend(bent, rng, hand.jitter)
        placed = space_evenly(bent * size + at)
        strokes.append(write_line(hand, lean(hand, soften(placed, 2), at[1]), rng, 0.5))
    return strokes


def _bend(line: Points, rng: np.random.Generator, reach: float) -> Points:
    """The line in a plane that is gently bent."""
    waves = rng.uniform(-5.0, 5.0, (2, 2))
    phase = rng.uniform(0, 2 * np.pi, 2)
    bent: Points = line + reach * np.sin(line @ waves + phase)
    return bent
