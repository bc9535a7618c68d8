"""Whether reading goes otherwise than before: another pen, a dirty scanner, a new form.

Three figures are compared between the last days and the time before: how much goes to
review, how unsure the reader is, how often people decide otherwise than it read. Fields
of one page share its fate, so pages are what is counted; a difference counts if it is
both sure and large enough to matter. What a register may have confirmed is decided by
people mostly where it was wrong: of that, only what was drawn by lot counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import erfc, inf, sqrt

from workflow.trust.judged import JudgedReading, Origin, list_distinct

LEVEL = 0.01
"""Chance that anything at all is called drifting where nothing has changed."""
FEWEST_PAGES = 30
"""Of each time; with fewer nothing is said."""


class Measure(StrEnum):
    """What is watched."""

    REVIEW = "review"
    """Share of fields that the program doubts."""
    DOUBT = "doubt"
    """Mean of what confidences leave to certainty."""
    DISAGREEMENT = "disagreement"
    """Share of decided fields that people read otherwise."""


LEAST_CHANGE = {Measure.REVIEW: 0.01, Measure.DOUBT: 0.005, Measure.DISAGREEMENT: 0.02}
"""Smaller differences, however sure, change nobody's work."""


@dataclass(frozen=True, slots=True)
class Side:
    """A figure in one stretch of time."""

    pages: int
    fields: int
    mean: float
    variance: float
    """Of the mean, by how pages differ."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One figure of one origin, then and now."""

    origin: Origin
    measure: Measure
    before: Side
    recent: Side
    chance: float | None
    """That so large a difference comes about by itself; None with too few pages."""
    drifting: bool


def watch_drift(readings: Iterable[JudgedReading], since: datetime) -> list[Drift]:
    """Compare what was read since a moment with what was read before, for every origin.

    The level is shared among all comparisons that could be made (Bonferroni).
    """
    known = list(readings)
    compared = [
        _compare(origin, measure, known, since)
        for origin in list_distinct(reading.origin for reading in known)
        for measure in Measure
    ]
    tested = sum(chance is not None for *_, chance in compared)
    return [
        Drift(
            origin,
            measure,
            before,
            recent,
            chance,
            chance is not None
            and chance < LEVEL / tested
            and abs(recent.mean - before.mean) >= LEAST_CHANGE[measure],
        )
        for origin, measure, before, recent, chance in compared
    ]


def _compare(
    origin: Origin, measure: Measure, readings: Sequence[JudgedReading], since: datetime
) -> tuple[Origin, Measure, Side, Side, float | None]:
    own = [reading for reading in readings if origin.covers(reading.origin)]
    before = _measure(measure, (r for r in own if r.read_at < since))
    recent = _measure(measure, (r for r in own if r.read_at >= since))
    enough = min(before.pages, recent.pages) >= FEWEST_PAGES
    return origin, measure, before, recent, _find_chance(before, recent) if enough else None


def _measure(measure: Measure, readings: Iterable[JudgedReading]) -> Side:
    """The figure over all fields, and how sure it is by how pages differ."""
    sums: dict[int, tuple[float, int]] = {}
    for page, figure in _list_figures(measure, readings):
        total, count = sums.get(page, (0.0, 0))
        sums[page] = total + figure, count + 1
    pages, fields = len(sums), sum(count for _, count in sums.values())
    if pages < 2:
        return Side(pages, fields, sum(t for t, _ in sums.values()) / max(fields, 1), inf)
    mean = sum(total for total, _ in sums.values()) / fields
    squares = sum((total - mean * count) ** 2 for total, count in sums.values())
    return Side(pages, fields, mean, squares / fields**2 * pages / (pages - 1))


def _list_figures(
    measure: Measure, readings: Iterable[JudgedReading]
) -> Iterator[tuple[int, float]]:
    for reading in readings:
        if measure is Measure.REVIEW:
            yield reading.page, float(not reading.accepted)
        elif measure is Measure.DOUBT:
            yield reading.page, 1 - reading.confidence
        elif reading.right is not None and reading.lot is not False:
            yield reading.page, float(not reading.right)


def _find_chance(one: Side, other: Side) -> float:
    """Two-sided, by the normal approximation."""
    variance = one.variance + other.variance
    if not variance:
        return 1.0 if one.mean == other.mean else 0.0
    return erfc(abs(one.mean - other.mean) / sqrt(2 * variance))
