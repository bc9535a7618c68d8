"""Boxes checked and rings filled, as people do it: not always inside the lines."""

from collections.abc import Callable

import numpy as np

from form_templates.model import Region
from ocr.simulation.hand import Hand, pick, write_line, write_lines
from ocr.simulation.places import centre_of
from ocr.simulation.strokes import Points, Stroke, bend, curve_through

CHECK_SHAPES = {"cross": 0.58, "tick": 0.42}
"""What stands in a checked box -> how often people draw it."""


def draw_check(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """An X or a tick in a box; in the hand's usual shape if none is named."""
    source = hand.steady("check") if rng.random() < 0.85 else rng
    shape = shape or pick(source, list(CHECK_SHAPES), list(CHECK_SHAPES.values()))
    return _CHECKS[shape](hand, region, rng)


def _half_of(region: Region) -> float:
    return min(region.width_mm, region.height_mm) / 2


def _aim(hand: Hand, region: Region, rng: np.random.Generator) -> Points:
    """Where the middle of the mark comes to lie."""
    astray = (0.06 + 0.12 * (1 - hand.care)) * _half_of(region)
    aim: Points = centre_of(region) + np.clip(rng.normal(0, astray, 2), -2 * astray, 2 * astray)
    return aim


def _cross_box(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """An X whose ends lie in the corners, or a little beyond them."""
    centre, half = _aim(hand, region, rng), _half_of(region)
    reach = half * (0.62 + 0.30 * hand.size) * rng.uniform(0.9, 1.2)
    lines = []
    for way in (np.array([1.0, 1.0]), np.array([-1.0, 1.0])):
        loose = rng.normal(0, 0.14, (2, 2)) * reach
        start, end = centre - way * reach + loose[0], centre + way * reach + loose[1]
        lines.append(bend(start, end, rng.normal(0, 0.05)))
    return write_lines(hand, lines, rng)


def _tick_box(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A tick with its foot in the box; its long leg often leaves it."""
    half = _half_of(region) * (0.8 + 0.25 * hand.size) * rng.uniform(0.9, 1.2)
    foot = _aim(hand, region, rng) + half * np.array([-0.15, 0.6])
    knots = np.array(
        [foot - half * np.array([0.6, 0.7]), foot, foot + half * np.array([1.1, -1.6])]
    )
    return (write_line(hand, knots + rng.normal(0, 0.06, (3, 2)) * half, rng),)


def fill_outline(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A ring filled line by line, as far as the hand takes the trouble."""
    half = _half_of(region) * (0.78 + 0.12 * hand.care) * rng.uniform(0.95, 1.1)
    rows = max(6, round(2 * half / 0.38))
    y = np.repeat(np.linspace(-0.96, 0.96, rows), 2)
    x = np.sqrt(1 - y**2) * np.resize([-1.0, 1.0, 1.0, -1.0], 2 * rows)
    turn = rng.normal(-0.6, 0.4)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    knots = np.column_stack([x, y]) @ axes * half
    knots += _aim(hand, region, rng) + rng.normal(0, 0.12, knots.shape)
    return (write_line(hand, curve_through(knots, 3), rng),)


_CHECKS: dict[str, Callable[[Hand, Region, np.random.Generator], tuple[Stroke, ...]]] = {
    "cross": _cross_box,
    "tick": _tick_box,
}
