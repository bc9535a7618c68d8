"""How often letters in fonts that were never learned from are suggested right."""

from collections.abc import Sequence

import numpy as np

from benchmarks.result import Cell, Result
from ocr.cells import classify_letters
from ocr.letters import decode_letters
from ocr.lexicon import load_lexicon
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import UNSURE, make_strip, write_row
from ocr.models.training.fonts import split_fonts
from ocr.models.training.letter_writers import ALPHABET, BentFontWriter, TracedWriter
from ocr.models.training.writers import FontWriter, Writer

QUESTION = "How many letters in fonts never learned from are right, how many names suggested first?"
QUICK = False
"""It needs the fonts that training needs."""

_STRIPS, _NAMES, _CELLS, _LEVEL = 120, 60, 14, 1


def _count_letters(writer: Writer, rng: np.random.Generator) -> tuple[int, float]:
    """How many cells were drawn and the share named right, in %."""
    strips = [make_strip(writer, WEAR[_LEVEL], rng) for _ in range(_STRIPS)]
    labels = np.concatenate([strip.labels for strip in strips])
    named = classify_letters(np.concatenate([strip.crops for strip in strips])).argmax(axis=1)
    sure = labels != UNSURE
    return int(sure.sum()), 100 * float((named == labels)[sure].mean())


def _count_names(writer: Writer, lexicon: str, rng: np.random.Generator) -> tuple[float, float]:
    """Shares of words of a list suggested first, with and without the list, in %."""
    words = load_lexicon(lexicon)
    chosen = [word for word in rng.permutation(words.words) if len(word) <= _CELLS][:_NAMES]
    first = free = 0
    for word in chosen:
        seen = classify_letters(write_row(writer, str(word), _CELLS, WEAR[_LEVEL], rng))
        first += decode_letters(seen, words).text == word
        free += decode_letters(seen, None).text == word
    return 100 * first / len(chosen), 100 * free / len(chosen)


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
        rows.append((name, count, right, *_count_names(writer, "surnames", rng)))
    return Result(
        title=f"Letters in cells, fonts held out, wear level {_LEVEL}",
        columns=("written", "cells", "right %", "surnames first %", "without list %"),
        rows=tuple(rows),
        notes=("No real handwriting was available: these figures do not cover it.",),
    )
