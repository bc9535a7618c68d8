"""Whether a line of text is our own print of exactly what was read.

Each letter is drawn again where the printer puts it and held against the scan, beside
all that could stand there instead. A letter read wrong looks less like the scan than the
right one, and one too many moves all that follow; so a text that passes was both printed
by us and read right.
"""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from form_templates.drawing import Text
from form_templates.model import FieldSpec, Region
from form_templates.prefill import place_text
from form_templates.typeface import measure_mm
from ocr.frame import PX_PER_MM, Grey, RegisteredPage, cut
from ocr.prefilled import choose_font

_SLACK_MM = 0.4
_SOFT_PX = 1.0
_ABOVE, _BELOW = 0.95, 0.35
"""Of the size, over and under the foot of the letters."""
_AGREES, _LEAST_LEAD = 0.8, 0.01
"""Likeness of each letter, and by how much it must be likelier than any other."""
_FEWEST = 3
"""Fewer letters could agree by chance."""
_MM_PER_PT = 25.4 / 72
_GEORGIAN = "".join(map(chr, range(0x10D0, 0x10F1)))
_CLASSES = (_GEORGIAN, string.digits + string.ascii_letters, ".,:;-/()\u2116")


@dataclass(frozen=True, slots=True)
class _Letter:
    """One printed letter and where it stands."""

    character: str
    size_pt: float
    window: Region


def find_printed_text(
    page: RegisteredPage, field: FieldSpec, candidates: Sequence[str]
) -> str | None:
    """The first of some texts that the box holds in the form's own print, if it holds any."""
    around = field.region.grown(_SLACK_MM)
    seen = _soften(cut(page.grey, around))
    for text in candidates:
        letters = list(_place_letters(field, text))
        if len(letters) >= _FEWEST and all(_is_seen(seen, one, around) for one in letters):
            return text
    return None


def _place_letters(field: FieldSpec, text: str) -> Iterator[_Letter]:
    """Where the printer puts each letter of a text; none where there is no room for it."""
    try:
        lines = [shape for shape in place_text(field, text) if isinstance(shape, Text)]
    except ValueError:
        return
    for line in lines:
        size_mm, x = line.size_pt * _MM_PER_PT, line.x_mm
        top, height = line.y_mm - _ABOVE * size_mm, (_ABOVE + _BELOW) * size_mm
        for character in line.text:
            width = measure_mm(character, line.size_pt)
            if not character.isspace():
                yield _Letter(character, line.size_pt, Region(x, top, width, height))
            x += width


def _is_seen(seen: Grey, letter: _Letter, box: Region) -> bool:
    """Whether a letter stands in its place, and looks more like the scan than any rival."""
    place = letter.window.moved(-box.x_mm, -box.y_mm)
    scanned = cut(seen, place, _SLACK_MM)
    slack = 2 * round(_SLACK_MM * PX_PER_MM)
    size = (scanned.shape[1] - slack, scanned.shape[0] - slack)
    likeness = _compare(scanned, letter.character, letter.size_pt, size)
    if likeness < _AGREES:
        return False
    group = next((group for group in _CLASSES if letter.character in group), "")
    rivals = (one for one in group if one != letter.character)
    return all(
        likeness - _compare(scanned, one, letter.size_pt, size) >= _LEAST_LEAD for one in rivals
    )


def _compare(scanned: Grey, character: str, size_pt: float, size: tuple[int, int]) -> float:
    """How much a place looks like a printed character: 1 is alike."""
    wanted = _draw(character, size_pt, size)
    return float(cv2.matchTemplate(scanned, wanted, cv2.TM_CCOEFF_NORMED).max())


@cache
def _draw(character: str, size_pt: float, size: tuple[int, int]) -> Grey:
    """The printed character in the middle of a window, in the reader's scale."""
    canvas = Image.new("L", size, 255)
    foot = _ABOVE * size_pt * _MM_PER_PT * PX_PER_MM
    font = choose_font(character, size_pt)
    ImageDraw.Draw(canvas).text((size[0] / 2, foot), character, fill=0, font=font, anchor="ms")
    return _soften(np.asarray(canvas, np.uint8))


def _soften(picture: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _SOFT_PX), np.uint8)
