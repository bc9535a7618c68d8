"""Circles as people draw them around a printed code: in every shape but a circle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from form_templates.model import Region, enclose
from ocr.simulation.hand import Hand, pick, write_line, write_lines
from ocr.simulation.places import centre_of, core_of, radius_around
from ocr.simulation.strokes import Points, Stroke, curve_through, soften, space_evenly, walk
from ocr.simulation.styles import model_of

CIRCLE_SHAPES = {
    "round": 0.30,
    "lapped": 0.24,
    "open": 0.12,
    "flat": 0.06,
    "tall": 0.05,
    "square": 0.05,
    "off_centre": 0.06,
    "two_strokes": 0.04,
    "double": 0.04,
    "spiral": 0.02,
    "tiny": 0.01,
    "huge": 0.01,
}
"""Shape -> how often people draw it."""
_TWICE_ROUND = ("double", "spiral")
_SPAN = 8
"""Points of a curve between two knots."""


@dataclass(frozen=True, slots=True)
class Ring:
    """What the hand means to draw: an ellipse, where it starts and how far it goes."""

    x_mm: float
    y_mm: float
    rx_mm: float
    ry_mm: float
    start: float
    """Angle in radians."""
    sweep: float
    """Angle in radians, signed: against the clock is negative."""
    drift: float
    """How far the radius has grown at the end, as a share."""
    corners: float
    """0 round to 1 square."""
    roughness: float


def draw_circle(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str = ""
) -> tuple[Stroke, ...]:
    """A circle around the code in the region; in the hand's usual shape if none is named."""
    return _draw_shape(hand, region, rng, shape or _usual_shape(hand, rng))


def draw_circle_once(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """A circle around a code that will be crossed out, not twice round.

    Nobody can tell two rounds and an X from a circle, an X and another circle.
    """
    shape = _usual_shape(hand, rng)
    return _draw_shape(hand, region, rng, "lapped" if shape in _TWICE_ROUND else shape)


def circle_several(
    hand: Hand, regions: Sequence[Region], rng: np.random.Generator
) -> tuple[Stroke, ...]:
    """One ring around several codes."""
    box = enclose([core_of(region) for region in regions]).grown(rng.uniform(-0.4, 1.0))
    x_mm, y_mm = centre_of(box) + rng.normal(0, 0.3, 2)
    ring = replace(
        _plan_ring(hand, regions[0], rng, "lapped"),
        x_mm=float(x_mm),
        y_mm=float(y_mm),
        rx_mm=box.width_mm / 2,
        ry_mm=box.height_mm / 2,
    )
    return _draw_ring(hand, ring, rng)


def _draw_shape(
    hand: Hand, region: Region, rng: np.random.Generator, shape: str
) -> tuple[Stroke, ...]:
    ring = _plan_ring(hand, region, rng, shape)
    model = _MODELS[model_of(hand.style, "circle")]
    if shape == "two_strokes":
        return write_lines(hand, _halve_ring(ring, rng, model), rng)
    return _draw_ring(hand, ring, rng)


def _draw_ring(hand: Hand, ring: Ring, rng: np.random.Generator) -> tuple[Stroke, ...]:
    line = _MODELS[model_of(hand.style, "circle")](ring, rng)
    return (write_line(hand, _tilt(line, ring, hand, rng), rng),)


def _usual_shape(hand: Hand, rng: np.random.Generator) -> str:
    """Two times in three what the hand always does, else anything."""
    source = hand.steady("circle") if rng.random() < 0.65 else rng
    return pick(source, list(CIRCLE_SHAPES), list(CIRCLE_SHAPES.values()))


def _plan_ring(hand: Hand, region: Region, rng: np.random.Generator, shape: str) -> Ring:
    """What this hand means to draw around the code."""
    half = radius_around(region)
    size = half * (0.66 + 0.34 * hand.size) * rng.uniform(0.88, 1.16)
    aspect = np.sqrt(np.exp(rng.normal(0.06, 0.12)))
    sloppy = (1 - hand.care) * 0.11 + 0.03
    x_mm, y_mm = centre_of(region) + rng.normal(0, sloppy, 2) * half
    ring = Ring(
        float(x_mm),
        float(y_mm),
        float(size * aspect),
        float(size / aspect),
        start=float(rng.normal(-1.25, 0.55)),
        sweep=float(2 * np.pi + rng.normal(0.05, 0.18)),
        drift=float(rng.normal(0.0, 0.05)),
        corners=0.0,
        roughness=float(0.02 + 0.05 * (1 - hand.care) * rng.uniform(0.4, 1.3)),
    )
    ring = _SHAPINGS.get(shape, _keep)(ring, rng)
    # Four people in five turn against the clock.
    return replace(ring, sweep=-ring.sweep) if hand.steady("turn").random() < 0.8 else ring


def _keep(ring: Ring, rng: np.random.Generator) -> Ring:
    return ring


def _open(ring: Ring, rng: np.random.Generator) -> Ring:
    return replace(ring, sweep=2 * np.pi - rng.uniform(0.45, 1.5))


def _lap(ring: Ring, rng: np.random.Generator) -> Ring:
    return replace(ring, sweep=2 * np.pi + rng.uniform(0.3, 1.5), drift=rng.normal(0.08, 0.09))


def _double(ring: Ring, rng: np.random.Generator) -> Ring:
    return replace(ring, sweep=4 * np.pi + rng.uniform(-0.6, 0.8), drift=rng.normal(0.05, 0.08))


def _wind(ring: Ring, rng: np.random.Generator) -> Ring:
    return replace(_scale(ring, 0.85), sweep=4 * np.pi, drift=rng.uniform(0.35, 0.6))


def _square(ring: Ring, rng: np.random.Generator) -> Ring:
    return replace(ring, corners=rng.uniform(0.5, 0.95))


def _shift(ring: Ring, rng: np.random.Generator) -> Ring:
    turn = rng.uniform(0, 2 * np.pi)
    x, y = rng.uniform(0.28, 0.5, 2) * [ring.rx_mm, ring.ry_mm] * [np.cos(turn), np.sin(turn)]
    return replace(ring, x_mm=ring.x_mm + x, y_mm=ring.y_mm + y)


def _scale(ring: Ring, across: float, down: float = 0.0) -> Ring:
    """The ring that many times as wide; and as high, or another number of times."""
    return replace(ring, rx_mm=ring.rx_mm * across, ry_mm=ring.ry_mm * (down or across))


def _flatten(ring: Ring, rng: np.random.Generator) -> Ring:
    stretch = float(np.sqrt(rng.uniform(1.4, 1.9)))
    return _scale(ring, stretch, 1 / stretch)


def _heighten(ring: Ring, rng: np.random.Generator) -> Ring:
    stretch = float(np.sqrt(rng.uniform(1.3, 1.7)))
    return _scale(ring, 1 / stretch, stretch)


def _shrink(ring: Ring, rng: np.random.Generator) -> Ring:
    return _scale(ring, rng.uniform(0.5, 0.65))


def _grow(ring: Ring, rng: np.random.Generator) -> Ring:
    return _scale(ring, rng.uniform(1.5, 2.2))


_SHAPINGS: dict[str, Callable[[Ring, np.random.Generator], Ring]] = {
    "open": _open,
    "lapped": _lap,
    "double": _double,
    "spiral": _wind,
    "square": _square,
    "off_centre": _shift,
    "flat": _flatten,
    "tall": _heighten,
    "tiny": _shrink,
    "huge": _grow,
}


def _place(ring: Ring, angles: Points, reach: Points) -> Points:
    """Points at the angles of the ring, `reach` times its radius away."""
    cos, sin = np.cos(angles), np.sin(angles)
    power = 1 - 0.55 * ring.corners
    x = np.sign(cos) * np.abs(cos) ** power
    y = np.sign(sin) * np.abs(sin) ** power
    return np.column_stack([ring.x_mm + ring.rx_mm * x * reach, ring.y_mm + ring.ry_mm * y * reach])


def _wave_ring(ring: Ring, rng: np.random.Generator) -> Points:
    """A ring whose radius swells and shrinks in waves."""
    way = np.linspace(0, 1, max(24, round(abs(ring.sweep) * 9)))
    angles = ring.start + ring.sweep * way
    reach = 1 + ring.drift * (way - 0.5)
    for wave in (1.0, 2.0, 3.0):
        swell = ring.roughness * rng.normal(0, 1.3) / wave
        reach = reach + swell * np.cos(wave * angles * 0.93 + rng.uniform(0, 2 * np.pi))
    return _place(ring, angles, reach)


def _knot_ring(ring: Ring, rng: np.random.Generator) -> Points:
    """A ring through a few points that the eye guesses."""
    knots = max(5, round(abs(ring.sweep) / (2 * np.pi) * int(rng.integers(6, 9))))
    step = 1 / (knots - 1)
    way = np.arange(-1, knots + 1) * step + rng.normal(0, 0.12 * step, knots + 2)
    reach = 1 + ring.drift * (way - 0.5) + rng.normal(0, 1.1 * ring.roughness, knots + 2)
    line = curve_through(_place(ring, ring.start + ring.sweep * way, reach), _SPAN)
    return soften(space_evenly(line[_SPAN:-_SPAN]), 4)


def _turn_ring(ring: Ring, rng: np.random.Generator) -> Points:
    """A ring of a hand that turns while it moves, now faster, now slower; it need not close."""
    way = np.linspace(0, 1, max(30, round(abs(ring.sweep) * 11)))
    paces = rng.normal(0, 3 * ring.roughness, max(4, round(abs(ring.sweep) * 0.9)))
    pace = 1 + np.interp(way, np.linspace(0, 1, len(paces)), paces).clip(-0.3, 0.35)
    pace += 0.9 * ring.corners * np.cos(4 * (ring.start + ring.sweep * way))
    turned = np.cumsum(pace) / pace.sum() * ring.sweep
    outward = np.copysign(np.pi / 2, ring.sweep)
    line = walk(ring.start + outward + turned, 1 + 0.7 * ring.drift * (way - 0.5))
    low, high = line.min(axis=0), line.max(axis=0)
    spread = (2 * line - low - high) / (high - low).max()
    turned_ring: Points = spread * [ring.rx_mm, ring.ry_mm] + [ring.x_mm, ring.y_mm]
    return turned_ring


_MODELS: dict[str, Callable[[Ring, np.random.Generator], Points]] = {
    "waved": _wave_ring,
    "knotted": _knot_ring,
    "turned": _turn_ring,
}


def _halve_ring(
    ring: Ring, rng: np.random.Generator, model: Callable[[Ring, np.random.Generator], Points]
) -> list[Points]:
    """Two bows that meet, nearly."""
    line = model(ring, rng)
    middle = len(line) // 2
    lap = int(rng.integers(-1, max(2, len(line) // 14)))
    apart = rng.normal(0, 0.10 * ring.rx_mm, 2)
    return [line[: middle + lap], line[middle - lap :] + apart]


def _tilt(points: Points, ring: Ring, hand: Hand, rng: np.random.Generator) -> Points:
    """The ring turned as the hand's slant turns it."""
    turn = hand.slant * 0.5 + rng.normal(0, 0.1)
    centre = np.array([ring.x_mm, ring.y_mm])
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    tilted: Points = (points - centre) @ turned.T + centre
    return tilted
