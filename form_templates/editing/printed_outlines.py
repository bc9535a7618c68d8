"""Whether a blank shows a box or a ring wherever its template has one.

Without anchors a scan is laid on the blank itself, so a place that is not where the
blank has it is read beside its answer. A blank that is a skewed scan is the usual cause.
"""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from form_templates.errors import TemplateFault, WrongBlank
from form_templates.model import FieldSpec, Kind, Region, TemplatePage
from form_templates.placed import render_placed
from form_templates.specification import Template

_PX_PER_MM = 8.0
_RAYS = 32
_REACH_MM = 0.6
"""How far from its place the outline may be printed: the reader finds it there."""
_DARK = 160
_LEAST_SHARE = 0.6
"""Of the rays from the middle of a place that meet its printed outline."""


def find_missing_outlines(
    template: Template, pages: Iterable[TemplatePage], file: Path
) -> Iterator[TemplateFault]:
    """A fault for each question with a place that the blank shows no outline at."""
    for page in pages:
        paper = template.pages[page.page - 1]
        if paper.blank is None or paper.anchors:
            continue
        blank = next(render_placed(template, [(page.page, page.sheet)], _PX_PER_MM))
        for field in page.fields:
            bare = _find_bare(blank, field)
            if bare:
                detail = f"no {field.kind} is printed at {', '.join(bare)} of {field.id}"
                yield WrongBlank(file, f"pages[{page.page}].blank", detail)


def _find_bare(blank: NDArray[np.uint8], field: FieldSpec) -> list[str]:
    """The codes whose place has no outline."""
    if field.kind not in (Kind.CHECK, Kind.BUBBLE):
        return []
    shares = {o.code: _share_outlined(blank, o.region, field.kind) for o in field.options}
    return [code for code, share in shares.items() if share < _LEAST_SHARE]


def _share_outlined(blank: NDArray[np.uint8], place: Region, kind: Kind) -> float:
    """Share of the rays from the middle that meet something dark near the outline."""
    angles = np.arange(_RAYS) * (2 * math.pi / _RAYS)
    half_x, half_y = place.width_mm / 2, place.height_mm / 2
    across, down = np.cos(angles), np.sin(angles)
    if kind is Kind.CHECK:
        reach = np.minimum(half_x / _off_zero(across), half_y / _off_zero(down))
    else:
        reach = 1 / np.hypot(across / half_x, down / half_y)
    steps = np.arange(-_REACH_MM, _REACH_MM, 0.5 / _PX_PER_MM)
    lengths = reach[:, None] + steps[None, :]
    x = ((place.x_mm + half_x + lengths * across[:, None]) * _PX_PER_MM).astype(int)
    y = ((place.y_mm + half_y + lengths * down[:, None]) * _PX_PER_MM).astype(int)
    seen = blank[y.clip(0, blank.shape[0] - 1), x.clip(0, blank.shape[1] - 1)]
    return float((seen < _DARK).any(axis=1).mean())


def _off_zero(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(abs(values), 1e-9)
