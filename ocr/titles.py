"""What the printed title of a page says: a suggestion for whoever looks at it.

A page that carries no code of ours is never read by its title alone. But a form that
was abolished is named, so that it can be refused, and a form printed elsewhere is
told from a letter.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from form_templates.abolished import load_abolished
from form_templates.model import Region, TemplateKey
from form_templates.specification import Template
from ocr.frame import Grey, RegisteredPage, crop
from ocr.tesseract import read_block
from ocr.upright import list_upright

HEADER = Region(20.0, 7.0, 138.0, 28.0)
"""Title and page number, beside the marker and the code."""
_LIKE_TITLE = 0.7
"""Share of equal letters of a title that was read; other forms' titles reach about 0.5."""
_LIKE_FOREIGN_TITLE = 0.8
"""The same where all of a page's head is looked through."""
_HEAD = 0.45
"""Upper part of a page that its title stands in."""
_MOST_LINES = 16
"""Of print before and in a title."""
_SURELY_UPRIGHT = 0.6
"""Confidence of a reading from which the page lies the right way: upside down it is 0.2 or less."""
_PLACE = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class TitleGuess:
    """What the printed head of a page suggests; never more than a suggestion."""

    key: TemplateKey
    page: int | None
    """The printed page number, where it was read and the form may have it."""
    likeness: float
    """Share of the title's letters that were read, 0 to 1."""


@dataclass(frozen=True, slots=True)
class TitleName:
    """The form whose title stands at the head of a page that is none of our prints."""

    name: str
    """The title, or the id of an abolished form."""
    abolished: bool


def guess_page_from_title(page: RegisteredPage, templates: Iterable[Template]) -> TitleGuess | None:
    """Suggest form and page from the printed title; None where it is like none of them."""
    lines = _list_lines(read_block(crop(page, HEADER)).text)
    best: TitleGuess | None = None
    for template in templates:
        likeness = _find_likeness(lines[:8], (template.label("title"),))
        if likeness >= max(_LIKE_TITLE, best.likeness if best else 0.0):
            number = _find_number(lines, template.label("word.page"))
            best = TitleGuess(template.key, number, likeness)
    return best


def name_by_title(grey: Grey, templates: Iterable[Template]) -> TitleName | None:
    """The form whose title a page bears, whichever way it lies; None where it bears none."""
    titles = _list_titles(templates)
    for upright in list_upright(grey):
        head = read_block(upright[: round(upright.shape[0] * _HEAD)])
        found = _choose_title(_list_lines(head.text)[:_MOST_LINES], titles)
        if found is not None or head.confidence >= _SURELY_UPRIGHT:
            return found
    return None


def _choose_title(
    lines: list[str], titles: Mapping[TitleName, tuple[str, ...]]
) -> TitleName | None:
    """The form whose title the lines are likest; None where they are like none."""
    likeness = {name: _find_likeness(lines, texts) for name, texts in titles.items()}
    best = max(likeness, key=likeness.__getitem__)
    return best if likeness[best] >= _LIKE_FOREIGN_TITLE else None


def _list_titles(templates: Iterable[Template]) -> dict[TitleName, tuple[str, ...]]:
    """What each form may be headed with."""
    own = {template.label("title") for template in templates}
    return {TitleName(title, abolished=False): (title,) for title in own} | {
        TitleName(form.id, abolished=True): form.titles for form in load_abolished().values()
    }


def _list_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _find_likeness(lines: list[str], titles: Iterable[str]) -> float:
    """How like the likest of some titles the lines are; a title may run over three of them."""
    texts = [" ".join(lines[i : i + n]) for n in (1, 2, 3) for i in range(len(lines) - n + 1)]
    return max((_compare(text, title) for text in texts for title in titles), default=0.0)


def _compare(one: str, other: str) -> float:
    def letters(text: str) -> str:
        return "".join(c for c in text.casefold() if c.isalnum())

    return SequenceMatcher(None, letters(one), letters(other), autojunk=False).ratio()


def _find_number(lines: list[str], word: str) -> int | None:
    """The page of `word page / pages`; a continuation sheet has another word."""
    for line in lines:
        found = _PLACE.search(line)
        if found and _compare(line[: found.start()], word) >= _LIKE_TITLE:
            page = int(found[1])
            return page if 1 <= page <= int(found[2]) else None
    return None
