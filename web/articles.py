"""Articles of law in words: `order-01-14/annex-1/art-11(3)` for people."""

import re
from collections.abc import Callable

from flask_babel import gettext as _

from web.page_parts import name_page_language

_LETTERS = re.compile(r"(?:\([a-z]\))+")
"""Sub-paragraphs of a citation: `(b)(c)`."""
_FIRST = ord("\N{GEORGIAN LETTER AN}")


def write_article(law: str) -> str:
    """The place in the law, from the act to the paragraph; what has no words stays as it is."""
    words = ", ".join(_write_part(part) for part in law.split("/"))
    if name_page_language() == "ka":
        words = _LETTERS.sub(_write_georgian, words)
    return words[:1].title() + words[1:]  # upper() would give Georgian its letters for headlines


def _write_georgian(letters: re.Match[str]) -> str:
    """The letters as the act prints them: citations count in the order of its alphabet."""
    places = (ord(letter) - ord("a") for letter in letters[0] if letter.isalpha())
    return f"({'.'.join(chr(_FIRST + place) for place in places)})"


def _write_part(part: str) -> str:
    kind, dash, number = part.partition("-")
    if dash and kind in _WORDS:
        return str(_WORDS[kind](number))
    whole = {
        "programme-overview": _("programme overview"),
        "gurjaani-programme-2015": _("programme of Gurjaani municipality for 2015"),
        "methodology": _("methodology"),
    }
    return str(whole.get(part, part))


_WORDS: dict[str, Callable[[str], str]] = {
    "order": lambda number: _("order %(number)s", number=number),
    "resolution": lambda number: _("resolution %(number)s", number=number),
    "annex": lambda number: _("annex %(number)s", number=number),
    "art": lambda number: _("article %(number)s", number=number),
    "step": lambda number: _("step %(number)s", number=number),
}
