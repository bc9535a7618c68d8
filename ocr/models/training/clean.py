"""Digits of a collection pasted into clean cells: what single-digit figures are measured on."""

import cv2
import numpy as np
from numpy.typing import NDArray

_PX_PER_MM = 8
_CELL_MM = (5.2, 7.0)
_MARGIN_MM = 1.0
_DIGIT_HEIGHT_MM = 4.5
_PAPER, _BORDER, _INK = 245.0, 110.0, 0.85


def _draw_empty_cell() -> NDArray[np.float32]:
    """One cell between two others, scanned without a fault."""
    size = [round((side + 2 * _MARGIN_MM) * _PX_PER_MM) for side in _CELL_MM]
    fine = np.full((size[1] * 8, size[0] * 8), _PAPER, np.float32)
    left, top = (round(_MARGIN_MM * _PX_PER_MM * 8) for _ in range(2))
    right, bottom = left + round(_CELL_MM[0] * 64), top + round(_CELL_MM[1] * 64)
    cv2.rectangle(fine, (-99, top), (size[0] * 8 + 99, bottom), _BORDER, 13)
    cv2.rectangle(fine, (left, top), (right, bottom), _BORDER, 13)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.float32)


def paste_digits(pictures: NDArray[np.uint8], box_px: float = 20.0) -> NDArray[np.uint8]:
    """Crops of clean cells with one digit each, its middle in the cell's middle.

    `box_px` of a picture are as high as a usual digit: MNIST has 20 of 28.
    """
    cell = _draw_empty_cell()
    height, width = cell.shape
    zoom = _DIGIT_HEIGHT_MM * _PX_PER_MM / box_px
    rows, columns = pictures.shape[1:]
    move = np.array(
        [
            [zoom, 0, (width - 1) / 2 - zoom * (columns - 1) / 2],
            [0, zoom, (height - 1) / 2 - zoom * (rows - 1) / 2],
        ]
    )
    crops = np.empty((len(pictures), height, width), np.uint8)
    for picture, crop in zip(pictures, crops, strict=True):
        ink = cv2.warpAffine(picture, move, (width, height), flags=cv2.INTER_CUBIC)
        crop[:] = np.rint(cell * (1 - _INK * ink.astype(np.float32) / 255))
    return crops
