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

_ACT = re.compile(rf"({_SIGN}\d+)\s?-\s?(\d+)\s?/\s?([6\u10dc]{{1,2}}|\u10dd?c?m?\u10dd?)$")
"""The number of an act; behind its slash stands a letter, which many typefaces draw as a 6,
and which coarse print shows as a Latin m or as both."""
_LIKE_SIX = "6\u10dc"
_SIX_LETTER, _M_LETTER = "\u10dc", "\u10dd"

_OPENED_AGAIN = re.compile("(?<=[\u10d0-\u10f0])\u201d")
"""Georgian closes a quotation with the sign that opens an English one."""
_RUN_ON = re.compile(r"(?<=[\u10d0-\u10f0])([?!;])(?=[\u10d0-\u10f0])")
_ROUND_LETTER = re.compile(r"(?<![\w-])([A-Z])(?:O(\d)|(\d)O)(?=\.\d{1,2}$|$)")
"""A code of diseases with the letter O for one of its digits."""
_LOST_O = re.compile(r"^0(?=\d\d(?:\.\d)?$)")
_TAKEN_FOR_O = re.compile(r"^O(?=\d\d(?:\.\d)?$)")
_LOST_AFTER_FORM = re.compile(r"(?<=IV-\d{3}/a )([01257])(?=\d\d(?:\.\d{1,2})?$)")
"""Where a code stands its letter was read as a digit: no number begins with a nought, and
none stands behind the name of the form that states a disease."""

_RING_AS_DIGIT = re.compile(rf"{_SIGN}[29](?=\d)")
"""The ring of the sign over its bar is read as a digit at times."""
_RING_APART = re.compile(rf"{_SIGN}[29]\s(?=\d)")
"""The same with a gap behind it, which no number has."""
_LOST_LETTER = re.compile(r"(?<![\w.,/-])([012578])(\d{2}(?:\.\d{1,2})?)$")
_LETTERS = {"0": "O", "1": "I", "2": "Z", "5": "S", "7": "Z", "8": "B"}
"""Of a code of diseases at the end of a text, read as digits."""


def tidy_text(text: str) -> str:
    """The text in one line without strays; numbers, days and hyphens in one spelling."""
    lines = (_ALONE.sub("", " ".join(line.split())).strip() for line in text.splitlines())
    whole = _DASH.sub("-", " ".join(line for line in lines if line).strip(_STRAY))
    whole = _PLAIN_N.sub(_SIGN, _SIGN_AS_READ.sub(_SIGN, _drop_bracket(whole)))
    whole = _ACT.sub(_spell_act, _DAY.sub(r"\1.\2.\3", whole))
    return _RUN_ON.sub(r"\1 ", _OPENED_AGAIN.sub("\u201c", whole))


def drop_ring(tidied: str) -> str:
    """The text without a digit that stands apart behind a sign: the sign's own ring, likelier."""
    return _ACT.sub(_spell_act, _RING_APART.sub(_SIGN, tidied))


def _drop_bracket(text: str) -> str:
    """The text without a bracket that encloses nothing: a stain."""
    if text.startswith("(") and ")" not in text:
        return text.lstrip("( ")
    return text.lstrip(") ").rstrip("( ")


def _spell_act(found: re.Match[str]) -> str:
    """The number of an act without spaces, with the Georgian letter that ends it."""
    letter = _SIX_LETTER if found[3][:1] in _LIKE_SIX else _M_LETTER
    return f"{found[1]}-{found[2]}/{letter if found[3] else ''}"


def spell_disease(tidied: str) -> str:
    """The text with letters where a code of diseases has letters, and digits where digits."""
    digits = _ROUND_LETTER.sub(lambda f: f[1] + ("0" + f[2] if f[2] else f[3] + "0"), tidied)
    letter = _LOST_AFTER_FORM.sub(lambda found: _LETTERS[found[1]], digits)
    return _LOST_O.sub("O", letter)


def list_rivals(text: str) -> tuple[str, ...]:
    """What else a text may be where Tesseract is known to take one thing for another."""
    shorter = _RING_AS_DIGIT.sub(_SIGN, text)
    disease = _LOST_LETTER.sub(lambda found: _LETTERS[found[1]] + found[2], text)
    number = _TAKEN_FOR_O.sub("0", text)
    return tuple(rival for rival in (shorter, disease, number) if rival != text)
