"""X marks: how people cross out a code, a cell or a whole answer."""

from collections.abc import Callable, Sequence

import numpy as np

from form_templates.model import Region, enclose
from ocr.simulation.hand import Hand, pick, write_lines
from ocr.simulation.places import centre_of, radius_around
from ocr.simulation.strokes import (
    Points,
    Stroke,
    bend,
    curve_through,
    lead_between,
    space_evenly,
    walk,
)
from ocr.simulation.styles import model_of

CROSS_SHAPES = {
    "plain": 0.45,
    "curved": 0.14,
    "sloppy": 0.12,
    "long_leg": 0.09,
    "small": 0.06,
    "large": 0.07,
    "doubled": 0.06,
    "steep": 0.04,
    "flat": 0.03,
}
"""Shape -> how often people draw it."""

SLASH_SHAPES = {"half": 0.4, "level": 0.3, "upright": 0.1, "any": 0.2}
"""How one stroke goes through a code -> how often."""
_SLASH_ANGLES = {"level": (0.0, 0.12), "upright": (np.pi / 2, 0.12), "any": (0.0, 1.6)}
"""Radians from the level: their middle and how far they spread."""

STRIKE_SHAPES = {"long": 0.55, "few": 0.2, "each": 0.25}
"""How a written answer is crossed out -> how often."""
_FARTHEST = 0.32
"""How far off its code an X may lie, as a share of its reach: farther, it hits another."""
_TRIES = 8
_MEETING_MM = 0.25
"""Legs that come this near touch each other."""


def draw_cross(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """An X over the region: two strokes of a hand that crosses something out."""
    shape = shape or pick(rng, list(CROSS_SHAPES), list(CROSS_SHAPES.values()))
    model = model_of(hand.style, "cross")
    lines = _MODELS[model](_plan_legs(hand, region, rng, shape), shape, rng)
    for _ in range(_TRIES):
        if _is_crossing(lines, region):
            break
        lines = _MODELS[model](_plan_legs(hand, region, rng, shape), shape, rng)
    if rng.random() < 0.5:
        lines.reverse()
    if shape == "doubled":
        # One leg is gone over again, on the way back.
        lines.append(lines[1][::-1] + rng.normal(0, 0.25, 2))
    elif model in _JOINS and rng.random() < _JOINS[model][0]:
        lines = [_JOINS[model][1](*lines)]
    return write_lines(hand, lines, rng)


def _is_crossing(lines: list[Points], region: Region) -> bool:
    """Whether the legs meet on the code: nobody takes them for an X otherwise."""
    first, second = (space_evenly(line) for line in lines)
    gaps = np.hypot(*(first[:, None, :] - second[None, :, :]).transpose(2, 0, 1))
    at = first[int(np.unravel_index(gaps.argmin(), gaps.shape)[0])]
    away = float(np.hypot(*(at - centre_of(region))))
    return bool(gaps.min() < _MEETING_MM) and away < 0.55 * radius_around(region)


def _link(first: Points, second: Points) -> Points:
    """Both legs drawn without lifting the pen."""
    return np.vstack([first, bend(first[-1], second[0], 0.1), second])


def _loop(first: Points, second: Points) -> Points:
    """Both legs in one go, with a round loop from the end of the one to the other (Hermite)."""
    way = np.linspace(0, 1, 16)[:, None]
    start, end = first[-1], second[0]
    reach = 1.4 * float(np.hypot(*(end - start)))
    out, back = (part / np.hypot(*part) * reach for part in (start - first[0], second[-1] - end))
    loop = start * (1 + 2 * way) * (1 - way) ** 2 + end * way**2 * (3 - 2 * way)
    loop += out * way * (1 - way) ** 2 - back * way**2 * (1 - way)
    return np.vstack([first, loop, second])


_JOINS: dict[str, tuple[float, Callable[[Points, Points], Points]]] = {
    "hooked": (0.12, _link),
    "swung": (0.15, _loop),
}
"""Model -> how often both legs are drawn in one go, and how."""


def strike_through(
    hand: Hand, cells: Sequence[Region], rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """Crosses out a whole written answer: with one long X, or with several."""
    shape = shape or pick(rng, list(STRIKE_SHAPES), list(STRIKE_SHAPES.values()))
    if shape == "each":
        return tuple(stroke for cell in cells for stroke in draw_cross(hand, cell, rng))
    if shape == "few":
        count = min(len(cells), int(rng.integers(2, 4)))
        parts = np.array_split(np.arange(len(cells)), count)
        groups = [[cells[i] for i in part] for part in parts]
        return tuple(stroke for group in groups for stroke in _cross_long(hand, group, rng))
    return _cross_long(hand, cells, rng)


def _cross_long(
    hand: Hand, cells: Sequence[Region], rng: np.random.Generator
) -> tuple[Stroke, ...]:
    """One X from the first cell to the last."""
    whole = enclose(cells)
    corners = np.array(
        [
            [[whole.x_mm, whole.y_mm], [whole.right_mm, whole.bottom_mm]],
            [[whole.right_mm, whole.y_mm], [whole.x_mm, whole.bottom_mm]],
        ]
    ) + rng.normal(0, [0.9, 0.6], (2, 2, 2))
    if model_of(hand.style, "cross") == "swung":
        legs = [(start, end) for start, end in corners]
        return write_lines(hand, _swing_legs(legs, "plain", rng), rng)
    return write_lines(
        hand, [bend(start, end, rng.normal(0, 0.015)) for start, end in corners], rng
    )


def slash(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """One stroke through the region: half an X, or struck out like a word; no crossing."""
    shape = shape or pick(rng, list(SLASH_SHAPES), list(SLASH_SHAPES.values()))
    leg = _plan_legs(hand, region, rng, "plain")[int(rng.integers(2))]
    if shape != "half":
        leg = _turn_leg(leg, _SLASH_ANGLES[shape], rng)
    return write_lines(hand, _MODELS[model_of(hand.style, "cross")]([leg], "plain", rng), rng)


def _turn_leg(
    leg: tuple[Points, Points], angles: tuple[float, float], rng: np.random.Generator
) -> tuple[Points, Points]:
    """The stroke at another angle, and perhaps longer: words are struck out from end to end."""
    centre, half = (leg[0] + leg[1]) / 2, float(np.hypot(*(leg[1] - leg[0]))) / 2
    angle = rng.normal(*angles)
    way = np.array([np.cos(angle), np.sin(angle)]) * half * rng.uniform(0.7, 1.4)
    return centre - way, centre + way


def strike_row(
    hand: Hand, regions: Sequence[Region], rng: np.random.Generator
) -> tuple[Stroke, ...]:
    """One line through several codes, from before the first to behind the last."""
    first, last = (centre_of(region) for region in (regions[0], regions[-1]))
    along = (last - first) / max(float(np.hypot(*(last - first))), 1e-6)
    beyond = along * radius_around(regions[0]) * rng.uniform(0.4, 1.3)
    leg = (first - beyond + rng.normal(0, 0.3, 2), last + beyond + rng.normal(0, 0.3, 2))
    return write_lines(hand, _MODELS[model_of(hand.style, "cross")]([leg], "plain", rng), rng)


def _plan_legs(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str
) -> list[tuple[Points, Points]]:
    """Start and end of the two legs."""
    reach = 1.2 * radius_around(region) * (0.70 + 0.32 * hand.size) * rng.uniform(0.85, 1.3)
    reach *= {"small": 0.55, "large": 1.4}.get(shape, 1.0)
    lean = np.arctan2(region.height_mm, region.width_mm)
    angle = np.clip(rng.normal(0.5 * (lean + 0.78), 0.12), 0.35, 1.25)
    angle = {"steep": 1.15, "flat": 0.40}.get(shape, angle)
    loose = (0.05 + 0.09 * (1 - hand.care)) * (2.2 if shape == "sloppy" else 1.0)
    astray = np.clip(rng.normal(0, loose, 2), -_FARTHEST, _FARTHEST)
    centre = centre_of(region) + astray * reach
    legs = []
    for turn in (angle, np.pi - angle):
        turn += rng.normal(-hand.slant * 0.3, 0.09)
        way = np.array([np.cos(turn), np.sin(turn)]) * reach
        shift = np.clip(rng.normal(0, 0.6 * loose, 2), -0.2, 0.2) * reach
        ends = rng.uniform(0.8, 1.15, 2)
        legs.append((centre + shift - way * ends[0], centre + shift + way * ends[1]))
    if shape == "long_leg":
        start, end = legs[1]
        legs[1] = (end + (start - end) * rng.uniform(1.4, 1.9), end)
    return legs


def _bow_legs(
    legs: list[tuple[Points, Points]], shape: str, rng: np.random.Generator
) -> list[Points]:
    """Legs that bow to one side."""
    sag = 0.16 if shape in ("curved", "sloppy") else 0.05
    return [bend(start, end, rng.normal(0, sag)) for start, end in legs]


def _hook_legs(
    legs: list[tuple[Points, Points]], shape: str, rng: np.random.Generator
) -> list[Points]:
    """Legs with small hooks at their ends."""
    sway = 0.09 if shape in ("curved", "sloppy") else 0.03
    lines = []
    for start, end in legs:
        along = end - start
        across = np.array([-along[1], along[0]])
        at = np.array([0.0, 0.33, 0.68, 1.0])[:, None]
        bow = rng.normal(0, sway) * np.array([[-0.3], [1.0], [1.0], [-0.3]])
        knots = start + along * at + across * (bow + rng.normal(0, 0.02, (4, 1)))
        hook = knots[-1] - along * rng.uniform(0.0, 0.06) + across * rng.normal(0, 0.06)
        lines.append(curve_through(np.vstack([knots, hook])))
    return lines


def _swing_legs(
    legs: list[tuple[Points, Points]], shape: str, rng: np.random.Generator
) -> list[Points]:
    """Legs of an arm that turns about its elbow, tighter towards the end."""
    reach = 0.55 if shape in ("curved", "sloppy") else 0.18
    way = np.linspace(0, 1, 24)
    lines = []
    for start, end in legs:
        turn, tighter = rng.normal(0, reach, 2)
        line = walk(turn * way + tighter * way**3, np.ones_like(way))
        lines.append(lead_between(line, start, end))
    return lines


_MODELS: dict[
    str, Callable[[list[tuple[Points, Points]], str, np.random.Generator], list[Points]]
] = {"bowed": _bow_legs, "hooked": _hook_legs, "swung": _swing_legs}
