"""Whether somebody signed, or stamped, in the place for it.

A signature is not recognised, only told from an empty place, dirt, and strokes
that belong to a neighbour; a stamp is known by its ring. Where the ink is neither
much nor nothing, the answer is unclear and a person looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Region
from ocr.corrections import Presence
from ocr.handwriting import PlaceInk, Writing, measure_places
from ocr.ink import Ink
from ocr.rings import score_ring

_SURE = 0.95

# How much line a signature is at least, how often it bends, how broad it is, and the step by
# which each makes it surer. Small boxes press signatures flat; a hair on the glass is short.
_LENGTH_MM, _LENGTH_STEP = 9.0, 2.5
_BENDS, _BENDS_STEP = 1.15, 0.05
_BROAD_MM, _BROAD_STEP = 1.3, 0.15
_BROAD_PEN_MM = 0.6
_NOTHING_MM = 2.5
"""Less line than this is dirt."""
_STRAIGHT_MM, _STRAIGHT_BENDS, _LONG_STRAIGHT_MM = 1.7, 1.2, 1.1
"""Breadth and bends up to which ink is one straight line: a slip, a stroke from elsewhere. What is
as long as a signature and broader than the third may be a paraph of one wavy stroke."""
_DIRT_MM, _DIRT_BENDS = 4.0, 0.35
"""So little in specks that lie about is dirt; more of them may be a signature that faded."""
_DEEP, _DEEP_STEP = 0.33, 0.02
"""How dark a signature is at least, of the page's usual stroke, and the step to be surer."""
_SHADE, _CRISP = 0.26, 1.12
"""What is paler and soft was drawn by no pen: the other side shines through, or the paper has a
stain. On 1,344 simulated pages nearly all stains had a crispness of 1.1 at most, and nearly all
pale signatures 1.18 and more."""
_PALE_MM = 6.0
"""Less line of so pale an ink is none."""

_RING, _NO_RING = 0.55, 0.35
"""Scores; simulated stamps of level 0 to 2 have 0.9 and more, signatures in their stead 0.3."""


@dataclass(frozen=True, slots=True)
class PresenceReading:
    """What was found in one place."""

    state: Presence
    confidence: float
    """Probability that the state is right, 0 to 1."""


def read_signatures(ink: Ink, places: Iterable[Region]) -> dict[Region, PresenceReading]:
    """Tell for each place of a page whether it is signed.

    Args:
        ink: of the whole page.
        places: the boxes to sign in.
    """
    return {place: judge_signature(seen) for place, seen in measure_places(ink, places).items()}


def judge_signature(seen: PlaceInk) -> PresenceReading:
    """Present, absent, or unclear where the ink is neither much nor nothing."""
    chance = _weigh(seen.own)
    if chance >= _SURE:
        return PresenceReading(Presence.PRESENT, chance)
    if chance <= 1 - _SURE and _weigh(seen.foreign) <= 1 - _SURE:
        return PresenceReading(Presence.ABSENT, 1 - chance)
    return PresenceReading(Presence.UNCLEAR, max(chance, 1 - chance))


def _weigh(writing: Writing) -> float:
    """Probability that ink is somebody's signature."""
    if writing.length_mm < _NOTHING_MM:
        return 0.005
    if writing.length_mm < _DIRT_MM and writing.bends < _DIRT_BENDS:
        return 0.03
    if writing.depth < _SHADE and not _may_be_pale_pen(writing):
        return 0.04
    straight_mm = _STRAIGHT_MM if writing.length_mm < _LENGTH_MM else _LONG_STRAIGHT_MM
    if writing.broad_mm < straight_mm and writing.bends < _STRAIGHT_BENDS:
        return 0.03
    # The lines of a broad pen run together: its ink tells how much was written.
    written = max(writing.length_mm, writing.area_mm2 / _BROAD_PEN_MM)
    steps = min(
        (written - _LENGTH_MM) / _LENGTH_STEP,
        (writing.bends - _BENDS) / _BENDS_STEP,
        (writing.broad_mm - _BROAD_MM) / _BROAD_STEP,
        (writing.depth - _DEEP) / _DEEP_STEP,
    )
    return float(np.clip(1 / (1 + np.exp(-1.5 * steps)), 0.06, 0.999))


def _may_be_pale_pen(writing: Writing) -> bool:
    written = writing.length_mm >= _PALE_MM and writing.broad_mm >= _BROAD_MM
    return written and writing.crispness >= _CRISP


def read_stamps(
    ink: Ink, colour: NDArray[np.uint8] | None, places: Iterable[Region]
) -> dict[Region, PresenceReading]:
    """Tell for each place of a page whether it is stamped.

    Args:
        ink: of the whole page.
        colour: the whole page in RGB, if the scan has colour.
        places: the boxes to stamp.
    """
    return {place: judge_stamp(score_ring(ink, colour, place)) for place in places}


def judge_stamp(score: float) -> PresenceReading:
    """Present, absent, or unclear where a ring may be half printed or too pale."""
    middle, step = (_RING + _NO_RING) / 2, (_RING - _NO_RING) / 6
    chance = float(np.clip(1 / (1 + np.exp(-(score - middle) / step)), 0.005, 0.995))
    if score >= _RING:
        return PresenceReading(Presence.PRESENT, chance)
    if score <= _NO_RING:
        return PresenceReading(Presence.ABSENT, 1 - chance)
    return PresenceReading(Presence.UNCLEAR, max(chance, 1 - chance))
