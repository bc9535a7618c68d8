"""Machine-made ink: rubber stamps, typed answers, and the note that a paper is simulated."""

import tomllib
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from form_templates.model import FieldSpec, Kind, Region
from ocr.simulation.letters import find_font, list_typefaces, open_font
from ocr.simulation.pen import Picture, blend_ink, paper_grain
from ocr.simulation.places import centre_of

_FILE = Path(__file__).with_name("words.toml")
_FINE_PX_PER_MM = 24
NOTE_REGION = Region(1.8, 92.0, 4.0, 60.0)
"""Where the note stands: in the left margin, outside fields, codes and markers."""
_NOTE_MM = 2.6
_STAMP_COLOURS = ((84, 56, 160), (48, 60, 168), (70, 40, 130), (30, 70, 150))


@cache
def read_words() -> dict[str, str]:
    """What simulated paper says about itself."""
    with _FILE.open("rb") as file:
        return dict(tomllib.load(file))


def _font_for(character: str, fonts: tuple[Path, ...]) -> Path:
    """The font that has the character: Georgian letters have one of their own."""
    return fonts[0] if "\u10a0" <= character <= "\u10ff" else find_font(character, fonts[1:])


@cache
def draw_line(text: str, size_px: int, fonts: tuple[Path, ...] = ()) -> Picture:
    """The text as ink (255) on nothing (0), just as large as it needs."""
    fonts = fonts or list_typefaces()
    widths = [open_font(_font_for(c, fonts), size_px).getlength(c) for c in text]
    image = Image.new("L", (int(sum(widths)) + 4, round(size_px * 1.5)), 0)
    pencil, x = ImageDraw.Draw(image), 2.0
    for character, width in zip(text, widths, strict=True):
        font = open_font(_font_for(character, fonts), size_px)
        pencil.text((x, size_px * 1.1), character, fill=255, font=font, anchor="ls")
        x += width
    return np.asarray(image, dtype=np.uint8)


def print_note(picture: Picture, px_per_mm: float) -> None:
    """Prints along the left edge that the page is simulated."""
    line = draw_line(read_words()["margin"], round(_NOTE_MM * px_per_mm))
    upright = np.rot90(line)
    x, y = NOTE_REGION.x_mm, NOTE_REGION.bottom_mm - upright.shape[0] / px_per_mm
    lay_ink(picture, upright, (x, y), px_per_mm, (60, 60, 60))


def lay_ink(
    picture: Picture,
    cover: NDArray[np.uint8],
    corner_mm: tuple[float, float],
    px_per_mm: float,
    colour: tuple[int, int, int],
) -> None:
    """Darkens the picture where `cover` is inked, its top left corner at a place in mm."""
    left, top = (round(mm * px_per_mm) for mm in corner_mm)
    height, width = picture.shape[:2]
    rows = slice(max(0, top), min(height, top + cover.shape[0]))
    columns = slice(max(0, left), min(width, left + cover.shape[1]))
    part = cover[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    blend_ink(picture[rows, columns], part.astype(np.float32) / 255, colour)


def type_answer(
    picture: Picture,
    field: FieldSpec,
    text: str,
    px_per_mm: float,
    fonts: tuple[Path, ...] = (),
) -> None:
    """Prints an answer that was known before the visit."""
    if field.kind is Kind.TEXT:
        line = draw_line(text, round(3.9 * px_per_mm), fonts)
        corner = (field.region.x_mm + 2, field.region.y_mm + 0.2 * field.region.height_mm)
        lay_ink(picture, line, corner, px_per_mm, (20, 20, 20))
        return
    for character, cell in zip(text, field.cells, strict=False):
        line = draw_line(character, round(4.2 * px_per_mm), fonts)
        x = cell.x_mm + (cell.width_mm - line.shape[1] / px_per_mm) / 2
        lay_ink(picture, line, (x, cell.y_mm + 0.6), px_per_mm, (20, 20, 20))


def stamp(picture: Picture, region: Region, px_per_mm: float, rng: np.random.Generator) -> None:
    """A round rubber stamp in the box, turned and unevenly inked; it says that it is none."""
    diameter = min(region.width_mm, region.height_mm) * rng.uniform(0.72, 0.9)
    side = round(diameter * px_per_mm)
    whole = _draw_stamp()
    middle = (whole.shape[1] / 2, whole.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, rng.uniform(-40, 40), 1.0)
    turned = cv2.warpAffine(whole, turn, whole.shape[::-1], flags=cv2.INTER_LINEAR)
    small = cv2.resize(turned, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    wear = cv2.resize(rng.random((5, 5), dtype=np.float32), (side, side))
    rows, columns = (np.arange(side) % paper_grain().shape[0] for _ in (0, 1))
    small *= np.clip(0.45 + 0.7 * wear, 0, 1) * (1 - 0.5 * paper_grain()[np.ix_(rows, columns)])
    colour = _STAMP_COLOURS[int(rng.integers(len(_STAMP_COLOURS)))]
    x, y = centre_of(region) - diameter / 2 + rng.normal(0, 0.9, 2)
    cover = (small * rng.uniform(0.6, 0.95)).astype(np.uint8)
    lay_ink(picture, cover, (float(x), float(y)), px_per_mm, colour)


@cache
def _draw_stamp() -> Picture:
    """The rubber: two rings, words running round between them, a word in the middle."""
    radius = 18 * _FINE_PX_PER_MM
    rubber = np.zeros((2 * radius, 2 * radius), np.uint8)
    for share, width in ((0.96, 0.9), (0.66, 0.5)):
        cv2.circle(rubber, (radius, radius), round(share * radius), 255, round(width * 24))
    words = read_words()["stamp"]
    for index, character in enumerate(words):
        if not character.isspace():
            angle = 360 * index / len(words)
            _set_on_ring(rubber, character, angle, 0.81 * radius, round(3.1 * _FINE_PX_PER_MM))
    heart = draw_line(read_words()["stamp_heart"], 6 * _FINE_PX_PER_MM)
    top, left = radius - heart.shape[0] // 2, radius - heart.shape[1] // 2
    rubber[top : top + heart.shape[0], left : left + heart.shape[1]] |= heart
    return rubber


def _set_on_ring(rubber: Picture, character: str, angle: float, reach: float, size_px: int) -> None:
    """Adds one letter whose foot looks to the middle."""
    glyph = draw_line(character, size_px)
    side = rubber.shape[0]
    turn = cv2.getRotationMatrix2D((glyph.shape[1] / 2, glyph.shape[0] / 2), -angle, 1.0)
    turn[:, 2] += [
        side / 2 + reach * np.sin(np.radians(angle)) - glyph.shape[1] / 2,
        side / 2 - reach * np.cos(np.radians(angle)) - glyph.shape[0] / 2,
    ]
    turned = cv2.warpAffine(glyph, turn, (side, side), flags=cv2.INTER_LINEAR)
    rubber |= np.asarray(turned, dtype=np.uint8)
