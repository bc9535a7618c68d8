"""What else a pen leaves, as the guard's hands do it: they turn while they move."""

from collections.abc import Callable

import numpy as np

from form_templates.model import Region
from ocr.simulation.places import centre_of, core_of, radius_around
from ocr.simulation.strokes import Points, lead_between, round_corners, walk


def _corner_of(region: Region) -> Points:
    return np.array([region.x_mm, region.y_mm])


def _size_of(region: Region) -> Points:
    return np.array([region.width_mm, region.height_mm])


def _saw(region: Region, rng: np.random.Generator) -> list[Points]:
    """Slanting teeth from left to right and back again."""
    teeth = int(rng.integers(5, 9))
    x = np.concatenate([np.linspace(0, 1, 2 * teeth), np.linspace(1, 0, teeth)])
    y = np.resize([-0.1, 1.1], 3 * teeth) + rng.normal(0, 0.12, 3 * teeth)
    x = x + 0.12 * (0.5 - y) + rng.normal(0, 0.02, 3 * teeth)
    return [_corner_of(region) + round_corners(np.column_stack([x, y]).tolist()) * _size_of(region)]


def _fill(region: Region, rng: np.random.Generator) -> list[Points]:
    """Rounds that close in on the middle until the code is a dark patch."""
    rounds = max(5, round(region.height_mm / 0.55))
    way = np.linspace(0, 1, 22 * rounds)
    reach = 0.62 * (1 - 0.92 * way) * (1 + rng.normal(0, 0.04, len(way)))
    angle = 2 * np.pi * rounds * way + rng.uniform(0, 6.28)
    turns = np.column_stack([np.cos(angle), np.sin(angle)]) * reach[:, None]
    return [centre_of(region) + turns * _size_of(region)]


def _tangle(region: Region, rng: np.random.Generator) -> list[Points]:
    """Loops this way and that, wherever the hand happens to be."""
    lines = []
    for _ in range(3):
        turns = np.repeat(rng.normal(0.42, 0.35, 10), int(rng.integers(9, 14)))
        line = walk(np.cumsum(turns), np.ones_like(turns))
        low, high = line.min(axis=0), line.max(axis=0)
        lines.append(_corner_of(region) + (line - low) / (high - low) * _size_of(region))
    return [np.vstack(lines)]


def _weave(region: Region, rng: np.random.Generator) -> list[Points]:
    """Lines side by side one way, and a few across them."""
    lines = []
    for count, way in ((int(rng.integers(5, 8)), 1), (int(rng.integers(2, 5)), -1)):
        for at in np.linspace(-0.1, 1.1, count) + rng.normal(0, 0.04, count):
            ends = np.array([[at - 0.25 * way, -0.05], [at + 0.25 * way, 1.05]])
            ends = _corner_of(region) + (ends + rng.normal(0, 0.05, (2, 2))) * _size_of(region)
            lines.append(_arc(ends[0], ends[1], rng, 0.25))
    return lines


def _arc(start: Points, end: Points, rng: np.random.Generator, turn: float) -> Points:
    """A line between two points that turns by about so much (radians)."""
    headings = np.linspace(0, rng.normal(0, turn), 20)
    return lead_between(walk(headings, np.ones_like(headings)), start, end)


TURNED_SCRIBBLES: dict[str, Callable[[Region, np.random.Generator], list[Points]]] = {
    "zigzag": _saw,
    "blackout": _fill,
    "coil": _tangle,
    "hatch": _weave,
}


def turn_tick(region: Region, rng: np.random.Generator) -> list[Points]:
    """A short stroke down and a long one up that straightens out."""
    size = 1.6 * radius_around(region) * rng.uniform(0.75, 1.2)
    down = np.linspace(rng.uniform(0.5, 0.9), rng.uniform(1.0, 1.5), 6)
    rise = np.linspace(rng.uniform(-1.3, -1.0), rng.uniform(-0.9, -0.4), 16)
    line = walk(np.concatenate([down, rise]), np.ones(22))
    foot = line[6]
    away = rng.normal([-0.1, 0.4], 0.12)
    return [centre_of(region) + size * away + (line - foot) / 16 * 1.3 * size]


def turn_underline(region: Region, rng: np.random.Generator) -> list[Points]:
    """A line below the code, now and then a second one."""
    core = core_of(region)
    lines = []
    for number in range(1 + (rng.random() < 0.25)):
        y = core.bottom_mm + rng.uniform(-0.2, 0.7) + 0.8 * number
        ends = np.array([[core.x_mm, y], [core.right_mm, y]]) + rng.normal(0, 0.35, (2, 2))
        lines.append(_arc(ends[0], ends[1], rng, 0.2))
    return lines


def turn_dot(region: Region, rng: np.random.Generator) -> list[Points]:
    """A dot drawn as a tiny round."""
    at = centre_of(region) + rng.normal(0, 0.4, 2) * radius_around(region)
    headings = rng.uniform(0, 6.28) + np.linspace(0, rng.uniform(4, 9), 14)
    return [at + walk(headings, np.full(14, rng.uniform(0.03, 0.08)))]


def turn_stray(region: Region, rng: np.random.Generator) -> list[Points]:
    """A slip of the pen that curls."""
    start = _corner_of(region) + rng.random(2) * _size_of(region)
    headings = rng.uniform(0, 6.28) + np.linspace(0, rng.normal(0, 1.5), 16)
    return [start + walk(headings, np.full(16, rng.gamma(2.0, 0.055)))]
