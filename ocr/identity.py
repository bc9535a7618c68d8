"""Which page of which form a scan is: by its printed code, at need by its print.

Only the code decides. What a blank suggests is for a person, or for the page's
neighbours in the batch, to confirm.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import BODY, CODE_REGIONS, PageCode
from ocr.frame import Grey, RegisteredPage, crop, cut
from ocr.page_code import read_codes

K = TypeVar("K")

_CODE_MARGIN_MM = 3.0
"""The decoder wants a clear margin; the nearest print is 6 mm away."""


def read_page_code(page: RegisteredPage) -> PageCode | None:
    """The page's code; None where neither copy can be read, or where the two disagree."""
    copies = [
        found.code
        for region in CODE_REGIONS
        for found in read_codes(crop(page, region, _CODE_MARGIN_MM))
    ]
    # Where corners are lost, the page may lie some mm beside its frame.
    return _agree(copies) if copies else read_page_code_anywhere(page.grey)


def read_page_code_anywhere(grey: Grey) -> PageCode | None:
    """The code of a page that could not be laid straight; None where codes disagree."""
    return _agree(found.code for found in read_codes(grey))


def _agree(codes: Iterable[PageCode]) -> PageCode | None:
    different = set(codes)
    return different.pop() if len(different) == 1 else None


@dataclass(frozen=True, slots=True)
class BlankMatch(Generic[K]):
    """Which blank a page's print is most like."""

    key: K
    score: float
    """Correlation with that blank, -1 to 1."""
    margin: float
    """By how much the next best is less alike; sheets of one layout differ by almost nothing."""


_MATCH_WIDTH_PX = 420
_MATCH_BLUR_PX = 1.0
"""At 2 px per mm: allows half a mm of displacement."""


def match_blank(page: RegisteredPage, references: Mapping[K, Grey]) -> BlankMatch[K] | None:
    """Tell which rendered blank a page is printed from, where both its codes are lost."""
    seen = _soften(page.grey)
    scores = sorted(
        ((float((seen * _soften(blank)).sum()), i) for i, blank in enumerate(references.values())),
        reverse=True,
    )
    if not scores:
        return None
    best, at = scores[0]
    runner_up = scores[1][0] if len(scores) > 1 else 0.0
    return BlankMatch(list(references)[at], best, best - runner_up)


def _soften(picture: Grey) -> NDArray[np.float64]:
    """The body of a page, small and soft, with mean 0 and length 1."""
    body = cut(picture, BODY)
    scale = _MATCH_WIDTH_PX / picture.shape[1]
    small = cv2.resize(body, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(np.asarray(small, np.float64), (0, 0), _MATCH_BLUR_PX)
    centred = np.asarray(soft - soft.mean(), np.float64)
    return centred / max(float(np.linalg.norm(centred)), 1e-9)
