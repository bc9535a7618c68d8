"""Who writes Georgian letters: a pen along a font's middle lines, or the font bent.

No collection of Georgian handwriting can be had, so hands are imitated from
fonts: their shapes, with other pens, slants, proportions and tremor.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.cells import LETTER_CLASSES, STATES
from ocr.models.training.ink import Hand, Ink, Place, draw_strokes, paste_picture
from ocr.models.training.strokes import Points
from ocr.models.training.writers import CAPITAL, GLYPH_PX, StrokeWriter, draw_glyph
from ocr.simulation.skeleton import trace_lines

ALPHABET = "".join(LETTER_CLASSES[: -len(STATES)])
_FIRST_DIGIT = ALPHABET.index("0")
_DROP = 0.22
"""How far below the middle of a cell letters stand, as a share of their size."""


@lru_cache(maxsize=8192)
def trace_glyph(font: Path, character: str) -> tuple[Points, ...]:
    """The middle lines of a letter in the box of `draw_strokes`: digits would be 1 high."""
    face = ImageFont.truetype(str(font), 96)
    picture = Image.new("L", (192, 192))
    place = (96, 96 * (1 + _DROP))
    ImageDraw.Draw(picture).text(place, character, fill=255, font=face, anchor="ms")
    lines = trace_lines(np.asarray(picture) > 127)
    return tuple((line - 96) / (96 * CAPITAL) + (0.3, 0.5) for line in lines)


def _bend(line: Points, rng: np.random.Generator, reach: float) -> Points:
    waves, phase = rng.uniform(-4, 4, (2, 2)), rng.uniform(0, 2 * np.pi, 2)
    return np.asarray(line + reach * np.sin(line @ waves + phase))


class _LetterWriter(ABC):
    """Writes letters in a way of its own, from some fonts; digits as everybody does."""

    alphabet = ALPHABET
    printed = False

    def __init__(self, fonts: Sequence[Path]) -> None:
        self._fonts = tuple(fonts)
        self._digits = StrokeWriter()

    def write(
        self, ink: Ink, label: int, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        """Write one letter or digit."""
        if label >= _FIRST_DIGIT:
            self._digits.write(ink, label - _FIRST_DIGIT, place, hand, rng)
        else:
            self._write_letter(ink, ALPHABET[label], place, hand, rng)

    @abstractmethod
    def _write_letter(
        self, ink: Ink, letter: str, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None: ...


class TracedWriter(_LetterWriter):
    """Writes letters with a pen along the middle of a font's strokes."""

    def _write_letter(
        self, ink: Ink, letter: str, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        lines = trace_glyph(self._fonts[int(rng.integers(len(self._fonts)))], letter)
        seed = int(rng.integers(1 << 31))
        reach = float(rng.uniform(0.0, 0.07))
        bent = [_bend(line, np.random.default_rng(seed), reach) for line in lines]
        draw_strokes(ink, bent, place, hand, rng)


class BentFontWriter(_LetterWriter):
    """Writes letters as a font has them, slanted, turned, bolder or lighter."""

    def _write_letter(
        self, ink: Ink, letter: str, place: Place, hand: Hand, rng: np.random.Generator
    ) -> None:
        font = self._fonts[int(hand.pen_mm * 1e4) % len(self._fonts)]
        glyph = thicken(draw_glyph(font, letter, _DROP), int(rng.integers(-1, 4)))
        slant, turn = float(hand.slant + rng.normal(0, 0.06)), float(rng.normal(0, 0.06))
        paste_picture(ink, glyph, GLYPH_PX * CAPITAL, place, slant, turn)


def thicken(glyph: Ink, step: int) -> Ink:
    """Make a glyph bolder (positive) or lighter (negative)."""
    if step == 0:
        return glyph
    size = 2 * abs(step) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(glyph, kernel) if step > 0 else cv2.erode(glyph, kernel))
