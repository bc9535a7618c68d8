"""Handwritten and printed digits in a row of cells: from crops to one value."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec
from ocr.cells import BLANK, DIGIT_CLASSES, SHORT_CELLS, classify_digits, load_network
from ocr.patterns import fits_format, join_row
from ocr.written import CellReading, Doubt, WrittenState, judge_row, read_cells

_DIGITS = "0123456789"
_BEAM = 64
_LEAST_PROBABILITY = 1e-4
_CANDIDATES = 5
_HIDDEN = {("7", "1"): 0.0005, ("0", "6"): 0.0001}
"""What is read and what it may be -> the probability that rows with the one in place of the
other may have beside it. A 1 with a long flag, and a 6 whose bow closes at the top."""
_PLAIN_TO_SEE = 0.9
"""From here on the likeliest row is taken for what was really written, whatever it means."""
_IMPOSSIBLE, _UNKNOWN = 0.02, 0.01
"""How often people write what cannot be, and numbers that no register knows, against
others. A row's neighbours by one digit are a hundred; hardly one of them is anybody's."""


Ranked = list[tuple[str, float]]
"""Rows with the probability of each, best first."""


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
    needed = raise_for_length(load_network("digits").accept_above, len(crops))
    return decode_digits(classify_digits(crops), spec, needed)


def raise_for_length(accept_above: float, cells: int) -> float:
    """The confidence that a row of so many cells needs, where a short one needs `accept_above`."""
    long_above = load_network("digits").accept_long_above
    return max(accept_above, long_above) if cells > SHORT_CELLS else accept_above


def decode_digits(
    probabilities: NDArray[np.float32],
    spec: FieldSpec,
    accept_above: float,
    known: Container[str] | None = None,
) -> DigitString:
    """Turn the probabilities of a field's cells into its value.

    What the format allows makes a reading surer; it never makes another value of what
    the network reads first without asking a person. What a register knows makes none
    surer and none other, for a misread number may be another person's, and who is
    confirmed by a register must have been read without it: it makes a number less sure
    that nobody has, and puts the likelier first among those offered beside it.
    """
    cells = read_cells(probabilities, DIGIT_CLASSES)
    judgement = judge_row(probabilities)
    if judgement.state is not WrittenState.READ:
        sure = judgement.confidence >= accept_above
        doubt = Doubt.NONE if sure else Doubt.UNSURE
        return DigitString(judgement.state, "", judgement.confidence, doubt, cells)
    seen = rank_rows(probabilities)
    first, chance = seen[0]
    by_ink = _weigh_rows(seen, {row: _judge_format(row, spec) for row, _ in seen})
    credible = by_ink if known is None else _weigh_known(seen, spec, known)
    ranked = sorted(credible, key=lambda row: -credible[row])
    row = first if chance >= _PLAIN_TO_SEE else max(by_ink, key=by_ink.__getitem__)
    confidence = min(by_ink[row], credible[row])
    sure = row == first and confidence >= accept_above and not _may_hide_other(row, by_ink)
    others = [r for r in ranked if r != row and fits_format(r, spec)]
    return DigitString(
        state=WrittenState.READ,
        characters=join_row(row, spec),
        confidence=confidence,
        doubt=_doubt(first, spec, Doubt.NONE if sure else Doubt.UNSURE),
        cells=cells,
        candidates=tuple((join_row(r, spec), credible[r]) for r in others[:_CANDIDATES]),
    )


def _doubt(first: str, spec: FieldSpec, otherwise: Doubt) -> Doubt:
    return otherwise if fits_format(first, spec) else Doubt.FORMAT


def _may_hide_other(row: str, credible: Mapping[str, float]) -> bool:
    """Whether a digit of the row may be one that differs from it by a hair.

    The networks are surer of such digits than they are right; the other way round they
    are not.
    """
    for look_alikes, most in _HIDDEN.items():
        hidden = sum(
            chance
            for other, chance in credible.items()
            if other != row
            and all(p == look_alikes for p in zip(row, other, strict=True) if p[0] != p[1])
        )
        if hidden > most:
            return True
    return False


def _judge_format(row: str, spec: FieldSpec) -> float:
    return 1.0 if fits_format(row, spec) else _IMPOSSIBLE


def _weigh_known(rows: Ranked, spec: FieldSpec, known: Container[str]) -> dict[str, float]:
    """The same where a register says whose numbers there are."""
    return _weigh_rows(
        rows,
        {
            row: _judge_format(row, spec) * (1.0 if join_row(row, spec) in known else _UNKNOWN)
            for row, _ in rows
        },
    )


def _weigh_rows(rows: Ranked, priors: Mapping[str, float]) -> dict[str, float]:
    """What is to be believed of each row, given how often people write such rows.

    Whatever is not among the rows, spoilt cells above all, keeps its share.
    """
    usual = max(priors.values())
    rest = max(0.0, 1 - sum(chance for _, chance in rows))
    total = sum(priors[row] * chance for row, chance in rows) + usual * rest
    return {row: priors[row] * chance / total for row, chance in rows}


def rank_rows(probabilities: NDArray[np.float32]) -> Ranked:
    """The likeliest rows of digits and blanks, best first; at least one cell is written.

    Their probabilities are those of the whole row, whatever else it could be.
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
