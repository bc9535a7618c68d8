"""Everything else a pen leaves: scribbles, ticks, lines, dots and slips."""

from collections.abc import Callable, Sequence

import numpy as np

from form_templates.model import Region
from ocr.simulation.hand import Hand, pick, write_line, write_lines
from ocr.simulation.places import centre_of, core_of, radius_around
from ocr.simulation.strokes import Stroke, bend, curve_through
from ocr.simulation.styles import model_of
from ocr.simulation.turned_strays import (
    TURNED_SCRIBBLES,
    turn_dot,
    turn_stray,
    turn_tick,
    turn_underline,
)

SCRIBBLES = ("zigzag", "blackout", "coil", "hatch")


def scribble(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """Ink laid over the region until nothing below can be told."""
    shape = shape or pick(rng, SCRIBBLES)
    core = core_of(region).grown(rng.uniform(-0.3, 0.6))
    if _turns(hand):
        return write_lines(hand, TURNED_SCRIBBLES[shape](core, rng), rng)
    return _SCRIBBLES[shape](hand, core, rng)


def _turns(hand: Hand) -> bool:
    """Whether the hand draws its strays after the guard's model."""
    return model_of(hand.style, "stray") == "turned"


def _zigzag(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """One line to and fro from left to right."""
    turns = int(rng.integers(7, 13))
    x = np.linspace(region.x_mm, region.right_mm, turns) + rng.normal(0, 0.3, turns)
    y = np.where(np.arange(turns) % 2, region.y_mm, region.bottom_mm)
    knots = np.column_stack([x, y + rng.normal(0, 0.5, turns)])
    return (write_line(hand, curve_through(knots, 5), rng),)


def _blackout(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Dense lines until the code is a dark patch."""
    rows = max(6, round(region.height_mm / 0.34))
    y = np.repeat(np.linspace(region.y_mm, region.bottom_mm, rows), 2)
    side = np.array([region.x_mm, region.right_mm, region.right_mm, region.x_mm])
    knots = np.column_stack([np.resize(side, 2 * rows), y])
    return (write_line(hand, knots + rng.normal(0, 0.25, knots.shape), rng),)


def _coil(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A coil that wanders over the region."""
    way = np.linspace(0, 1, 90)
    angle = way * 2 * np.pi * rng.uniform(5, 9)
    x = region.x_mm + region.width_mm * (0.15 + 0.7 * way) + 0.28 * region.width_mm * np.cos(angle)
    y = region.y_mm + region.height_mm * (0.5 + 0.46 * np.sin(angle))
    return (write_line(hand, np.column_stack([x, y]), rng, 2.0),)


def _hatch(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Many lines side by side."""
    count = int(rng.integers(6, 11))
    lines = []
    for x in np.linspace(region.x_mm, region.right_mm, count):
        start = np.array([x + rng.normal(0, 0.25), region.bottom_mm + rng.normal(0, 0.4)])
        lean = rng.normal(0.35 * region.height_mm, 0.3)
        lines.append(bend(start, start + np.array([lean, -region.height_mm]), rng.normal(0, 0.04)))
    return write_lines(hand, lines, rng)


_SCRIBBLES: dict[str, Callable[[Hand, Region, np.random.Generator], tuple[Stroke, ...]]] = {
    "zigzag": _zigzag,
    "blackout": _blackout,
    "coil": _coil,
    "hatch": _hatch,
}


def tick(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A tick over the region."""
    if _turns(hand):
        return write_lines(hand, turn_tick(region, rng), rng)
    size = 1.8 * radius_around(region) * rng.uniform(0.7, 1.2) * hand.size
    foot = centre_of(region) + rng.normal(0, 0.12, 2) * size + size * np.array([-0.1, 0.35])
    knots = np.array(
        [foot - size * np.array([0.35, 0.40]), foot, foot + size * np.array([0.75, -1.0])]
    )
    return (write_line(hand, knots + rng.normal(0, 0.05, (3, 2)) * size, rng),)


def underline(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A line below the code."""
    if _turns(hand):
        return write_lines(hand, turn_underline(region, rng), rng)
    region = core_of(region)
    y = region.bottom_mm - rng.uniform(-0.3, 1.0)
    start = np.array([region.x_mm + rng.normal(0, 0.5), y + rng.normal(0, 0.25)])
    end = np.array([region.right_mm + rng.normal(0, 0.8), y + rng.normal(0, 0.25)])
    return write_lines(hand, [bend(start, end, rng.normal(0, 0.03))], rng)


def arrow(hand: Hand, regions: Sequence[Region], rng: np.random.Generator) -> tuple[Stroke, ...]:
    """An arrow from beside the first code to beside the last: "not this one, that one"."""
    source, target = regions[0], regions[-1]
    start, end = centre_of(source), centre_of(target)
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-6)
    across = np.array([-along[1], along[0]])
    start = start + along * radius_around(source) * rng.uniform(0.8, 1.4)
    tip = end - along * radius_around(target) * rng.uniform(0.45, 0.9)
    size = rng.uniform(0.9, 2.0)
    barbs = [
        tip - along * size + across * size * side for side in rng.uniform(0.4, 0.9, 2) * [1, -1]
    ]
    head = np.array([barbs[0], tip, barbs[1]]) + rng.normal(0, 0.1, (3, 2))
    return write_lines(hand, [bend(start, tip, rng.normal(0, 0.12)), head], rng)


def dot(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A dot where the pen rested."""
    if _turns(hand):
        return write_lines(hand, turn_dot(region, rng), rng)
    at = centre_of(region) + rng.normal(0, 0.4, 2) * radius_around(region)
    knots = at + rng.normal(0, 0.16, (4, 2))
    return (write_line(hand, curve_through(knots), rng),)


def stray(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A slip of the pen somewhere in the region."""
    if _turns(hand):
        return write_lines(hand, turn_stray(region, rng), rng)
    start = np.array([region.x_mm, region.y_mm]) + rng.random(2) * [
        region.width_mm,
        region.height_mm,
    ]
    way = rng.normal(0, 1.6, 2)
    return write_lines(hand, [bend(start, start + way, rng.normal(0, 0.1))], rng)
