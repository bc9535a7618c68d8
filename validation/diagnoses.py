"""Which diagnoses prove the need of permanent medication: order 01-14, annex 1, art. 7(7)(b).

The lists stand in `law/diagnoses`, with the ranges as the order prints them. Codes say
nothing of functional classes, treatments and interventions, and several diseases have no
printed code: what codes cannot decide, a person decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from validation.parameters import Law

_CODE = re.compile(
    r"(?<![\w/-])([A-Z])(?: ?(\d\d) ?[.,] ?(\d{1,2})|(\d\d))(?![\w/-])(?! ?[.,] ?\d)", re.ASCII
)
"""A code; blanks only where a point shows that it is one, so that `C 50` stays a flat."""
_ARTICLE = "order-01-14/annex-1/art-7(7)(b)"
_TOGETHER = (
    ("diagnoses/heart_failure", "diagnoses/angina"),
    ("diagnoses/respiratory_base", "diagnoses/respiratory_failure"),
)
"""Pairs of lists, joined by "and": a code of each."""
_ALONE = ("diagnoses/kidney", "diagnoses/cancer")
_DOUBTED = ("diagnoses/respiratory_doubted", "proofs/unprinted_diseases")
_HALVES_IN_DOUBT = (
    "diagnoses/heart_failure",
    "diagnoses/angina",
    "diagnoses/respiratory_failure",
)
"""Halves of a pair whose other half may be meant and stand in words."""
_UNSHOWN = {"diagnoses/angina": "functional_classes", "diagnoses/cancer": "specific_treatment"}


class Verdict(StrEnum):
    """Whether diagnoses prove the need."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    """Each code is read, and none is of a disease that the order names."""
    PERSON_DECIDES = "person_decides"
    """The codes alone do not tell, or there are none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from the codes of one form IV-100/a."""

    verdict: Verdict
    law: str
    codes: tuple[str, ...] = ()
    """Those that the verdict rests on."""
    unshown: str | None = None
    """What the order asks for beside them and no code can show."""


def judge_diagnoses(codes: Iterable[str], law: Law, day: date) -> Judgement:
    """Hold the codes of one person against the lists of a day.

    A half of a pair is a person's to decide, but for a respiratory disease without J96.1:
    it is the complication that makes it count, and the order prints its code.
    """
    named = tuple(dict.fromkeys(codes))
    return (
        _find_sufficient(named, law, day)
        or _find_doubted(named, law, day)
        or Judgement(Verdict.INSUFFICIENT, _ARTICLE, named)
    )


def _find_sufficient(named: tuple[str, ...], law: Law, day: date) -> Judgement | None:
    """The first case of the order that the codes fulfil; one without conditions if any does."""
    fulfilled = []
    for lists in (*_TOGETHER, *((name,) for name in _ALONE)):
        listed = [_pick(named, law, day, name) for name in lists]
        entry = law.codes_on(lists[-1], day)
        if all(listed) and entry is not None:
            found = tuple(code for codes in listed for code in codes)
            unshown = _UNSHOWN.get(lists[-1])
            fulfilled.append(Judgement(Verdict.SUFFICIENT, entry.law, found, unshown))
    return min(fulfilled, key=lambda one: one.unshown is not None, default=None)


def _find_doubted(named: tuple[str, ...], law: Law, day: date) -> Judgement | None:
    """Codes that a person looks at; no code at all is none that was judged."""
    if not named:
        return Judgement(Verdict.PERSON_DECIDES, _ARTICLE)
    for name in (*_HALVES_IN_DOUBT, *_DOUBTED):
        entry, found = law.codes_on(name, day), _pick(named, law, day, name)
        if entry is None:
            return Judgement(Verdict.PERSON_DECIDES, _ARTICLE, named)
        if found:
            return Judgement(Verdict.PERSON_DECIDES, entry.law, found)
    vague = tuple(code for code in named if _is_vague(code, law, day))
    return Judgement(Verdict.PERSON_DECIDES, _ARTICLE, vague) if vague else None


def _is_vague(code: str, law: Law, day: date) -> bool:
    """Whether a code leaves out the digit that decides: N18 without its stage."""
    for name in (*(name for pair in _TOGETHER for name in pair), *_ALONE):
        entry = law.codes_on(name, day)
        if entry is not None and any(one.startswith(f"{code}.") for one in entry.codes):
            return True
    return False


def _pick(named: tuple[str, ...], law: Law, day: date, name: str) -> tuple[str, ...]:
    """The codes that a list of the law holds."""
    entry = law.codes_on(name, day)
    entries = entry.codes if entry else ()
    return tuple(code for code in named if any(is_covered(code, one) for one in entries))


def is_covered(code: str, entry: str) -> bool:
    """Whether an entry of a list, a code or a range as printed, holds a code.

    An entry holds what stands below it: M41 holds M41.2, but M41 alone is not M41.2.
    """
    first, _, last = entry.partition("-")
    last = last or first
    depth = len(first)
    return len(code) >= depth and first <= code[:depth] <= last


def find_codes(text: str) -> tuple[str, ...]:
    """The codes of diseases that a text seems to hold, each once: `J96,1` as J96.1."""
    found = (
        f"{letter}{digits}.{part}" if digits else f"{letter}{whole}"
        for letter, digits, part, whole in _CODE.findall(text)
    )
    return tuple(dict.fromkeys(found))


def write_code(letter: str, digits: str) -> str:
    """A code from its letter and its digits: I and 208 are I20.8."""
    return f"{letter}{digits[:2]}.{digits[2:]}" if digits[2:] else f"{letter}{digits}"
