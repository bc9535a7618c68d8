"""Tells our own print from handwriting: prefilled values stand where the printer put them.

A value that was printed is drawn again with the same font in the same place and
held against the scan. Only a print agrees in every cell; handwriting, however
neat, does not.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from form_templates.model import Region
from form_templates.prefill import place_character
from form_templates.typeface import FAMILIES, FONTS
from ocr.frame import PX_PER_MM, Grey, RegisteredPage, cut

_AGREES, _AGREES_ON_AVERAGE = 0.85, 0.90
"""Correlation of scan and print from which cells hold those characters in print.

On simulated paper of levels 0 to 2 print stays above 0.88 in every cell; cells
written by hand reach 0.9 at times, but never a whole word of them."""
_FEWEST = 2
"""One character alone could agree by chance."""
SURE_OF_PRINT = 0.999
"""Confidence in a value that is read and looks as our own print of it would."""
_SLACK_PX = 3
_INSET_MM = 0.6
_MM_PER_PT = 25.4 / 72
_MOST_DRAWN = 256
"""Characters that are kept as they look in print."""


def is_printed(page: RegisteredPage, cells: Sequence[Region], text: str) -> bool:
    """Whether the cells hold exactly this text in the form's own print."""
    pairs = [(cell, one) for cell, one in zip(cells, text, strict=False) if not one.isspace()]
    likeness: list[float] = []
    for cell, character in pairs:
        likeness.append(_compare(page.grey, cell, character))
        if likeness[-1] < _AGREES:
            return False
    enough = len(likeness) >= _FEWEST
    return enough and sum(likeness) / len(likeness) >= _AGREES_ON_AVERAGE


def _compare(page: Grey, cell: Region, character: str) -> float:
    """How much a cell looks like a printed character: 1 is alike."""
    inner = cell.grown(-_INSET_MM)
    slack = _SLACK_PX / PX_PER_MM
    seen = cv2.GaussianBlur(cut(page, inner, slack), (0, 0), 1.0)
    wanted = _draw(character, cell.width_mm, cell.height_mm)
    likeness = cv2.matchTemplate(seen, wanted, cv2.TM_CCOEFF_NORMED)
    return float(likeness.max())


@lru_cache(maxsize=_MOST_DRAWN)
def _draw(character: str, width_mm: float, height_mm: float) -> NDArray[np.uint8]:
    """The printed character inside a cell of a size, soft, in the reader's frame."""
    cell = Region(0.0, 0.0, width_mm, height_mm)
    glyph, window = place_character(cell, character), cell.grown(-_INSET_MM)
    size = round(window.width_mm * PX_PER_MM), round(window.height_mm * PX_PER_MM)
    canvas = Image.new("L", size, 255)
    font = choose_font(character, glyph.size_pt)
    place = (
        (glyph.x_mm - window.x_mm) * PX_PER_MM,
        (glyph.y_mm - window.y_mm) * PX_PER_MM,
    )
    ImageDraw.Draw(canvas).text(place, character, fill=0, font=font, anchor="ls")
    return np.asarray(cv2.GaussianBlur(np.asarray(canvas, np.uint8), (0, 0), 1.0), np.uint8)


@cache
def _fonts(size_pt: float) -> tuple[ImageFont.FreeTypeFont, ...]:
    size_px = size_pt * _MM_PER_PT * PX_PER_MM
    names = [f"{family.replace(' ', '')}-Regular.ttf" for family in FAMILIES]
    return tuple(ImageFont.truetype(FONTS / name, size_px) for name in names)


def choose_font(character: str, size_pt: float) -> ImageFont.FreeTypeFont:
    """The font the printer takes for a character: Georgian first, then everything else."""
    georgian, other = _fonts(size_pt)
    return georgian if "\u10a0" <= character <= "\u10ff" else other
