"""Draws the shapes of the number sign that lines are compared with; run after a change of fonts.

`python -m ocr.number_drawing` writes them to `number_shapes.txt`. Only fonts that no figure
is measured with are drawn; a sign whose ring stands higher than theirs, as in many others,
is drawn by raising the ring, and a bolder one by letting the ink grow.
"""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.models.training.fonts import find_fonts
from ocr.number_shapes import FILE, SIGN_PX, Shape, pad_shape, write_shapes

_SIGN = "\u2116"
_SIZE_PX = 200
_ROOM_PX = (3 * _SIZE_PX, 5 * _SIZE_PX)
_FOOT_PX = (_SIZE_PX, 2 * _SIZE_PX)
_GROWTHS_PX = (0, 4)
_RISES = (0.0, 0.12, 0.22)
"""Of the height of the N."""
_SOFT_PX = 0.9
_VARIED = "NotoSans-Regular.ttf"
_DRAWN = {
    "NotoSans-Bold.ttf": 0,
    "DejaVuSans.ttf": 0,
    "DejaVuSans-Oblique.ttf": 4,
    "DejaVuSansCondensed.ttf": 4,
    "DejaVuSansCondensed-BoldOblique.ttf": 0,
    "DejaVuSansMono-Bold.ttf": 4,
    "DejaVuSerif.ttf": 0,
    "DejaVuSerif-BoldItalic.ttf": 0,
    "DejaVuSerifCondensed-Bold.ttf": 0,
    "DejaVuSerifCondensed-BoldItalic.ttf": 0,
    "BPG_Algeti_GPL&GNU.ttf": 0,
    "BPG_Nino_Medium_Cond_GPL&GNU.ttf": 4,
    "BPG_Sans_GPL&GNU.ttf": 0,
    "BPG_Serif_GPL&GNU.ttf": 0,
}
"""Faces, and by how many px their ink grows; chosen so that every other face that is not held
out has a likeness among them."""

Ink = NDArray[np.uint8]


def draw_shapes() -> Iterator[Shape]:
    """The shapes, in the order in which they are kept."""
    faces = {path.name: path for path in find_fonts(_SIGN)}
    plain = _draw_sign(faces[_VARIED])
    for rise in _RISES:
        for growth in _GROWTHS_PX:
            yield _scale(_grow(_raise_ring(plain, rise), growth))
    for name, growth in _DRAWN.items():
        yield _scale(_grow(_draw_sign(faces[name]), growth))


def _draw_sign(face: Path) -> Ink:
    canvas = Image.new("L", _ROOM_PX[::-1], 0)
    font = ImageFont.truetype(str(face), _SIZE_PX, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(canvas).text(_FOOT_PX, _SIGN, fill=255, font=font, anchor="ls")
    return np.asarray(canvas, np.uint8)


def _raise_ring(sign: Ink, rise: float) -> Ink:
    """The sign with ring and bar higher by a share of its height."""
    _, labels, table, _ = cv2.connectedComponentsWithStats((sign > 0).astype(np.uint8))
    letter = 1 + int(table[1:, cv2.CC_STAT_HEIGHT].argmax())
    up = round(rise * int(table[letter, cv2.CC_STAT_HEIGHT]))
    rest = np.where(labels == letter, 0, sign)
    return np.maximum(np.where(labels == letter, sign, 0), np.roll(rest, -up, axis=0))


def _grow(sign: Ink, by_px: int) -> Ink:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by_px + 1,) * 2)
    return np.asarray(cv2.dilate(sign, disc), np.uint8)


def _scale(sign: Ink) -> Shape:
    """The sign in the height in which lines are compared, softened as a scanner does."""
    left, top, width, height = cv2.boundingRect((sign > 127).astype(np.uint8))
    size = (round(width * SIGN_PX / height), SIGN_PX)
    cut = sign[top : top + height, left : left + width]
    small = cv2.resize(cut, size, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.GaussianBlur(pad_shape(np.asarray(small, np.uint8)), (0, 0), _SOFT_PX), np.uint8
    )


if __name__ == "__main__":
    write_shapes(FILE, list(draw_shapes()))
