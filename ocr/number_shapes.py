"""How much a place on a line looks like the number sign, in the typefaces that are known.

Ring, bar, N and the digit behind often touch in a scan, so pieces of ink tell little; the
whole sign is held against the grey picture instead, a little higher and lower, larger and
smaller. Of 146 signs in faces that no shape was drawn from, 9 stay under 0.89, nearly all of
one face; of 934 lines without a sign none reaches 0.85, and of words made to be taken for it
(Ne, No, N4, blurred) 2 in 3,300 reach 0.89.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import Grey

FILE = Path(__file__).with_name("number_shapes.txt")
"""One hexadecimal digit a pixel, an empty line between shapes."""
SIGN_PX = 20
"""Height of the sign in the shapes."""
_BORDER_PX = 2
"""White over, under and before the sign; nothing is known of what stands behind it."""
_WIDEST_PX = 36
_SLACK_PX = 2
_SCALES = (0.94, 1.0, 1.06)
_SOFT_PX = 0.7
_FLAT = 1e-3
_LEVELS = 16

Shape = NDArray[np.uint8]
Floats = NDArray[np.float32]
Box = tuple[int, int, int, int]
"""Left, top, width and height in px."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a place looks like the sign, and where the sign ends there."""

    score: float
    """A correlation: 1 is alike."""
    right_px: float


@dataclass(frozen=True, slots=True)
class _Bank:
    """The shapes as columns: without their mean, of length 1; and where each says something."""

    shapes: Floats
    masks: Floats
    widths_px: tuple[int, ...]


def measure_likeness(picture: Grey, box: Box) -> Likeness:
    """How much what begins with a box of ink, as high as the box, looks like the sign."""
    best = Likeness(-1.0, float(box[0]))
    for scale in _SCALES:
        zoom = SIGN_PX / (box[3] * scale)
        scores = _correlate(_cut_windows(picture, box, zoom), _load_bank())
        window, shape = np.unravel_index(int(scores.argmax()), scores.shape)
        if scores[window, shape] > best.score:
            shift = int(window) % (2 * _SLACK_PX + 1) - _SLACK_PX
            end = shift + _load_bank().widths_px[int(shape)] - _BORDER_PX
            best = Likeness(float(scores[window, shape]), box[0] + end / zoom)
    return best


def pad_shape(sign: Shape) -> Shape:
    """The sign with the white that belongs to it."""
    edge = _BORDER_PX
    padded = cv2.copyMakeBorder(sign, edge, edge, edge, 0, cv2.BORDER_CONSTANT, value=(0,))
    return np.asarray(padded, np.uint8)


def write_shapes(path: Path, shapes: Sequence[Shape]) -> None:
    """Keeps the shapes in a file."""
    blocks = ("\n".join("".join(f"{p // _LEVELS:x}" for p in row) for row in one) for one in shapes)
    path.write_text("\n\n".join(blocks) + "\n", encoding="ascii")


@cache
def _load_bank() -> _Bank:
    blocks = FILE.read_text(encoding="ascii").split("\n\n")
    shapes = [np.array([[int(p, _LEVELS) for p in row] for row in b.split()]) for b in blocks]
    pairs = [_spread(np.asarray(one, np.float32)) for one in shapes]
    return _Bank(
        shapes=np.stack([shape for shape, _ in pairs], axis=1),
        masks=np.stack([mask for _, mask in pairs], axis=1),
        widths_px=tuple(one.shape[1] for one in shapes),
    )


def _spread(shape: Floats) -> tuple[Floats, Floats]:
    """A shape and its mask as columns of one length, whatever its width."""
    even = shape - shape.mean()
    wide = ((0, 0), (0, _WIDEST_PX - shape.shape[1]))
    mask = np.pad(np.ones_like(shape), wide)
    return np.pad(even / np.linalg.norm(even), wide).ravel(), mask.ravel()


def _cut_windows(picture: Grey, box: Box, zoom: float) -> Floats:
    """The place as rows of pixels, at the height of the shapes, shifted every way a little."""
    left, top, _, height = box
    size = (_WIDEST_PX + 2 * _SLACK_PX, SIGN_PX + 2 * (_BORDER_PX + _SLACK_PX))
    corner = (
        left - (_BORDER_PX + _SLACK_PX) / zoom,
        top + height / 2 - size[1] / 2 / zoom,
    )
    place = np.array([[1 / zoom, 0, corner[0]], [0, 1 / zoom, corner[1]]])
    seen = cv2.warpAffine(255 - picture, place, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    soft = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), _SOFT_PX)
    inside = (SIGN_PX + 2 * _BORDER_PX, _WIDEST_PX)
    windows = np.lib.stride_tricks.sliding_window_view(soft, inside)
    return np.asarray(windows.reshape(-1, inside[0] * inside[1]), np.float32)


def _correlate(windows: Floats, bank: _Bank) -> Floats:
    """The correlation of each window with each shape, where the shape says something."""
    count = bank.masks.sum(axis=0)
    total = windows @ bank.masks
    spread = (windows * windows) @ bank.masks - total * total / count
    return np.asarray((windows @ bank.shapes) / np.sqrt(np.maximum(spread, _FLAT * count)))
