"""Which page of which form a scan is: by its printed code; by its title or its print at need.

Only the code decides. What a title or a blank suggests is for a person, or for
the page's neighbours in the batch, to confirm.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.marks import BODY, CODE_REGIONS, PageCode
from form_templates.model import Region, TemplateKey
from form_templates.specification import Template
from ocr.frame import Grey, RegisteredPage, crop, cut
from ocr.page_code import read_codes
from ocr.tesseract import read_block

K = TypeVar("K")

_CODE_MARGIN_MM = 3.0
"""The decoder wants a clear margin; the nearest print is 6 mm away."""
HEADER = Region(20.0, 7.0, 138.0, 28.0)
"""Title and page number, beside the marker and the code."""
_LIKE_TITLE = 0.7
"""Share of equal letters of a title that was read; other forms' titles reach about 0.5."""
_PLACE = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})")


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
class TitleGuess:
    """What the printed head of a page suggests; never more than a suggestion."""

    key: TemplateKey
    page: int | None
    """The printed page number, where it was read and the form may have it."""
    likeness: float
    """Share of the title's letters that were read, 0 to 1."""


def guess_page_from_title(page: RegisteredPage, templates: Iterable[Template]) -> TitleGuess | None:
    """Suggest form and page from the printed title; None where it is like none of them."""
    lines = [line for line in read_block(crop(page, HEADER)).text.splitlines() if line.strip()]
    best: TitleGuess | None = None
    for template in templates:
        title = template.label("title")
        likeness = max((_likeness(text, title) for text in _titles(lines)), default=0.0)
        if likeness >= max(_LIKE_TITLE, best.likeness if best else 0.0):
            number = _find_number(lines, template.label("word.page"))
            best = TitleGuess(template.key, number, likeness)
    return best


def _titles(lines: list[str]) -> list[str]:
    """A title may run over two lines."""
    return [" ".join(lines[i : i + n]) for n in (1, 2) for i in range(len(lines))][:8]


def _likeness(one: str, other: str) -> float:
    def letters(text: str) -> str:
        return "".join(c for c in text.casefold() if c.isalnum())

    return SequenceMatcher(None, letters(one), letters(other), autojunk=False).ratio()


def _find_number(lines: list[str], word: str) -> int | None:
    """The page of `word page / pages`; a continuation sheet has another word."""
    for line in lines:
        found = _PLACE.search(line)
        if found and _likeness(line[: found.start()], word) >= _LIKE_TITLE:
            page = int(found[1])
            return page if 1 <= page <= int(found[2]) else None
    return None


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
