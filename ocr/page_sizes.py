"""A page's picture in the sizes that several looks at it need, each drawn once."""

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import Grey

_Level = TypeVar("_Level", np.uint8, np.float32)


@dataclass(frozen=True, slots=True)
class PageSizes:
    """A page, or a crop of one, whole and made smaller."""

    whole: Grey
    half: Grey
    quarter: Grey
    """Drawn at once: by halves it would be three times as fast and lighter by a part of a grey
    level, with which pale notes were lost and 3 % of a hairline."""


def shrink_page(picture: Grey) -> PageSizes:
    """Draw a picture at half and at a quarter of its size."""
    return PageSizes(picture, shrink(picture, 2), shrink(picture, 4))


def shrink(picture: NDArray[_Level], factor: int) -> NDArray[_Level]:
    """Average so many by so many pixels to one; what is left over at the far edges is cut off."""
    width, height = picture.shape[1] // factor, picture.shape[0] // factor
    whole = picture[: height * factor, : width * factor]
    small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, picture.dtype)
