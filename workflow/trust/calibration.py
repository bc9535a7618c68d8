"""Whether confidences mean what they say: of fields read at 0.98, 98 in 100 must be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.thresholds import ReadKind
from workflow.trust.judged import Evidence, JudgedReading, Origin

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Nearly all readings are sure: bins are narrow where they lie."""


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

    What was drawn by lot stands for all that was accepted; the rest stands for itself.
    """
    own = evidence.select(Origin(kind, None, None))
    doubted = [r for r in own.readings if r.right is not None and not r.accepted]
    weighed = [(r, own.weight) for r in own.drawn] + [(r, 1.0) for r in doubted]
    whole = sum(w for _, w in weighed)
    bins = tuple(
        _fill_bin(low, high, part, whole)
        for low, high in pairwise(EDGES)
        if (part := [(r, w) for r, w in weighed if _is_between(r.confidence, low, high)])
    )
    error = sum(b.share * abs(b.confidence - b.right) for b in bins)
    return Calibration(kind, len(weighed), bins, error)


def _is_between(confidence: float, low: float, high: float) -> bool:
    return low <= confidence < high or confidence == high == EDGES[-1]


def _fill_bin(
    low: float, high: float, part: Sequence[tuple[JudgedReading, float]], whole: float
) -> Bin:
    weight = sum(w for _, w in part)
    confidence = sum(r.confidence * w for r, w in part) / weight
    right = sum(w for r, w in part if r.right) / weight
    return Bin(low, high, len(part), weight / whole, confidence, right)
