"""Ink where none belongs: beside an answer, outside every place meant for ink.

It may be a signature in the wrong place or an answer written beside its cells, so
a person looks. What the scanner added is none: streaks of dust on the glass, and
the outline of print that lies a little beside its blank.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from form_templates.marks import BODY
from form_templates.model import FieldSpec, Region, enclose
from ocr.frame import PX_PER_MM, box_px, cut
from ocr.ink import STROKE_LEVEL, find_ink_beside
from ocr.inked_page import InkedPage

_NEAR_MM = 2.5
"""Strokes of an answer reach so far beyond its cells or code."""
_NEAR_SIGNATURE_MM = 1.0
_AS_NEAR_MM = 5.0
_FAR_MM = 12.0
"""Ink farther from every answer belongs to none."""
_WITHIN = Region(BODY.x_mm + 3.0, BODY.y_mm, BODY.width_mm - 6.0, BODY.height_mm)
"""Punch holes lie farther out."""
_GHOST_MM = 0.7
"""The outline of print is no farther from print."""
_PRINT = 170
_LEAST_OUTSIDE_MM2 = 1.0
_ALONG_MM = 7.0
"""What is written above an answer, and no character, is larger."""
_APART_MM, _LOWEST_MM, _LEAST_CHARACTER_MM2 = 1.0, 1.6, 0.4
"""Ends of the lines that cross an answer out are nearer to its cells, or shorter."""
_LEAST_CHARACTERS = 2
_STREAK_MM = 25.0
"""No pen draws a straight line of this length along the feed."""
_STREAK_WIDTH_MM, _STREAK_TILT = 1.6, 0.07


def find_stray_ink(inked: InkedPage) -> frozenset[str]:
    """Ids of the fields that ink stands beside, outside every place meant for ink.

    What stands about as near to several answers counts for each of them.
    """
    page = inked.reference.page
    allowed = [*page.free]
    for spec in page.fields:
        allowed += [place.grown(_NEAR_MM) for place in _own_places(spec)]
        places = (spec.correction_signatures or {}).values()
        allowed += [place.grown(_NEAR_SIGNATURE_MM) for place in places]
    strays = _drop_ghosts(inked, find_ink_beside(inked.half, allowed, _WITHIN))
    found: set[str] = set()
    for stray in drop_streaks(strays):
        gaps = {spec.id: _gap_to_field(stray, spec) for spec in page.fields}
        nearest = min(gaps.values(), default=np.inf)
        if nearest <= _FAR_MM:
            found |= {name for name, gap in gaps.items() if gap <= nearest + _AS_NEAR_MM}
    return frozenset(found)


def is_written_along(inked: InkedPage, spec: FieldSpec) -> bool:
    """Whether something is written just above, below or beside the cells of a field.

    So near that it might be part of what crosses them out; it is told from that by
    pieces of the size of characters that stand by themselves.
    """
    around = enclose(spec.cells).grown(_ALONG_MM)
    taken = [p.grown(_NEAR_SIGNATURE_MM) for p in _list_other_places(inked, spec)]
    stroke = cut(np.asarray(inked.ink > STROKE_LEVEL, np.uint8), around)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(stroke)
    found = 0
    for x, y, wide, tall, area in (boxes[1:] / PX_PER_MM).tolist():
        at = Region(around.x_mm + x + wide / 2, around.y_mm + y + tall / 2, 0.1, 0.1)
        character = tall >= _LOWEST_MM and area / PX_PER_MM >= _LEAST_CHARACTER_MM2
        apart = min(_gap_mm(at, cell) for cell in spec.cells) >= _APART_MM
        if character and apart and all(_gap_mm(at, place) > 0 for place in taken):
            found += 1
    return found >= _LEAST_CHARACTERS


def _list_other_places(inked: InkedPage, spec: FieldSpec) -> list[Region]:
    """Where the ink of all other answers and of signatures belongs."""
    page = inked.reference.page
    others = [place for other in page.fields if other.id != spec.id for place in _own_places(other)]
    signed = [p for other in page.fields for p in (other.correction_signatures or {}).values()]
    return [*others, *spec.correction_cells, *signed]


def _gap_to_field(stray: Region, spec: FieldSpec) -> float:
    """How far ink lies from an answer in mm; a question alone on its lines owns them all."""
    places = _own_places(spec)
    if spec.group is None:
        signed = (spec.correction_signatures or {}).values()
        block = enclose([spec.region, *places, *signed])
        band = Region(BODY.x_mm, block.y_mm, BODY.width_mm, block.height_mm)
        places = [*places, band]
    return min(_gap_mm(stray, place) for place in places)


def _own_places(spec: FieldSpec) -> list[Region]:
    """Where the ink of an answer belongs."""
    if spec.options:
        return [option.region for option in spec.options]
    return [*(spec.cells or (spec.region,)), *spec.correction_cells]


def _gap_mm(one: Region, other: Region) -> float:
    """The distance between two regions; 0 where they touch."""
    across = max(one.x_mm - other.right_mm, other.x_mm - one.right_mm, 0.0)
    down = max(one.y_mm - other.bottom_mm, other.y_mm - one.bottom_mm, 0.0)
    return float(np.hypot(across, down))


def _drop_ghosts(inked: InkedPage, strays: Sequence[Region]) -> list[Region]:
    """What hugs the print all along is its own outline on paper that the feeder stretched."""
    reach = 2 * round(_GHOST_MM * PX_PER_MM) + 1
    kept = []
    for stray in strays:
        left, top, width, height = box_px(stray, _GHOST_MM)
        window = np.s_[max(0, top) : top + height, max(0, left) : left + width]
        blank = inked.reference.blank[window]
        near = cv2.erode(blank, np.ones((reach, reach), np.uint8)) < _PRINT
        outside = (inked.ink[window] > STROKE_LEVEL) & ~near
        if float(outside.sum()) / PX_PER_MM**2 >= _LEAST_OUTSIDE_MM2:
            kept.append(stray)
    return kept


def drop_streaks(strays: Sequence[Region]) -> list[Region]:
    """Leave out lines along the feed, and the pieces that lie on them."""
    turned = [_turn(stray) for stray in _drop_upright_streaks(strays)]
    return [_turn(stray) for stray in _drop_upright_streaks(turned)]


def _turn(region: Region) -> Region:
    return Region(region.y_mm, region.x_mm, region.height_mm, region.width_mm)


def _drop_upright_streaks(strays: Sequence[Region]) -> list[Region]:
    long = [s for s in strays if s.height_mm >= _STREAK_MM and _is_line(s)]
    return [s for s in strays if not (_is_line(s) and any(_lies_along(s, line) for line in long))]


def _is_line(stray: Region) -> bool:
    return stray.width_mm <= _STREAK_WIDTH_MM + _STREAK_TILT * stray.height_mm


def _lies_along(stray: Region, line: Region) -> bool:
    """Whether a piece continues a line that may lean as far as a page lies askew."""
    middle = stray.x_mm + stray.width_mm / 2
    gap = max(0.0, line.y_mm - stray.bottom_mm, stray.y_mm - line.bottom_mm)
    slack = _STREAK_WIDTH_MM + _STREAK_TILT * gap
    return line.x_mm - slack <= middle <= line.right_mm + slack
