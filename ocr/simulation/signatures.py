"""Signatures: one for each hand, a little different each time."""

from collections.abc import Callable

import numpy as np

from form_templates.model import Region
from ocr.simulation.hand import Hand, pick, write_line, write_lines
from ocr.simulation.places import centre_of
from ocr.simulation.strokes import Points, Stroke, bend, curve_through, space_evenly
from ocr.simulation.styles import model_of

SIGNATURE_SHAPES = {"cursive": 0.55, "compact": 0.28, "initials": 0.17}
"""Shape -> how often people sign like this."""
_LENGTHS_MM = {"cursive": (17.0, 38.0), "compact": (7.0, 14.0), "initials": (8.0, 15.0)}
_HEIGHTS_MM = {"cursive": (5.0, 10.0), "compact": (4.0, 8.0), "initials": (6.0, 10.0)}


def sign(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """The hand's signature in a box, pressed together where the box is small."""
    own = hand.steady("signature")
    shape = shape or pick(own, list(SIGNATURE_SHAPES), list(SIGNATURE_SHAPES.values()))
    length = own.uniform(*_LENGTHS_MM[shape])
    height = own.uniform(*_HEIGHTS_MM[shape])
    length = min(length, region.width_mm * rng.uniform(0.65, 1.1))
    height = min(height, region.height_mm * rng.uniform(0.75, 1.15))
    lines = _MODELS[model_of(hand.style, "signature")](own, rng, shape)
    tilt = own.normal(0.08, 0.08) + rng.normal(0, 0.03)
    free = max(0.0, (region.width_mm - length) / 2)
    shift = [rng.normal(0, 0.35) * free, rng.normal(0, 0.06) * region.height_mm]
    placed = _fit(lines, length, height, centre_of(region) + shift, tilt, hand.slant)
    return write_lines(hand, placed, rng, 0.5)


def _fit(
    lines: list[Points], length: float, height: float, centre: Points, tilt: float, slant: float
) -> list[Points]:
    """The lines scaled to a length and height around a centre, leaning and rising."""
    every = np.vstack(lines)
    low, high = every.min(axis=0), every.max(axis=0)
    span = np.maximum(high - low, 1e-6)
    placed = []
    for line in lines:
        flat = ((line - low) / span - 0.5) * [length, height]
        flat[:, 0] -= slant * flat[:, 1]
        flat[:, 1] -= tilt * flat[:, 0]
        placed.append(flat + centre)
    return placed


def _write_loops(own: np.random.Generator, rng: np.random.Generator, shape: str) -> list[Points]:
    """Running loops: an upstroke wave carried to the right, a big one at the start."""
    turns = {"cursive": own.uniform(6, 12), "compact": own.uniform(3, 5), "initials": 2.0}[shape]
    count = round(40 * turns)
    way = np.linspace(0, 1, count)
    angle = 2 * np.pi * turns * (way + 0.02 * np.sin(2 * np.pi * way * own.uniform(1, 3)))
    knots = int(turns) + 3
    heights = own.uniform(0.15, 0.75, knots) * rng.uniform(0.88, 1.12, knots)
    heights[0] = own.uniform(1.0, 1.5)
    if own.random() < 0.5:
        heights[int(own.integers(1, knots))] = own.uniform(0.9, 1.3)
    size = np.interp(way, np.linspace(0, 1, knots), heights)
    roundness = np.interp(way, [0, 0.5, 1], own.uniform(0.02, 0.09, 3))
    x = way + roundness * np.sin(angle + own.uniform(0.6, 1.6))
    y = -size * np.cos(angle) * 0.5 + own.normal(0, 0.1) * way
    lines = [np.column_stack([x, y])]
    if own.random() < 0.55:
        lines.append(_flourish(own, rng))
    if shape == "initials":
        lines.append(_ring(own, rng))
    return lines


def _write_letters(own: np.random.Generator, rng: np.random.Generator, shape: str) -> list[Points]:
    """Letter after letter as knots up and down, joined by one curve; a tail at the end."""
    letters = {"cursive": int(own.integers(6, 11)), "compact": int(own.integers(3, 5))}.get(
        shape, 2
    )
    knots: list[tuple[float, float]] = [(0.0, 0.4)]
    x = 0.0
    for letter in range(letters):
        tall = 1.3 if letter == 0 else float(own.choice([0.45, 0.5, 1.0], p=[0.5, 0.3, 0.2]))
        step = own.uniform(0.5, 1.0) * (1.6 if letter == 0 else 1.0)
        for dx, dy in ((0.30, -tall), (0.05, -tall * 0.8), (0.35, 0.0), (0.75, -0.08)):
            knots.append((x + dx * step + own.normal(0, 0.08), dy + own.normal(0, 0.06)))
        x += step
        if own.random() < 0.2:
            knots.append((x - 0.2, own.uniform(0.3, 0.7)))
    knots.append((x + own.uniform(0.3, 1.4), own.normal(-0.1, 0.3)))
    points = np.array(knots)
    points += rng.normal(0, 0.05, points.shape)
    cut = int(own.integers(4, 7)) if shape == "initials" or own.random() < 0.3 else 0
    parts = [points[: cut + 1], points[cut:]] if cut else [points]
    lines = [curve_through(part) for part in parts]
    if own.random() < 0.35:
        lines.append(_flourish(own, rng) * [x, 1.0])
    return lines


def _write_pushes(own: np.random.Generator, rng: np.random.Generator, shape: str) -> list[Points]:
    """Pushes of the wrist to and fro that run into each other, quick to rise and slow to fade."""
    count = {"cursive": int(own.integers(11, 19)), "compact": int(own.integers(6, 9))}.get(shape, 5)
    begins = np.cumsum(own.uniform(0.16, 0.30, count))
    lengths = own.choice([0.6, 0.9, 1.6], count, p=[0.5, 0.3, 0.2]) * rng.uniform(0.9, 1.1, count)
    lengths[0] = own.uniform(1.5, 2.2)
    upward = np.resize([1.0, -1.0], count)
    headings = np.where(upward > 0, own.uniform(-1.4, -0.5, count), own.uniform(1.2, 2.1, count))
    headings[-1], lengths[-1] = own.uniform(-0.4, 0.4), own.uniform(0.8, 2.6)
    headings += rng.normal(0, 0.05, count)
    turns = own.uniform(0.6, 3.6, count) * np.where(own.random(count) < 0.75, 1.0, -1.0) * upward
    at = np.arange(0.01, begins[-1] + own.uniform(0.3, 0.9), 0.008)
    felt = np.log((at[:, None] - begins + begins[0]).clip(1e-4)) - np.log(0.24)
    speeds = (
        lengths * np.exp(-0.5 * (felt / 0.32) ** 2) / (at[:, None] - begins + begins[0]).clip(1e-4)
    )
    angles = headings + turns * (np.tanh(1.3 * felt / 0.32) / 2)
    moves = np.stack([speeds * np.cos(angles), speeds * np.sin(angles)]).sum(axis=2).T
    moves[:, 0] += own.uniform(0.2, 1.1)
    line = moves.cumsum(axis=0) * 0.008
    lifts = int(own.integers(0, 2)) if shape == "cursive" else int(shape == "initials")
    cuts = np.sort(own.uniform(0.25, 0.7, lifts) * len(line)).astype(int)
    return [part for part in np.split(line, cuts) if len(part) > 8]


_MODELS: dict[str, Callable[[np.random.Generator, np.random.Generator, str], list[Points]]] = {
    "loops": _write_loops,
    "letters": _write_letters,
    "pushes": _write_pushes,
}


def _flourish(own: np.random.Generator, rng: np.random.Generator) -> Points:
    """A line below or through the name."""
    start = np.array([own.uniform(0.0, 0.5), own.uniform(0.2, 0.6)])
    end = np.array([own.uniform(0.7, 1.15), own.uniform(0.0, 0.5)])
    shaken = rng.normal(0, 0.04, (2, 2))
    return bend(start + shaken[0], end + shaken[1], own.normal(0, 0.12))


def _ring(own: np.random.Generator, rng: np.random.Generator) -> Points:
    """A loop around the initials."""
    angle = np.linspace(0, 2 * np.pi * own.uniform(0.8, 1.2), 40) + own.uniform(0, 6)
    radii = own.uniform(0.35, 0.6, 2) * rng.uniform(0.92, 1.08, 2)
    return np.column_stack([0.5 + radii[0] * np.cos(angle), radii[1] * np.sin(angle)])


def sign_in_short(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A paraph: one quick curve for the name."""
    own = hand.steady("paraph")
    knots = own.uniform(-0.5, 0.5, (6, 2)) * [region.width_mm * 0.6, region.height_mm * 0.8]
    knots = knots[np.argsort(knots[:, 0] + own.normal(0, 0.3, 6) * region.width_mm)]
    line = curve_through(centre_of(region) + knots + rng.normal(0, 0.25, knots.shape))
    return (write_line(hand, space_evenly(line), rng),)
