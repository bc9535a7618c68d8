"""What is typed into forms and papers: names, addresses, numbers, codes and sentences."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from form_templates import catalog
from ocr.simulation.answers import draw_digits, draw_word

_FILE = Path(__file__).with_name("typed_words.toml")
NUMBER_SIGN = "\u2116"
_CHAPTERS = "ABCDEFGHIJKLMNOPQRSTVZ"
"""Letters of the international classification of diseases that codes begin with."""


def _invent_name(rng: np.random.Generator) -> str:
    return f"{draw_word(rng, 'first_names', 20)} {draw_word(rng, 'surnames', 20)}"


def _invent_place(rng: np.random.Generator) -> str:
    return draw_word(rng, "settlements", 24)


def _invent_address(rng: np.random.Generator) -> str:
    """A street with its number, in the ways that people type it."""
    street = draw_word(rng, "streets", 20)
    sign = (NUMBER_SIGN, f"{NUMBER_SIGN} ", "", "N")[int(rng.integers(4))]
    flat = f", {_load()['words']['flat']} {rng.integers(1, 90)}" if rng.random() < 0.5 else ""
    return f"{street} {_load()['words']['street']} {sign}{rng.integers(1, 180)}{flat}"


def _invent_day(rng: np.random.Generator) -> str:
    return f"{date(1935, 1, 1) + timedelta(days=int(rng.integers(0, 33000))):%d.%m.%Y}"


def _invent_personal_number(rng: np.random.Generator) -> str:
    return draw_digits(rng, 11)


def _invent_diagnosis(rng: np.random.Generator) -> str:
    chapter = _CHAPTERS[int(rng.integers(len(_CHAPTERS)))]
    point = f".{rng.integers(10)}" if rng.random() < 0.7 else ""
    return f"{chapter}{draw_digits(rng, 2)}{point}"


def _invent_act(rng: np.random.Generator) -> str:
    """The number of an order or a certificate behind its sign."""
    letter = _load()["words"]["act"][int(rng.integers(2))]
    return f"{NUMBER_SIGN}{rng.integers(1, 99):02}-{rng.integers(1, 999)}/{letter}"


def _invent_amount(rng: np.random.Generator) -> str:
    return f"{rng.integers(1, 3000)},{draw_digits(rng, 2)} {_load()['words']['money']}"


def _invent_latin(rng: np.random.Generator) -> str:
    """A name in Latin letters with a number, as passports have it."""
    letters = _load()["latin"]
    name = "".join(letters[letter] for letter in draw_word(rng, "surnames", 14))
    return f"{name.capitalize()} {draw_digits(rng, int(rng.integers(1, 5)))}"


def _invent_mixed(rng: np.random.Generator) -> str:
    """Georgian words with the Latin name of a form and a code among them."""
    return f"{_load()['words']['certificate']} IV-{draw_digits(rng, 3)}/a {_invent_diagnosis(rng)}"


def _invent_sentence(rng: np.random.Generator) -> str:
    return take_words(rng, 3).rstrip(",;.:")


def take_words(rng: np.random.Generator, count: int) -> str:
    """Words of real wording in no sensible order."""
    words = _list_words()
    return " ".join(words[int(i)] for i in rng.integers(0, len(words), count))


@cache
def _list_words() -> tuple[str, ...]:
    """Words with the commas and points that end them; short enough for a line of three."""
    wordings = catalog.load("family_declaration").labels["ka"].values()
    words = {word for wording in wordings for word in wording.split()}
    return tuple(sorted(w for w in words if len(w) < 12 and "\u10d0" <= w[0] <= "\u10f0"))


def spell_meant(content: str, text: str) -> str:
    """What should be read where people type one thing in several ways: a house's number sign."""
    if content != "address":
        return text
    return text.replace("N", NUMBER_SIGN).replace(f"{NUMBER_SIGN} ", NUMBER_SIGN)


@cache
def _load() -> Mapping[str, Mapping[str, str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


CONTENTS: Mapping[str, Callable[[np.random.Generator], str]] = {
    "name": _invent_name,
    "place": _invent_place,
    "address": _invent_address,
    "day": _invent_day,
    "personal number": _invent_personal_number,
    "diagnosis": _invent_diagnosis,
    "act": _invent_act,
    "amount": _invent_amount,
    "latin": _invent_latin,
    "mixed": _invent_mixed,
    "sentence": _invent_sentence,
}
"""Kind of content -> one more of it."""
