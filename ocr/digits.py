"""Handwritten and printed digits in a row of cells: from crops to one value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec
from ocr.cells import BLANK, DIGIT_CLASSES, classify_digits, load_network
from ocr.patterns import fits_format, join_row
from ocr.written import CellReading, Doubt, WrittenState, judge_row, read_cells

_DIGITS = "0123456789"
_BEAM = 64
_LEAST_PROBABILITY = 1e-4
_CANDIDATES = 5
_PLAIN_TO_SEE = 0.9
"""From here on what cannot be is taken for what was really written, not for a misreading."""


@dataclass(frozen=True, slots=True)
class DigitString:
    """What the cells of one field say."""

    state: WrittenState
    characters: str
    """Empty unless read. Blanks at the ends are gone, one inside is a space; money and
    decimals have all their decimals."""
    confidence: float
    """Calibrated probability that state and characters are right."""
    doubt: Doubt
    cells: tuple[CellReading, ...]
    candidates: tuple[tuple[str, float], ...] = ()
    """Other readings that the format allows, with their probability, best first."""

    @property
    def review(self) -> bool:
        """Whether a person has to look."""
        return self.doubt is not Doubt.NONE


def read_digits(crops: NDArray[np.uint8], spec: FieldSpec) -> DigitString:
    """Read the cells of one field (N x height x width, one crop a cell in reading order)."""
    return decode_digits(classify_digits(crops), spec, load_network("digits").accept_above)


def decode_digits(
    probabilities: NDArray[np.float32], spec: FieldSpec, accept_above: float
) -> DigitString:
    """Turn the probabilities of a field's cells into its value."""
    cells = read_cells(probabilities, DIGIT_CLASSES)
    judgement = judge_row(probabilities)
    if judgement.state is not WrittenState.READ:
        sure = judgement.confidence >= accept_above
        doubt = Doubt.NONE if sure else Doubt.UNSURE
        return DigitString(judgement.state, "", judgement.confidence, doubt, cells)
    rows = rank_rows(probabilities)
    allowed = [(row, p) for row, p in rows if fits_format(row, spec)]
    row, confidence = rows[0]
    fits = fits_format(row, spec)
    if not fits and confidence < _PLAIN_TO_SEE and allowed:
        row, confidence = allowed[0]
    doubt = Doubt.NONE if confidence >= accept_above else Doubt.UNSURE
    return DigitString(
        state=WrittenState.READ,
        characters=join_row(row, spec),
        confidence=confidence,
        doubt=doubt if fits else Doubt.FORMAT,
        cells=cells,
        candidates=tuple((join_row(r, spec), p) for r, p in allowed if r != row)[:_CANDIDATES],
    )


def rank_rows(probabilities: NDArray[np.float32]) -> list[tuple[str, float]]:
    """The likeliest rows of digits and blanks, best first; at least one cell is written.

    Their probabilities are those of the whole row, whatever else it could be: a row
    does not gain by others being impossible.
    """
    beam = [("", 1.0)]
    for cell in probabilities[:, [*range(len(_DIGITS)), DIGIT_CLASSES.index(BLANK)]]:
        best = np.argsort(cell)[::-1][:4]
        options = [
            ((_DIGITS + " ")[i], float(cell[i]))
            for rank, i in enumerate(best)
            if rank == 0 or cell[i] > _LEAST_PROBABILITY
        ]
        longer = [(row + sign, p * q) for row, p in beam for sign, q in options]
        beam = sorted(longer, key=lambda entry: -entry[1])[:_BEAM]
    return [entry for entry in beam if entry[0].strip()] or beam
