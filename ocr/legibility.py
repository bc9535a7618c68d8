"""Whether the picture shows an answer at all: what was printed there must be seen.

A white patch, a shadow, a blur or a torn piece takes the print with the ink. Then
the place looks empty, or full, and says nothing about the paper.
"""

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec, Kind, Region
from ocr.levels import take_median
from ocr.marks import VIEW_PX_PER_MM, MarkView
from ocr.quality import hides_ink
from ocr.readings import FieldReading, FieldState, Quality, Reason

_MARGIN_MM = 1.0
_LEAST_SHARE = 0.28
"""Of the contrast that print of the kind has elsewhere on the page."""
_LEAST_SLOPE = 0.1
"""Print that is seen has some 0.6; lost print 0.05 and less."""
_PRINT_LEVEL = 170 / 255
"""How dark the blank's print is on a prepared page."""
_INK = 60
"""What is darker than its print by so much, of 255, is ink or dirt."""
_LEAST_BARE = 0.45
_LEAST_LIGHT = 0.55
"""Of the page's own light, what the middle of a place has; under dense writing it has 0.7 and
more. What covers a place darker than that shows nothing of what is below."""
_AROUND_MM = (1.0, 2.5)
"""From where to where the surroundings of a place reach."""
_PLAIN_SLOPE = 0.2
"""Print that follows its blank so well is seen."""
_BESIDE_PX = tuple((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)
_EVERY = 4
"""Of the rows and columns of a page: enough to know how light it is."""
_LEAST_PRINT = 6.0
"""Standard deviation of the blank, of 255: with less print there is nothing to look for."""


def find_lost_fields(
    view: MarkView, specs: Sequence[FieldSpec], written_over: Container[Region] = ()
) -> frozenset[str]:
    """Ids of the fields whose own print cannot be seen on the page, or that something covers.

    Args:
        view: of the page.
        specs: all fields of the page: what is usual is seen from the others.
        written_over: codes and rows of cells whose print is known to lie under a pen's ink.
    """
    places = {spec.id: [p for p in _list_printed(spec) if p not in written_over] for spec in specs}
    lost = _find_covered(view, (spec for spec in specs if places[spec.id]))
    for kind in Kind:
        seen = {
            spec.id: min(measured)
            for spec in specs
            if spec.kind is kind and (measured := _measure_places(view, places[spec.id]))
        }
        if seen:
            # Thin grey frames never come out like black codes: each kind has its own measure.
            usual = float(np.median(list(seen.values())))
            # With few of a kind all may be lost together: their own measure would hide it.
            least = max(_LEAST_SHARE * usual, _LEAST_SLOPE)
            lost |= {name for name, share in seen.items() if share < least}
    return frozenset(lost)


def stands_alone(view: MarkView, place: Region) -> bool:
    """Whether what darkens a place ends with it, as a pen's ink does.

    A strip of film, a shadow or a burnt patch takes what is around the place as well.
    """
    dark = _find_dark(view)
    inner, outer = (_cut(dark, place.grown(reach)) for reach in _AROUND_MM)
    around = cv2.countNonZero(outer) - cv2.countNonZero(inner)
    return around < (outer.size - inner.size) / 2


def _find_covered(view: MarkView, specs: Iterable[FieldSpec]) -> set[str]:
    """Ids of the fields under something dark: a shadow, a folded corner, a strip of film."""
    dark = _find_dark(view)
    places = ((spec.id, _cut(dark, spec.region)) for spec in specs)
    return {id_ for id_, place in places if cv2.countNonZero(place) > place.size / 2}


def _find_dark(view: MarkView) -> NDArray[np.uint8]:
    light = _LEAST_LIGHT * take_median(view.scanned[::_EVERY, ::_EVERY])
    # Compared as whole numbers: in floats that takes eight times as long.
    return np.asarray(view.scanned < math.ceil(light), np.bool_).view(np.uint8)


def _list_printed(spec: FieldSpec) -> list[Region]:
    """Each printed part of a field."""
    return [option.region for option in spec.options] or [spec.region]


def _measure_places(view: MarkView, places: Iterable[Region]) -> list[float]:
    """How well the print of each place is seen, of those that have print."""
    return [m for place in places if (m := _measure_print(view, place)) is not None]


def _measure_print(view: MarkView, place: Region) -> float | None:
    """How strongly the page follows the blank in a place: 1 is ink as dark as print should be.

    Where it seems lost, the page may lie a hair beside its blank: frames are no wider.
    """
    drawn = _cut(view.drawn, place.grown(_MARGIN_MM)).astype(np.float32)
    seen = _follow_print(drawn, _cut(view.printed, place.grown(_MARGIN_MM)))
    if seen is None or seen >= _PLAIN_SLOPE:
        return seen
    moved = (place.moved(x / VIEW_PX_PER_MM, y / VIEW_PX_PER_MM) for x, y in _BESIDE_PX)
    others = (_follow_print(drawn, _cut(view.printed, p.grown(_MARGIN_MM))) for p in moved)
    return max([seen, *(other for other in others if other is not None)])


def _follow_print(drawn: NDArray[np.float32], printed: NDArray[np.uint8]) -> float | None:
    """The slope of what is seen over what is printed, where no pen's ink lies.

    Lost print makes it 0, and so does a shadow over most of the place; None where
    nothing is printed.
    """
    if printed.shape != drawn.shape or printed.size == 0:
        return None
    printed = printed.astype(np.float32)
    if float(np.ravel(cv2.meanStdDev(printed)[1])[0]) < _LEAST_PRINT:
        return None
    bare = drawn - _PRINT_LEVEL * printed < _INK
    count = np.count_nonzero(bare)
    if count < _LEAST_BARE * bare.size:
        return 0.0
    deviation = printed[bare] - printed[bare].mean()
    # Not as a product of matrices: for large fields the library would wake another thread.
    followed, varied = (float(np.einsum("i,i", n, deviation)) for n in (drawn[bare], deviation))
    return followed / max(varied, float(count))


def _cut(layer: NDArray[np.uint8], place: Region) -> NDArray[np.uint8]:
    left, top, right, bottom = (
        max(0, round(v * VIEW_PX_PER_MM))
        for v in (place.x_mm, place.y_mm, place.right_mm, place.bottom_mm)
    )
    return layer[top:bottom, left:right]


def blame_picture(
    readings: Iterable[FieldReading], lost: Container[str], quality: Quality
) -> tuple[FieldReading, ...]:
    """The readings of a page as far as its picture can be trusted.

    Args:
        readings: as if the picture showed all that is on the paper.
        lost: ids of the fields that it does not show.
        quality: of the page.
    """
    hidden = hides_ink(quality)
    return tuple(
        _give_up(reading)
        if reading.id in lost or (hidden and _says_nothing(reading))
        else _doubt(reading)
        if hidden
        else reading
        for reading in readings
    )


def _says_nothing(reading: FieldReading) -> bool:
    """Whether a reading rests on nothing being there."""
    value = reading.value.strip() if isinstance(reading.value, str) else reading.value
    return not value and reading.state in (FieldState.READ, FieldState.EMPTY, FieldState.UNANSWERED)


def _give_up(reading: FieldReading) -> FieldReading:
    """A field that the picture does not show: only another picture can help."""
    return replace(
        reading,
        state=FieldState.UNREADABLE,
        reason=Reason.IMAGE,
        value=None,
        correction=None,
        review=True,
    )


def _doubt(reading: FieldReading) -> FieldReading:
    """What was seen may not be all: it stays for whoever looks, and is not built on."""
    return replace(reading, reason=Reason.IMAGE, review=True)
