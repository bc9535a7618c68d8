"""A reliability diagram in figures: what an SVG on the page draws."""

from dataclasses import dataclass

from workflow.trust.calibration import EDGES, Bin, Calibration

WIDTH, HEIGHT = 420, 240
_LEFT, _TOP, _BOTTOM = 44, 10, 40
_STEP = (WIDTH - _LEFT) / (len(EDGES) - 1)
_ROOM = HEIGHT - _TOP - _BOTTOM
_GAP = 3.0
_LEAST_BAR = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin: a bar as high as its share of right readings, a line where it should end."""

    x: float
    y: float
    width: float
    height: float
    said_y: float
    """As high as the mean confidence."""
    bin: Bin


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at an axis."""

    place: float
    words: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that is drawn."""

    width: int
    height: int
    left: int
    floor: float
    bars: tuple[Bar, ...]
    edges: tuple[Tick, ...]
    levels: tuple[Tick, ...]


def draw_diagram(found: Calibration) -> Diagram:
    """Every bin has the same width: nearly all readings lie at the upper end."""
    return Diagram(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        floor=_TOP + _ROOM,
        bars=tuple(_draw_bar(part) for part in found.bins),
        edges=tuple(Tick(_LEFT + i * _STEP, f"{edge:g}") for i, edge in enumerate(EDGES)),
        levels=tuple(Tick(_lift(share), f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)),
    )


def _draw_bar(part: Bin) -> Bar:
    x = _LEFT + EDGES.index(part.low) * _STEP + _GAP
    y = min(_lift(part.right), _TOP + _ROOM - _LEAST_BAR)
    return Bar(x, y, _STEP - 2 * _GAP, _TOP + _ROOM - y, _lift(part.confidence), part)


def _lift(share: float) -> float:
    """The height of a share on the page, from above."""
    return _TOP + _ROOM * (1 - share)
