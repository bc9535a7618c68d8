"""What is printed on a page that is none of ours: its words, and what they say of whom.

Attachments (form IV-100/a, certificates) are never read into a record: their text makes
them findable, and what looks like a name, a personal number or a diagnosis is suggested
to whoever looks at them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from ocr.frame import Grey
from ocr.tesseract import GEORGIAN, read_block, read_page_text
from ocr.text_tidying import drop_ring, spell_disease, tidy_text
from ocr.upright import list_upright

_WORDS = Path(__file__).with_name("page_words.toml")
_SURELY_UPRIGHT = 0.6
"""Confidence from which a page lies the right way round: upside down it is 0.2 or less."""
_PERSONAL_NUMBER = re.compile(r"(?<!\d)\d{11}(?!\d)")
_DISEASE = re.compile(r"(?<![\w/-])([A-Z]\d{2}(?:\.\d{1,2})?)(?![\w/-])")
_LOST_LETTER = re.compile(r"(?<![\w.,/-])([01258])(\d{2}\.\d)(?![\w.,/])")
_LETTERS = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}
"""Of a code of diseases, read as digits."""
_NAME = re.compile(r"[\u10d0-\u10f0]{2,}(?:[ -][\u10d0-\u10f0]{2,}){1,3}")
_BETWEEN = " \t:;.,_()-\u2013\u2014|/"


class HintKind(StrEnum):
    """What a paper of others may say."""

    NAME = "name"
    PERSONAL_NUMBER = "personal_number"
    DIAGNOSIS = "diagnosis"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that a text seems to say: a suggestion for a person, never a value."""

    kind: HintKind
    text: str


def read_foreign_text(grey: Grey) -> str:
    """All that is printed on a page of somebody else, whichever way it lies; one line a line."""
    text = read_page_text(_turn_upright(grey), GEORGIAN)
    lines = (spell_disease(drop_ring(tidy_text(line))) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _turn_upright(grey: Grey) -> Grey:
    """The page the way round in which its print is read more surely."""
    best, most = grey, -1.0
    for upright in list_upright(grey):
        sure = _measure_print(upright)
        if sure > most:
            best, most = upright, sure
        if sure >= _SURELY_UPRIGHT:
            break
    return best


def _measure_print(upright: Grey) -> float:
    """How surely the upper half is read; where nothing stands there, the lower one."""
    middle = upright.shape[0] // 2
    return read_block(upright[:middle]).confidence or read_block(upright[middle:]).confidence


def find_hints(text: str) -> tuple[Hint, ...]:
    """Names, personal numbers and diagnoses that a text seems to hold, each once."""
    lines = text.splitlines()
    found = [
        *(Hint(HintKind.NAME, name) for name in _find_names(lines)),
        *(Hint(HintKind.PERSONAL_NUMBER, one) for one in _PERSONAL_NUMBER.findall(text)),
        *(Hint(HintKind.DIAGNOSIS, code) for code in _find_diagnoses(lines)),
    ]
    return tuple(dict.fromkeys(found))


def _find_names(lines: Sequence[str]) -> Iterator[str]:
    """What stands behind the words for a name, else under them."""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        rest = _cut_behind(line, _load_words()["name"])
        if rest is not None:
            found = _NAME.match(rest) or _NAME.match(below.strip(_BETWEEN))
            if found:
                yield found[0]


def _cut_behind(line: str, words: Sequence[str]) -> str | None:
    """What follows the first of some wordings on a line; None where it has none of them."""
    for wording in words:
        pattern = rf"[{re.escape(_BETWEEN)}]+".join(map(re.escape, wording.split()))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", line)
        if found:
            return line[found.end() :].strip(_BETWEEN)
    return None


def _find_diagnoses(lines: Sequence[str]) -> Iterator[str]:
    """Codes of diseases; one whose letter was read as a digit only where a diagnosis is told."""
    for line in lines:
        yield from _DISEASE.findall(line)
        if any(word in line.casefold() for word in _load_words()["diagnosis"]):
            for digit, rest in _LOST_LETTER.findall(line):
                yield _LETTERS[digit] + rest


@cache
def _load_words() -> Mapping[str, Sequence[str]]:
    with _WORDS.open("rb") as file:
        words: dict[str, list[str]] = tomllib.load(file)
    return words
