"""Whether confidences mean what they say, from observations."""

from collections.abc import Sequence
from itertools import product

from benchmarks.measured.observation import Observation
from benchmarks.measured.plan import LEVEL_GROUPS, STYLES
from benchmarks.result import Cell, Result
from form_templates.model import Kind
from workflow.trust.calibration import fill_bins, measure_error

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
    weighed = [(o.confidence, o.right, 1.0) for o in fields if o.confidence is not None]
    bins = fill_bins(weighed, _EDGES)
    rows: list[tuple[Cell, ...]] = [
        (f"{b.low:g} to {b.high:g}", b.n, *_in_percent(b.confidence, b.right)) for b in bins
    ]
    said = sum(confidence for confidence, _, _ in weighed) / len(weighed)
    right = sum(is_right for _, is_right, _ in weighed) / len(weighed)
    return [*rows, ("all", len(weighed), 100 * said, 100 * right, 100 * measure_error(bins))]


def _in_percent(said: float, right: float) -> tuple[float, float, float]:
    return 100 * said, 100 * right, 100 * (said - right)
