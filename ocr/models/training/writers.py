"""Who writes the characters: real digits, strokes, or a printer's fonts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from form_templates.model import Region
from ocr.models.training.ink import (
    Hand,
    Ink,
    Place,
    draw_line,
    draw_strokes,
    paste_picture,
    reshape_pen,
)
from ocr.models.training.mnist import Digits
from ocr.models.training.strokes import write_digit
from ocr.simulation.digits import write_digit as write_digit_by_hand
from ocr.simulation.hand import Hand as Person
from ocr.simulation.hand import make_hand
from ocr.simulation.styles import Style

GLYPH_PX = 64
CAPITAL = 0.72
"""Height of a digit or capital as a share of the font's size."""


class Writer(Protocol):
    """Someone or something that fills cells."""

    @property
    def alphabet(self) -> str:
        """What it can write; a label is an index into it."""

    @property
    def printed(self) -> bool:
        """Whether it is a machine: even, dark, on a line."""

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Write one character on the canvas."""


@dataclass(frozen=True, slots=True)
class StrokeWriter:
    """Writes digits from their strokes."""

    alphabet: str = "0123456789"
    printed: bool = False

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Write one digit as a pen moves."""
        draw_strokes(ink, write_digit(self.alphabet[label], rng), place, hand, rng)


@lru_cache(maxsize=4)
def _take_person(seed: int, style: Style) -> Person:
    return make_hand(np.random.default_rng(seed), style)


@dataclass(frozen=True, slots=True)
class SimulatedWriter:
    """Writes digits as the simulated people of a style do; only one style is trained on."""

    style: Style = Style.TRAINING
    alphabet: str = "0123456789"
    printed: bool = False
    shape: str = ""
    """Of each digit, by its name; empty: what the person is used to."""

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Write one digit; the person follows from the hand, so that a field has one."""
        person = _take_person(int(hand.pen_mm * 1e9), self.style)
        height = place.height_mm / (0.5 + 0.2 * person.size)
        cell = Region(place.x_mm - 2.6, place.y_mm - height / 2, 5.2, height)
        digit = self.alphabet[label]
        for stroke in write_digit_by_hand(person, digit, cell, rng, self.shape):
            draw_line(ink, stroke.points_mm, hand.pen_mm)


class MnistWriter:
    """Writes digits that people wrote, with other pens."""

    alphabet = "0123456789"
    printed = False

    def __init__(self, digits: Digits) -> None:
        self._pictures = [digits.pictures[digits.labels == n] for n in range(10)]

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Lay a digit of the collection over the canvas."""
        pictures = self._pictures[label]
        picture = pictures[rng.integers(len(pictures))]
        write_picture(ink, picture, place, hand, rng)


def write_picture(
    ink: Ink, picture: NDArray[np.uint8], place: Place, hand: Hand, rng: np.random.Generator
) -> None:
    """Write a real digit's picture (28 x 28) with another pen, leaning otherwise."""
    drawn = reshape_pen(picture, rng, hand.pen_mm, place.height_mm)
    slant, turn = float(rng.normal(0, 0.12)), float(rng.normal(0, 0.06))
    paste_picture(ink, drawn, 60, place, slant, turn)


@lru_cache(maxsize=8192)
def draw_glyph(font: Path, character: str, drop: float) -> Ink:
    """Draw a character in a font; its line runs `drop` of the size below the middle."""
    face = ImageFont.truetype(str(font), GLYPH_PX)
    picture = Image.new("L", (2 * GLYPH_PX, 2 * GLYPH_PX))
    place = (GLYPH_PX, round(GLYPH_PX * (1 + drop)))
    ImageDraw.Draw(picture).text(place, character, fill=255, font=face, anchor="ms")
    return np.asarray(picture, np.float32) / np.float32(255)


class FontWriter:
    """Prints characters in fonts, as prefilled forms have them."""

    printed = True

    def __init__(self, fonts: Sequence[Path], alphabet: str = "0123456789") -> None:
        self.alphabet = alphabet
        self._fonts = tuple(fonts)

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Print one character; the font follows from the hand, so that a field has one."""
        font = self._fonts[int(hand.pen_mm * 1e4) % len(self._fonts)]
        glyph = draw_glyph(font, self.alphabet[label], CAPITAL / 2)
        paste_picture(ink, glyph, GLYPH_PX * CAPITAL, place, 0.0, 0.0)
