"""How often letters in fonts that were never learned from are suggested right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from benchmarks.result import Cell, Result
from ocr.cells import classify_letters
from ocr.letters import LetterString, decode_letters
from ocr.lexicon import Lexicon, build_lexicon, load_lexicon
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import UNSURE, make_strip, write_row
from ocr.models.training.fonts import split_fonts
from ocr.models.training.letter_writers import ALPHABET, BentFontWriter, TracedWriter
from ocr.models.training.writers import FontWriter, Writer
from validation.registered_names import is_alike

QUESTION = "How many letters in fonts never learned from are right, how many names suggested first?"
QUICK = False
"""It needs the fonts that training needs."""

_STRIPS, _NAMES, _CELLS, _LEVEL = 120, 60, 14, 1
_OTHERS = 50
"""Names of the list that each reading is held against as a stranger's."""
_COLUMNS = (
    *("written", "cells", "right %", "list", "surnames first %", "or a candidate %"),
    *("or with the register %", "a stranger's %"),
)


def _count_letters(writer: Writer, rng: np.random.Generator) -> tuple[int, float]:
    """How many cells were drawn and the share named right, in %."""
    strips = [make_strip(writer, WEAR[_LEVEL], rng) for _ in range(_STRIPS)]
    labels = np.concatenate([strip.labels for strip in strips])
    named = classify_letters(np.concatenate([strip.crops for strip in strips])).argmax(axis=1)
    sure = labels != UNSURE
    return int(sure.sum()), 100 * float((named == labels)[sure].mean())


@dataclass(frozen=True, slots=True)
class _Offered:
    """What stands before an operator of one name, at most."""

    first: bool
    candidate: bool
    """The right name is read first or is among the candidates."""
    registered: bool
    """It is there, or the civil register would offer it."""
    strangers: float
    """Share of other names of the list that a register would offer in its place."""


def _count_names(
    writer: Writer, rng: np.random.Generator
) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Way of reading -> shares of names offered so, in %; the same rows of cells each time."""
    words = load_lexicon("surnames")
    chosen = [str(word) for word in rng.permutation(words.words) if len(word) <= _CELLS][:_NAMES]
    rows = [classify_letters(write_row(writer, w, _CELLS, WEAR[_LEVEL], rng)) for w in chosen]
    ways: dict[str, Callable[[str], Lexicon | None]] = {
        "has them": lambda word: words,
        "lacks them": lambda word: build_lexicon([w for w in words.words if w != word]),
        "is not there": lambda word: None,
    }
    for way, choose in ways.items():
        seen = [
            _judge(word, decode_letters(row, choose(word)), rng.choice(words.words, _OTHERS))
            for word, row in zip(chosen, rows, strict=True)
        ]
        shares = np.array([astuple(one) for one in seen], np.float64).mean(axis=0)
        yield way, tuple(float(100 * share) for share in shares)


def _judge(word: str, read: LetterString, others: Iterable[str]) -> _Offered:
    candidates = {read.text, *(text for text, _ in read.candidates)}
    strangers = [is_alike(read.text, other) for other in others if other not in (word, read.text)]
    return _Offered(
        first=read.text == word,
        candidate=word in candidates,
        registered=word in candidates or is_alike(read.text, word),
        strangers=sum(strangers) / max(1, len(strangers)),
    )


def run(arguments: Sequence[str]) -> Result:
    """Measures three ways of writing with the fonts that were held out."""
    georgian, complete = split_fonts(ALPHABET[: ALPHABET.index("0")])[1], split_fonts(ALPHABET)[1]
    writers: dict[str, Writer] = {
        "pen along the font": TracedWriter(georgian),
        "font, bent": BentFontWriter(georgian),
        "font, printed": FontWriter(complete, ALPHABET),
    }
    rows: list[tuple[Cell, ...]] = []
    for name, writer in writers.items():
        rng = np.random.default_rng(7)
        count, right = _count_letters(writer, rng)
        rows += [(name, count, right, way, *shares) for way, shares in _count_names(writer, rng)]
    return Result(
        title=f"Letters in cells, fonts held out, wear level {_LEVEL}",
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=(
            "No real handwriting was available: these figures do not cover it.",
            "with the register: where the personal number is read right, and the civil register"
            " offers its name beside the candidates because it resembles what was read",
            "a stranger's: where the number is another's, how often that name would be offered",
        ),
    )
