"""What one dated entry of the law must look like: each fault with its key in the entry."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Entry = Mapping[str, Any]
Faults = Iterator[tuple[str, str]]
"""Key in the entry, and what is wrong there."""

NOT_THE_NUMBER = frozenset({"from", "unit", "law", "amended_by", "assumed", "repealed", "note"})
"""What stands beside the number of a value; the number stands under any other word."""
_DATED = NOT_THE_NUMBER - {"unit"}
_BORDERS = ("from", "above", "to", "below")
_BAND = frozenset({*_BORDERS, "least", "most", "cap"})
_OPTION = frozenset({"law", "says", "says_ka"})


def list_dated_faults(entry: Entry) -> Faults:
    """Faults in what every dated entry says."""
    if type(entry.get("from")) is not date:
        yield "from", "a date as 2015-05-01"
    if not is_text(entry.get("law")):
        yield "law", "the article"
    for key in ("amended_by", "note"):
        if key in entry and not is_text(entry[key]):
            yield key, "a text"
    for key in ("assumed", "repealed"):
        if key in entry and entry[key] is not True:
            yield key, "true, or nothing"


def list_value_faults(entry: Entry) -> Faults:
    """Faults in the number of a value."""
    if not is_text(entry.get("unit")):
        yield "unit", "what is counted"
    named = [word for word in entry if word not in NOT_THE_NUMBER]
    if _ends(entry) and not named:
        return
    if len(named) != 1 or _ends(entry):
        yield "", f"one number, not {', '.join(named) or 'none'}; none where repealed"
    elif not _is_number(entry[named[0]]):
        yield named[0], "a number"


def list_codes_faults(entry: Entry) -> Faults:
    """Faults in a list of codes."""
    yield from _list_unknown(entry, _DATED | {"codes"})
    codes: Any = entry.get("codes")
    if _ends(entry) or not _are_texts(codes):
        if not _ends(entry) or codes is not None:
            yield "codes", 'codes as the law prints them: ["N18.3", "C00-C97"]; none where repealed'
    elif len(set(codes)) < len(codes):
        yield "codes", "a code stands there twice"


def list_scale_faults(entry: Entry) -> Faults:
    """Faults in a scale and in each of its bands."""
    yield from _list_unknown(entry, _DATED | {"unit", "gives", "bands"})
    for key, what in (("unit", "what the borders count"), ("gives", "what a band gives")):
        if not is_text(entry.get(key)):
            yield key, what
    bands: Any = entry.get("bands")
    if _ends(entry) or not are_tables(bands):
        if not _ends(entry) or bands is not None:
            yield "bands", "bands, lowest first; none where repealed"
        return
    for number, band in enumerate(bands, 1):
        for key, what in _list_band_faults(band):
            yield f"bands[{number}].{key}", what
    ends = [band[key] for band in bands for key in _BORDERS if _is_number(band.get(key))]
    if ends != sorted(ends):
        yield "bands", "lowest first, none over another"


def list_choice_faults(entry: Entry) -> Faults:
    """Faults in a choice; that it is an option is for the file to know."""
    yield from _list_unknown(entry, (_DATED | {"choice"}) - {"repealed"})
    if not is_text(entry.get("choice")):
        yield "choice", "the name of an option"


def list_option_faults(option: Entry) -> Faults:
    """Faults in an option of a setting."""
    yield from _list_unknown(option, _OPTION)
    laws = option.get("law")
    if not is_text(laws) and not _are_texts(laws):
        yield "law", "the source that says so"
    for key in ("says", "says_ka"):
        if not is_text(option.get(key)):
            yield key, "a sentence"


def is_text(value: object) -> bool:
    """Whether something was written."""
    return isinstance(value, str) and bool(value.strip())


def are_tables(value: object) -> bool:
    """Whether it is a list of one table or more."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def join_words(words: Iterable[str]) -> str:
    """Words in the order of the alphabet, for a message."""
    return ", ".join(sorted(words))


def _list_band_faults(band: Entry) -> Faults:
    yield from _list_unknown(band, _BAND)
    for key in sorted(band.keys() & _BAND):
        if not _is_number(band[key]):
            yield key, "a number"
    for included, excluded in (("from", "above"), ("to", "below")):
        if included in band and excluded in band:
            yield excluded, f"not beside {included}"
    least, most = band.get("least", 0), band.get("most")
    if most is None:
        yield "most", "what the band gives at most"
    elif _is_number(least) and _is_number(most) and least > most:
        yield "least", "more than the most"


def _list_unknown(entry: Entry, known: frozenset[str]) -> Faults:
    for key in sorted(entry.keys() - known):
        yield key, f"unknown; known are {join_words(known)}"


def _ends(entry: Entry) -> bool:
    return entry.get("repealed") is True


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
