"""Georgian letters in a row of cells: a suggestion that a person confirms.

No real handwriting was there to learn from, so nothing read here may pass
unseen by itself: whoever calls marks every value as one to review.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.cells import BLANK, LETTER_CLASSES, STATES, classify_letters
from ocr.lexicon import Lexicon, load_lexicon, weigh_row, weigh_words
from ocr.written import CellReading, WrittenState, judge_row, read_cells

_BLANK_INDEX = LETTER_CLASSES.index(BLANK)
_SIGNS = (*range(len(LETTER_CLASSES) - len(STATES)), _BLANK_INDEX)
"""What an answer without a word list may hold: a house number has digits too."""
_LETTERS = (*range(LETTER_CLASSES.index("0")), _BLANK_INDEX)
_CANDIDATES = 5
_CONCEIVABLE = 1e-6
"""Share of a word that is offered beside the likeliest: others look like nothing in the cells."""
_IN_LEXICON = 0.7
"""How often a name is one of the list; lists are far from complete."""
_PERPLEXITY = 8.0
"""Letters that may follow in a name that no list has: far fewer than 33."""


@dataclass(frozen=True, slots=True)
class LetterString:
    """What the cells of one field seem to say."""

    state: WrittenState
    text: str
    """Empty unless read. Blanks at the ends are gone, one inside is a space."""
    confidence: float
    """Probability of the text among what the lexicon and the cells allow; not of handwriting."""
    cells: tuple[CellReading, ...]
    candidates: tuple[tuple[str, float], ...] = ()
    """Other readings with their probability, best first."""


def read_letters(crops: NDArray[np.uint8], lexicon: str | None) -> LetterString:
    """Read the cells of one field against a named word list, or freely without one."""
    words = None if lexicon is None else load_lexicon(lexicon)
    return decode_letters(classify_letters(crops), words)


def decode_letters(probabilities: NDArray[np.float32], lexicon: Lexicon | None) -> LetterString:
    """Turn the probabilities of a field's cells into a text.

    No register has a say here: it can confirm only what was read without it.
    """
    cells = read_cells(probabilities, LETTER_CLASSES)
    judgement = judge_row(probabilities)
    if judgement.state is not WrittenState.READ:
        return LetterString(judgement.state, "", judgement.confidence, cells)
    if lexicon is None or not lexicon.words:
        text, fit = _read_freely(probabilities, _SIGNS)
        return LetterString(WrittenState.READ, text, fit, cells)
    (text, confidence), *others = _compare(probabilities, lexicon)
    share = judgement.confidence
    return LetterString(
        WrittenState.READ,
        text,
        share * confidence,
        cells,
        tuple((word, share * p) for word, p in others[:_CANDIDATES]),
    )


def _compare(probabilities: NDArray[np.float32], lexicon: Lexicon) -> list[tuple[str, float]]:
    """The words of the list and the free reading, with their probabilities, best first."""
    free, _ = _read_freely(probabilities, _LETTERS)
    row = _likeliest_row(probabilities, _LETTERS)
    outside = np.log(1 - _IN_LEXICON) - len(free) * np.log(_PERPLEXITY)
    weights = weigh_words(probabilities, lexicon) + np.log(_IN_LEXICON / len(lexicon.words))
    texts = list(lexicon.words)
    if free not in texts:
        texts.append(free)
        weights = np.append(weights, weigh_row(probabilities, row) + outside)
    shares = np.exp(weights - weights.max())
    shares /= shares.sum()
    best = np.argsort(shares)[::-1][: _CANDIDATES + 1]
    first, *others = ((texts[i], float(shares[i])) for i in best)
    return [first, *(other for other in others if other[1] >= _CONCEIVABLE)]


def _likeliest_row(probabilities: NDArray[np.float32], signs: tuple[int, ...]) -> list[int]:
    return [signs[int(i)] for i in probabilities[:, signs].argmax(axis=1)]


def _read_freely(probabilities: NDArray[np.float32], signs: tuple[int, ...]) -> tuple[str, float]:
    """The likeliest of some signs in each cell, and the probability that all are right."""
    row = _likeliest_row(probabilities, signs)
    text = "".join(" " if i == _BLANK_INDEX else LETTER_CLASSES[i] for i in row).strip()
    return text, float(probabilities[np.arange(len(row)), row].prod())
