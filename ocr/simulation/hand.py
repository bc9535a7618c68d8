"""One person's hand: the habits that run through everything it writes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ocr.simulation.strokes import (
    Points,
    Stroke,
    drag,
    press_along,
    shake,
    soften,
    space_evenly,
    swing,
)
from ocr.simulation.styles import Style, draw_habits, model_of

_TREMORS: dict[str, Callable[[Points, np.random.Generator, float, float], Points]] = {
    "shake": shake,
    "swing": swing,
    "drag": drag,
}


@dataclass(frozen=True, slots=True)
class Hand:
    """How one person writes."""

    style: Style
    seed: int
    """Fixes what stays the same in this hand: its digits, its signature."""
    slant: float
    """Sideways lean, as dx for a dy of -1."""
    size: float
    tremor_mm: float
    wave_mm: float
    speed: float
    """0 slow and careful to 1 fast: long run-outs, faded ends."""
    care: float
    """0 careless to 1 careful: how near marks come to what they mark."""
    pressure: float
    variation: float
    jitter: float

    def __post_init__(self) -> None:
        if not 0 <= self.care <= 1 or not 0 <= self.speed <= 1:
            raise ValueError("care and speed are shares from 0 to 1")

    def steady(self, part: str) -> np.random.Generator:
        """A generator that is the same whenever this hand does this part."""
        return np.random.default_rng([self.seed, *part.encode()])


def make_hand(rng: np.random.Generator, style: Style = Style.TRAINING) -> Hand:
    """A person with habits of their own."""
    seed = int(rng.integers(1 << 31))
    return Hand(style=style, seed=seed, **draw_habits(style, rng))


def write_line(hand: Hand, points: Points, rng: np.random.Generator, tremor: float = 1.0) -> Stroke:
    """The stroke that the hand makes when it means the line through the points."""
    line = soften(space_evenly(points), 1 + round(2 * hand.speed))
    shiver = _TREMORS[model_of(hand.style, "tremor")]
    line = shiver(line, rng, hand.tremor_mm * tremor, hand.wave_mm)
    taper = 0.15 + hand.speed
    pressure = press_along(rng, len(line), hand.pressure, hand.variation, taper)
    return Stroke(line, pressure)


def write_lines(
    hand: Hand, lines: Iterable[Points], rng: np.random.Generator, tremor: float = 1.0
) -> tuple[Stroke, ...]:
    """One stroke for each line."""
    return tuple(write_line(hand, line, rng, tremor) for line in lines)


def lean(hand: Hand, points: Points, baseline_mm: float) -> Points:
    """The points as the hand's slant leans them over a baseline."""
    leaning = points.copy()
    leaning[:, 0] += hand.slant * (baseline_mm - points[:, 1])
    return leaning


def pick(
    rng: np.random.Generator, choices: Sequence[str], weights: Sequence[float] | None = None
) -> str:
    """One of the names; the likelier the heavier."""
    shares = None if weights is None else np.array(weights) / float(sum(weights))
    return choices[int(rng.choice(len(choices), p=shares))]
