"""Scanners, cameras and copiers: from a clean page to what arrives in the office."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.simulation import effects, effects_guard
from ocr.simulation.effects import Settings
from ocr.simulation.pen import Picture
from ocr.simulation.styles import Style, draw_ranges

_FILES = {Style.GUARD: "levels_guard.toml"}
_USUAL_FILE = "levels.toml"
_MM_PER_INCH = 25.4
LEVELS = (0, 1, 2, 3)

Transform = NDArray[np.float64]
"""3 x 3: mm on the page to px of the picture."""
_Effect = Callable[[Picture, float, np.random.Generator, Settings], Picture]


@dataclass(frozen=True, slots=True)
class Scan:
    """One scanned side."""

    picture: Picture
    dpi: float
    """Of the scanner; the paper may have been stretched besides."""
    to_px: Transform
    """3 x 3: mm on the page to px of the picture; uneven feeding is not in it."""
    effects: tuple[str, ...]
    """What happened to it."""
    jpeg: int | None = None
    """Quality that the scanner wrote it with; None where it lost nothing."""

    @property
    def is_bilevel(self) -> bool:
        """Whether it is black and white only."""
        return "threshold" in self.effects and not _PACKINGS & set(self.effects)


@cache
def _load_levels(style: Style) -> dict[str, Any]:
    path = Path(__file__).with_name(_FILES.get(style, _USUAL_FILE))
    with path.open("rb") as file:
        levels: dict[str, Any] = tomllib.load(file)["level"]
        return levels


def describe_level(level: int, style: Style = Style.MEASURING) -> dict[str, Any]:
    """The ranges of a level; raises ValueError for a level that does not exist.

    The guard has machines of its own; the other two styles share theirs.
    """
    if level not in LEVELS:
        raise ValueError(f"there is no level {level}: choose one of {LEVELS}")
    return dict(_load_levels(style)[str(level)])


def choose_steps(
    level: int, rng: np.random.Generator, style: Style = Style.MEASURING
) -> tuple[str, ...]:
    """The effects that happen to one page, in their order."""
    ranges = describe_level(level, style)
    steps = [s for s in ranges["steps"] if rng.random() < ranges.get(f"{s}_share", 1.0)]
    if "threshold" in steps:
        # A black-and-white scanner writes no JPEG.
        steps = [step for step in steps if step not in _PACKINGS]
    return tuple(steps)


def choose_bilevel_steps(
    level: int, rng: np.random.Generator, style: Style = Style.MEASURING
) -> tuple[str, ...]:
    """The same for a scanner that knows black and white only, which writes no JPEG."""
    steps = [s for s in choose_steps(level, rng, style) if s not in (*_PACKINGS, "threshold")]
    at = steps.index("turn") if "turn" in steps else len(steps)
    return (*steps[:at], "threshold", *steps[at:])


def scan(
    page: Picture,
    level: int,
    rng: np.random.Generator,
    dpi: float = 200.0,
    px_per_mm: float | None = None,
    steps: Sequence[str] | None = None,
    style: Style = Style.MEASURING,
) -> Scan:
    """The page as a scanner of that level gives it back, in px at `dpi`.

    `px_per_mm` is the scale of the given picture (by default that of an A4 page);
    `steps` may name the effects instead of leaving them to chance.
    """
    ranges = describe_level(level, style)
    steps = choose_steps(level, rng, style) if steps is None else tuple(steps)
    settings = draw_ranges(ranges, rng)
    dpi = min(dpi, settings.get("dpi", dpi))
    scale = px_per_mm or page.shape[1] / 210.0
    to_px = np.diag([scale, scale, 1.0])
    picture = page
    happen = _GUARD_EFFECTS if style is Style.GUARD else _EFFECTS
    for step in steps:
        if step == "place":
            picture, to_px = _place(picture, scale, dpi, settings, rng)
            scale = dpi / _MM_PER_INCH
        elif step == "turn":
            picture, to_px = _turn(picture, to_px, int(rng.integers(1, 4)))
        else:
            picture = happen[step](picture, scale, rng, settings)
    jpeg = round(settings["jpeg"]) if _PACKINGS & set(steps) else None
    return Scan(np.ascontiguousarray(picture), dpi, to_px, tuple(steps), jpeg)


def _place(
    page: Picture, scale: float, dpi: float, settings: Settings, rng: np.random.Generator
) -> tuple[Picture, Transform]:
    """The paper lies crooked on the glass, or is seen at an angle; resampled to `dpi`."""
    out = dpi / _MM_PER_INCH
    height_mm, width_mm = (n / scale for n in page.shape[:2])
    corners = np.array([[0, 0], [width_mm, 0], [width_mm, height_mm], [0, height_mm]])
    middle = corners.mean(axis=0)
    turn = np.radians(settings["rotation_degrees"])
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    # A feeder stretches along its way, and less so across.
    stretch = settings["stretch"] * np.array(
        [1.0, 1 + rng.normal(0, 0.15) * (settings["stretch"] - 1)]
    )
    moved = ((corners - middle) * stretch) @ rotation.T + middle
    moved += rng.uniform(-1, 1, (4, 2)) * settings["perspective_mm"]
    frame = np.array([moved.min(axis=0), moved.max(axis=0)])
    beyond = rng.uniform(-settings["clip_mm"], settings["margin_mm"], (2, 2))
    frame += beyond * np.array([[-1.0], [1.0]])
    placed = ((moved - frame[0]) * out).astype(np.float32)
    lying = cv2.getPerspectiveTransform(corners.astype(np.float32), placed)
    to_px = np.asarray(lying, dtype=np.float64)
    from_picture = to_px @ np.diag([1 / scale, 1 / scale, 1.0])
    size = tuple(round(float(mm) * out) for mm in frame[1] - frame[0])
    shrunk, from_picture = _shrink(page, from_picture, scale / out)
    tone = (settings["background"],) * 3
    picture = cv2.warpPerspective(
        shrunk, from_picture, size, flags=cv2.INTER_LINEAR, borderValue=tone
    )
    return np.asarray(picture, dtype=np.uint8), to_px


def _shrink(page: Picture, transform: Transform, ratio: float) -> tuple[Picture, Transform]:
    """The page averaged down first where it is much finer than the scan, as sensors do."""
    if ratio < 1.3:
        return page, transform
    height, width = page.shape[:2]
    size = (round(width / ratio), round(height / ratio))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    back = np.diag([width / size[0], height / size[1], 1.0])
    return np.asarray(small, dtype=np.uint8), transform @ back


def _turn(picture: Picture, to_px: Transform, quarters: int) -> tuple[Picture, Transform]:
    """The page lies sideways or upside down: turned by quarters against the clock."""
    for _ in range(quarters):
        width = picture.shape[1]
        picture = np.rot90(picture)
        to_px = np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]], dtype=np.float64) @ to_px
    return picture, to_px


_PACKINGS = frozenset({"compress", "recompress"})
"""Effects of a scanner that writes JPEG."""
_EFFECTS: dict[str, _Effect] = {
    "bleed": effects.bleed,
    "stain": effects.stain,
    "ring": effects.ring,
    "punch": effects.punch,
    "fold": effects.fold,
    "shade": effects.shade,
    "fade": effects.fade,
    "wave": effects.wave,
    "photocopy": effects.photocopy,
    "tear": effects.tear,
    "soften": effects.soften,
    "streak": effects.streak,
    "dirty": effects.dirty,
    "speckle": effects.speckle,
    "threshold": effects.threshold,
    "compress": effects.compress,
}
_GUARD_EFFECTS: dict[str, _Effect] = {
    "through": effects_guard.through,
    "thumb": effects_guard.thumb,
    "punch": effects.punch,
    "fold": effects.fold,
    "mottle": effects_guard.mottle,
    "curve": effects_guard.curve,
    "gutter": effects_guard.gutter,
    "crumple": effects_guard.crumple,
    "halftone": effects_guard.halftone,
    "tear": effects.tear,
    "band": effects_guard.band,
    "ghost": effects_guard.ghost,
    "defocus": effects_guard.defocus,
    "roller": effects_guard.roller,
    "lint": effects_guard.lint,
    "shot": effects_guard.shot,
    "threshold": effects_guard.threshold,
    "recompress": effects_guard.recompress,
}
