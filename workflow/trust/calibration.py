"""Whether confidences mean what they say: of fields read at 0.98, 98 in 100 must be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.thresholds import ReadKind
from workflow.trust.judged import Evidence, JudgedReading, Origin

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Nearly all readings are sure: bins are narrow where they lie."""


Weighed = tuple[float, bool, float]
"""Confidence of a reading, whether it was right, and how many readings it stands for."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings of about the same confidence."""

    low: float
    high: float
    n: int
    """Readings that people decided."""
    share: float
    """Of all readings of the kind that stand here, looked at or not."""
    confidence: float
    """The mean."""
    right: float
    """Share of them."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability of one kind of field."""

    kind: ReadKind
    n: int
    bins: tuple[Bin, ...]
    """Those that hold readings."""
    error: float
    """Expected calibration error: the mean distance of confidence and truth."""


def measure_calibration(kind: ReadKind, evidence: Evidence) -> Calibration:
    """The reliability of a kind, as far as people looked.

    What was drawn by lot stands for all that was accepted, or that a register may have
    confirmed; the rest stands for itself.
    """
    own = evidence.select(Origin(kind, None, None))
    doubted = [r for r in own.readings if r.right is not None and not r.accepted and r.lot is None]
    spared = own.spared
    weighed = [
        *(_weigh(r, own.weight) for r in own.drawn),
        *(_weigh(r, spared.weight) for r in spared.drawn),
        *(_weigh(r, 1.0) for r in doubted),
    ]
    bins = fill_bins(weighed)
    return Calibration(kind, len(weighed), bins, measure_error(bins))


def _weigh(reading: JudgedReading, weight: float) -> Weighed:
    return reading.confidence, bool(reading.right), weight


def fill_bins(weighed: Sequence[Weighed], edges: Sequence[float] = EDGES) -> tuple[Bin, ...]:
    """Sort readings by their confidence; bins without any are left out."""
    whole = sum(weight for _, _, weight in weighed)
    return tuple(
        _fill_bin(low, high, part, whole)
        for low, high in pairwise(edges)
        if (part := [w for w in weighed if low <= w[0] < high or w[0] == high == edges[-1]])
    )


def measure_error(bins: Iterable[Bin]) -> float:
    """Expected calibration error (Naeini et al., 2015)."""
    return sum(b.share * abs(b.confidence - b.right) for b in bins)


def _fill_bin(low: float, high: float, part: Sequence[Weighed], whole: float) -> Bin:
    total = sum(weight for _, _, weight in part)
    confidence = sum(said * weight for said, _, weight in part) / total
    right = sum(weight for _, is_right, weight in part if is_right) / total
    return Bin(low, high, len(part), total / whole, confidence, right)
