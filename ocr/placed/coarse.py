"""A page at a glance: small, soft and without its light, so that two can be compared."""

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from ocr.frame import Grey

COARSE_PX_PER_MM = 2.0
COARSE_SIZE = round(PAGE_WIDTH_MM * COARSE_PX_PER_MM), round(PAGE_HEIGHT_MM * COARSE_PX_PER_MM)
_BLUR_PX = 1.0
_LIGHT_PX = 41
"""What changes more slowly than this is light, not print."""


def glance_at(blank: Grey) -> NDArray[np.float32]:
    """A picture in the frame at a glance."""
    small = cv2.resize(blank, COARSE_SIZE, interpolation=cv2.INTER_AREA)
    return soften(np.asarray(small, np.uint8))


def soften(picture: Grey) -> NDArray[np.float32]:
    """A small picture without its slow changes of light, with mean 0 and length 1."""
    light = picture.astype(np.float32)
    around = cv2.blur(light, (_LIGHT_PX, _LIGHT_PX))
    soft = cv2.GaussianBlur(light, (0, 0), _BLUR_PX) - around
    centred = np.asarray(soft - soft.mean(), np.float32)
    return centred / max(float(np.linalg.norm(centred)), 1e-6)
