"""A page being written on with the truth of its codes: what scenes are drawn with."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec, Option, Region
from ocr.readings import MarkState
from ocr.simulation.circles import CIRCLE_SHAPES, draw_circle
from ocr.simulation.crosses import CROSS_SHAPES, draw_cross
from ocr.simulation.hand import Hand
from ocr.simulation.pen import Pen, Picture, draw_strokes
from ocr.simulation.strokes import Stroke

BLANK, CIRCLED = MarkState.BLANK.value, MarkState.CIRCLED.value
CROSSED, UNCLEAR = MarkState.CROSSED_OUT.value, MarkState.UNCLEAR.value

States = dict[str, str | None]
"""Code -> class; None where even a person could not say."""
_REACH_MM = 14
"""Codes farther apart than this are not hit together."""
SHAPES = list(CIRCLE_SHAPES)
_ANY_SHAPE = 0.3


@dataclass(slots=True)
class Sheet:
    """One page being written on."""

    picture: Picture
    hand: Hand
    pen: Pen
    rng: np.random.Generator
    px_per_mm: float

    def draw(self, strokes: Sequence[Stroke]) -> None:
        """Write strokes on the page."""
        draw_strokes(self.picture, strokes, self.pen, self.px_per_mm, self.rng)


def circle_code(sheet: Sheet, field: FieldSpec, option: Option, states: States) -> None:
    """A circle; what it means follows from which codes lie inside it."""
    strokes = draw_circle(sheet.hand, option.region, sheet.rng, _choose_shape(sheet.rng, SHAPES))
    sheet.draw(strokes)
    hull = np.asarray(cv2.convexHull(join_points(strokes)), np.float32)
    states[option.code] = CIRCLED
    own = measure_depth(hull, option.region)
    if own < 0.2:
        states[option.code] = None
    for neighbour in field.options:
        if neighbour.code != option.code and measure_depth(hull, neighbour.region) > -0.6:
            states[neighbour.code] = None
            if measure_depth(hull, neighbour.region) > 0.4:
                states[neighbour.code] = states[option.code] = UNCLEAR


def _choose_shape(rng: np.random.Generator, shapes: Sequence[str]) -> str:
    """Now and then any shape, so that rare ones are learned too; else the hand's own."""
    return str(rng.choice(shapes)) if rng.random() < _ANY_SHAPE else ""


def cross_code(sheet: Sheet, region: Region) -> None:
    """An X over a code."""
    shape = _choose_shape(sheet.rng, list(CROSS_SHAPES))
    sheet.draw(draw_cross(sheet.hand, region, sheet.rng, shape))


def measure_depth(hull: NDArray[np.float32], region: Region) -> float:
    """How far inside the hull the middle of a code lies, in mm; negative is outside."""
    middle = (region.x_mm + region.width_mm / 2, region.y_mm + region.height_mm / 2)
    return float(cv2.pointPolygonTest(hull, middle, True))


def circle_and_cross(sheet: Sheet, option: Option, states: States) -> None:
    """A circle that was crossed out; one loop only, for a second one means something else."""
    shape = str(
        sheet.rng.choice(["round", "lapped", "open", "flat", "tall", "square", "off_centre"])
    )
    sheet.draw(draw_circle(sheet.hand, option.region, sheet.rng, shape))
    cross_code(sheet, option.region)
    states[option.code] = CROSSED


def find_near(options: Sequence[Option]) -> Option | None:
    """The code next to the first one, if a hand reaches both in one go."""
    near = sorted(options, key=lambda o: _distance(options[0].region, o.region))[1:2]
    return near[0] if near and _distance(options[0].region, near[0].region) <= _REACH_MM else None


def _distance(a: Region, b: Region) -> float:
    return float(np.hypot(a.x_mm - b.x_mm, a.y_mm - b.y_mm))


def join_points(strokes: Sequence[Stroke]) -> NDArray[np.float32]:
    """All points of some strokes."""
    return np.vstack([stroke.points_mm for stroke in strokes]).astype(np.float32)
