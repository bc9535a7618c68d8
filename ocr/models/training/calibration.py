"""Makes confidences of whole strings mean what they say.

A string is right where all of its cells are. How far a network's scores must be
softened for that is asked of strings, not of cells: errors of one hand and one scan
come together, and a picture that is plainly mislabelled sets a limit to all certainty.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TEMPERATURES = np.geomspace(0.5, 3.0, 25)
_FLOORS = (0.0, *np.geomspace(1e-5, 3e-3, 11))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns a network's scores into probabilities that can be believed."""

    temperature: float
    rarity: NDArray[np.float32]
    """How often a class comes on paper against how often it was shown in training."""
    floor: float = 0.0
    """Share of cells that may be anything, however plain they look."""

    def apply(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Make probabilities of scores."""
        weights = scores / self.temperature + np.log(self.rarity)
        shares = np.exp(weights - weights.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return np.asarray(self.floor / shares.shape[1] + (1 - self.floor) * shares, np.float32)


@dataclass(frozen=True, slots=True)
class ScoredStrings:
    """What a network says of the cells of strings, one after the other."""

    scores: NDArray[np.float32]
    labels: NDArray[np.int64]
    starts: NDArray[np.int64]
    """Index of the first cell of each string."""
    weights: NDArray[np.float64]
    """How often such strings come on paper against how often they were drawn."""


def calibrate_strings(strings: ScoredStrings, rarity: NDArray[np.float32]) -> Calibration:
    """The temperature and the floor that make strings' confidences honest."""
    losses = {}
    for temperature in map(float, _TEMPERATURES):
        chances = Calibration(temperature, rarity).apply(strings.scores).astype(np.float64)
        named, surest = chances.argmax(axis=1), chances.max(axis=1)
        right = np.logical_and.reduceat(named == strings.labels, strings.starts)
        for floor in map(float, _FLOORS):
            cells = floor / chances.shape[1] + (1 - floor) * surest
            losses[temperature, floor] = _lose(cells, right, strings)
    temperature, floor = min(losses, key=lambda one: losses[one])
    return Calibration(temperature, rarity, floor)


def _lose(cells: NDArray[np.float64], right: NDArray[np.bool_], strings: ScoredStrings) -> float:
    """Mean surprise at whether strings are right."""
    surely = np.add.reduceat(np.log(cells), strings.starts)
    wrongly = np.log(np.maximum(-np.expm1(surely), 1e-12))
    return float(-np.average(np.where(right, surely, wrongly), weights=strings.weights))
