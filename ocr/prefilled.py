"""Tells our own print from handwriting: prefilled values stand where the printer put them.

A value that was printed is drawn again with the same font in the same place and
held against the scan. Only a print agrees in every cell; handwriting, however
neat, does not.
"""

import string
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
_LEAST_LEAD = 0.01
"""In likeness, over every other character that could stand there."""
_RIVALS = (string.digits, "".join(map(chr, range(0x10D0, 0x10F1))))
_MOST_APART = 0.045
"""By how much one character may look less like its print than the middle one of its row: of
120 simulated rows at levels 0 to 2 none had more than 0.033, of 36 in which a pen had changed
a character none less than 0.057."""
SURE_OF_PRINT = 0.999
"""Confidence in a value that is read and looks as our own print of it would."""
_SLACK_PX = 3
_INSET_MM = 0.6
_MM_PER_PT = 25.4 / 72
_MOST_DRAWN = 256
"""Characters that are kept as they look in print."""


def is_printed(page: RegisteredPage, cells: Sequence[Region], text: str) -> bool:
    """Whether the cells hold exactly this text in the form's own print, untouched by a pen.

    A pen turns a printed 5 into a 6, or a 1 into a 4, with a stroke or two: each character
    must be likelier than any other of its kind, and as like the print as the others are.
    """
    likeness = []
    for cell, character in zip(cells, text, strict=False):
        if not character.isspace():
            seen = _see(page.grey, cell)
            likeness.append(_compare(seen, cell, character))
            if likeness[-1] < _AGREES or _has_rival(seen, cell, character, likeness[-1]):
                return False
    if len(likeness) < _FEWEST or sum(likeness) / len(likeness) < _AGREES_ON_AVERAGE:
        return False
    return sorted(likeness)[len(likeness) // 2] - min(likeness) < _MOST_APART


def _see(page: Grey, cell: Region) -> Grey:
    """The inside of a cell as scanned, soft, with room for the print to be a little off."""
    window = cut(page, cell.grown(-_INSET_MM), _SLACK_PX / PX_PER_MM)
    return np.asarray(cv2.GaussianBlur(window, (0, 0), 1.0), np.uint8)


def _compare(seen: Grey, cell: Region, character: str) -> float:
    """How much a cell looks like a printed character: 1 is alike."""
    wanted = _draw(character, cell.width_mm, cell.height_mm)
    return float(cv2.matchTemplate(seen, wanted, cv2.TM_CCOEFF_NORMED).max())


def _has_rival(seen: Grey, cell: Region, character: str, likeness: float) -> bool:
    """Whether another character of the same kind looks nearly as much like a cell."""
    group = next((group for group in _RIVALS if character in group), "")
    others = (_compare(seen, cell, one) for one in group if one != character)
    return any(likeness - other < _LEAST_LEAD for other in others)


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
