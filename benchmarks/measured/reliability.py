"""Whether confidences mean what they say, from observations."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np

from benchmarks.measured.observation import Observation
from benchmarks.measured.plan import LEVEL_GROUPS, STYLES
from benchmarks.result import Cell, Result
from form_templates.model import Kind

_EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)
"""Of the bins; nearly everything lies in the last ones, so they are fine there."""


def count_reliability(observed: Sequence[Observation]) -> Result:
    """Reliability bins and expected calibration error (Naeini et al., 2015) of each kind."""
    rows: list[tuple[Cell, ...]] = []
    said = [o for o in observed if o.confidence is not None]
    for style, (label, levels), kind in product(STYLES, LEVEL_GROUPS.items(), Kind):
        fields = [o for o in said if o.style == style and o.level in levels and o.kind is kind]
        if fields:
            rows += [(style.value, label, kind.value, *row) for row in _count_bins(fields)]
    return Result(
        "Confidence said and share right",
        ("style", "levels", "kind", "confidence", "fields", "said, %", "right, %", "off, points"),
        tuple(rows),
        notes=("off in the row `all`: the expected calibration error, weighted by fields",),
    )


def _count_bins(fields: Sequence[Observation]) -> list[tuple[Cell, ...]]:
    said = np.array([o.confidence for o in fields], np.float64)
    right = np.array([o.right for o in fields], np.float64)
    bins = np.digitize(said, _EDGES[1:-1])
    rows: list[tuple[Cell, ...]] = []
    error = 0.0
    for number, (low, high) in enumerate(pairwise(_EDGES)):
        inside = bins == number
        if inside.any():
            promised, kept = float(said[inside].mean()), float(right[inside].mean())
            error += float(inside.mean()) * abs(promised - kept)
            shares = (100 * promised, 100 * kept, 100 * (promised - kept))
            rows.append((f"{low:g} to {high:g}", int(inside.sum()), *shares))
    means = 100 * float(said.mean()), 100 * float(right.mean())
    return [*rows, ("all", len(fields), *means, 100 * error)]
