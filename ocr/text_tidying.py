"""Puts right what Tesseract gets wrong in the same way each time."""

import re

_STRAY = " \t·.,:;_\"'“”„`~|•—–-=<>«»*^\\"  # noqa: RUF001
"""What it makes of dirt and box edges at the ends of a line."""
_ALONE = re.compile(rf"^[{re.escape(_STRAY)}]+(?=\s)|(?<=\s)[{re.escape(_STRAY)}]+$|[_|~]+$")
"""The same where no word is beside it; a comma at a word belongs to the text."""
_SIGN = "\u2116"
_SIGN_AS_READ = re.compile(
    r"(?<![\w№])(?:N(?:[ec\u10d8]|o[e.]?)[.:]?|[NM]?[°º»¢#]|N[.:+«»]{1,2}|N[eo]?M|№)[-.:]?\s?(?=\d)"
)
"""The ways it reads the sign before a number: it knows no other."""
_PLAIN_N = re.compile(
    r"(?<=[\u10d0-\u10ff.,]\s)[NM]\s?(?=\d)|(?<![\w№])N\s?(?=\d(?!\d)|\d{3}|\d+[-/])"
)
"""An N typed for the sign; N20 alone is a disease, and stays."""
_DAY = re.compile(r"(?<!\d)(\d\d)\s?[.,:°·]\s?(\d\d)\s?[.,:°·]\s?((?:19|20)\d\d)(?!\d)")
_DASH = re.compile(r"(?<=\w)[–—]+-?(?=\w)|(?<=\w)-[–—]+(?=\w)")  # noqa: RUF001
"""A hyphen between letters or digits, read as a dash."""


_ACT = re.compile(rf"({_SIGN}\s?\d+-\d+/)6(?!\d)")
"""Behind the slash in the number of an act stands a letter, which many typefaces draw as a 6."""

_RING_AS_DIGIT = re.compile(rf"{_SIGN}[29](?=\d)")
"""The ring of the sign over its bar is read as a digit at times."""
_LOST_LETTER = re.compile(r"(?<![\w.,/-])([012578])(\d{2}(?:\.\d{1,2})?)$")
_LETTERS = {"0": "O", "1": "I", "2": "Z", "5": "S", "7": "Z", "8": "B"}
"""Of a code of diseases at the end of a text, read as digits."""


def tidy_text(text: str) -> str:
    """The text in one line without strays; numbers, days and hyphens in one spelling."""
    lines = (_ALONE.sub("", " ".join(line.split())).strip() for line in text.splitlines())
    whole = _DASH.sub("-", " ".join(line for line in lines if line).strip(_STRAY))
    whole = _PLAIN_N.sub(_SIGN, _SIGN_AS_READ.sub(_SIGN, whole))
    return _ACT.sub("\\1\u10dc", _DAY.sub(r"\1.\2.\3", whole))


def list_rivals(text: str) -> tuple[str, ...]:
    """What else a text may be where Tesseract is known to take one thing for another."""
    shorter = _RING_AS_DIGIT.sub(_SIGN, text)
    disease = _LOST_LETTER.sub(lambda found: _LETTERS[found[1]] + found[2], text)
    return tuple(rival for rival in (shorter, disease) if rival != text)
