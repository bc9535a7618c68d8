"""What became of a row of cells: written, left empty, crossed out, written over.

Digits and letters share this judgement. It takes the probabilities of each cell
and never turns an unclear cell into a character.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ocr.cells import STATES

_STRUCK_SHARE = 0.75
"""Of the cells with ink: from here on the whole answer is crossed out, below a part of it.

One stroke through an answer touches nearly all of its cells; where fewer are
struck somebody changed a part of the number."""


class WrittenState(StrEnum):
    """What a pen left in a row of cells."""

    READ = "read"
    EMPTY = "empty"
    STRUCK = "struck"
    """Crossed out as a whole."""
    OVERWRITTEN = "overwritten"
    """A character over another, two in a cell, or only a part crossed out."""


class Doubt(StrEnum):
    """Why a person should look at a row of cells."""

    NONE = "none"
    UNSURE = "unsure"
    """The network is not sure enough."""
    FORMAT = "format"
    """What is written cannot be: a day that does not exist, a gap, missing digits."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell as the network sees it."""

    label: str
    """A character, or blank, struck, overwritten."""
    probability: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state of a row with the probability that it is right."""

    state: WrittenState
    confidence: float


def read_cells(
    probabilities: NDArray[np.float32], classes: tuple[str, ...]
) -> tuple[CellReading, ...]:
    """Name the likeliest class of each cell."""
    return tuple(CellReading(classes[int(p.argmax())], float(p.max())) for p in probabilities)


def judge_row(probabilities: NDArray[np.float32]) -> Judgement:
    """Decide the state of a row from the classes of its cells (the last three are states)."""
    states = probabilities[:, -len(STATES) :].astype(np.float64)
    blank, struck, overwritten = states.T
    character = np.clip(1 - states.sum(axis=1), 0, 1)
    empty = float(blank.prod())
    read = max(0.0, float((blank + character).prod()) - empty)
    if max(empty, read) >= 1 - empty - read:
        state = WrittenState.EMPTY if empty > read else WrittenState.READ
        return Judgement(state, max(empty, read))
    groups = np.column_stack([character, blank, struck, overwritten])
    kinds = groups.argmax(axis=1)
    spoilt = 1 - empty - read
    inked = int((kinds != 1).sum())
    whole = inked > 0 and int((kinds == 2).sum()) >= _STRUCK_SHARE * inked
    state = WrittenState.STRUCK if whole else WrittenState.OVERWRITTEN
    return Judgement(state, spoilt * float(groups.max(axis=1).prod()))
