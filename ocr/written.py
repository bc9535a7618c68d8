"""What became of a row of cells: written, left empty, crossed out, written over.

Digits and letters share this judgement. It takes the probabilities of each cell
and never turns an unclear cell into a character.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ocr.cells import STATES

_SEEN_IN_TRAINING = np.array([0.55, 0.25, 0.1, 0.1])
"""How often the networks saw a character, nothing, a struck and an overwritten cell."""
_EMPTY_CELLS, _CHANGED_CELLS = 0.3, 0.3
"""Of a row: cells without ink, and of those with ink the ones changed where a part was changed."""
_CELLS_OF_STRUCK = np.array([0.0, 0.08, 0.84, 0.08])
"""What the cells with ink of a row that is crossed out look like, where no character is bare."""
_BARE_A_CELL, _MOST_BARE = 0.002, 0.06
"""Share of characters that an X leaves bare, for each cell that it is long: in 3,100 simulated
rows 1 of 300 where five are written, 1 of 40 where ten are."""
_CHARACTER = np.array([1.0, 0.0, 0.0, 0.0])
_CHANGED_CELL = np.array([0.0, 0.0, 0.45, 0.55])
"""A cell that was changed by itself: crossed with the new character above, or written over."""


class WrittenState(StrEnum):
    """What a pen left in a row of cells."""

    READ = "read"
    EMPTY = "empty"
    STRUCK = "struck"
    """Crossed out as a whole."""
    OVERWRITTEN = "overwritten"
    """A character over another, two in a cell, or only a part crossed out."""

    @property
    def is_spoilt(self) -> bool:
        """Whether what stands there was crossed out or changed."""
        return self in (WrittenState.STRUCK, WrittenState.OVERWRITTEN)


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
    crossed = _weigh_strike(groups)
    spoilt = 1 - empty - read
    if crossed > 0.5:
        return Judgement(WrittenState.STRUCK, spoilt * crossed)
    return Judgement(WrittenState.OVERWRITTEN, spoilt * (1 - crossed))


def _weigh_strike(groups: NDArray[np.float64]) -> float:
    """Probability that a spoilt row is crossed out as a whole, not changed in a part.

    Each cell is asked how well it fits a row of either kind; many cells that are a
    little unsure still make a row that is sure.
    """
    fits = np.maximum(groups, 1e-6) / _SEEN_IN_TRAINING
    blank = fits[:, 1]
    bare = min(_MOST_BARE, _BARE_A_CELL * float((1 - groups[:, 1]).sum()))
    cells_of_struck = _CELLS_OF_STRUCK * (1 - bare) + bare * _CHARACTER
    struck = _EMPTY_CELLS * blank + (1 - _EMPTY_CELLS) * (fits @ cells_of_struck)
    left = _EMPTY_CELLS * blank + (1 - _EMPTY_CELLS) * (1 - _CHANGED_CELLS) * fits[:, 0]
    changed = (1 - _EMPTY_CELLS) * _CHANGED_CELLS * (fits @ _CHANGED_CELL)
    # In a row that was changed, at least one cell shows it.
    whole, part = np.log(struck).sum(), np.log(left + changed).sum()
    part += np.log1p(-np.exp(np.clip(np.log(left).sum() - part, None, -1e-9)))
    return float(1 / (1 + np.exp(np.clip(part - whole, -500, 500))))
