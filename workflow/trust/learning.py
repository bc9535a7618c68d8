"""Chooses thresholds by what people decided, so that silent errors stay under a target; pure.

A threshold moves only on evidence. It sinks as far as the upper end of the interval
stays under the target, and rises where the lower end lies above it; with anything in
between it stays, and what is told is how many more decisions would settle it. Steps are
taken one by one from the threshold in force and end at the first that fails: so the
level of each bound holds for the whole walk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ocr.thresholds import LEAST_ACCEPTED, Thresholds
from workflow.trust.bounds import SURE, bound_above, bound_below, count_needed
from workflow.trust.judged import Evidence, JudgedReading, Look, Origin, find_spared

STEPS = (
    *(LEAST_ACCEPTED, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997),
    *(0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995, 0.99999, 0.999999),
)
"""What thresholds may be, besides the one in force."""


class Advice(StrEnum):
    """What the decisions say of a threshold."""

    LOWER = "lower"
    """Fewer fields need a look: the target is kept without."""
    RAISE = "raise"
    """More silent errors than the target allows."""
    KEEP = "keep"
    """The target is kept; a lower threshold would not keep it for certain."""
    TOO_FEW = "too_few"
    """Too few decisions to say anything."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Silent errors that a threshold would let through, in 1,000 accepted fields."""

    n: int
    """Fields people looked at that it accepts."""
    errors: int
    rate: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned about one threshold."""

    origin: Origin
    before: float
    accept_above: float
    target: float
    advice: Advice
    now: Estimate
    """At the threshold in force."""
    then: Estimate
    """At the one that is advised."""
    needed: int
    """More looks at accepted fields that would prove the target; 0 where it is proven."""


def learn_thresholds(
    origins: Iterable[Origin], evidence: Evidence, thresholds: Thresholds, target: float
) -> list[Lesson]:
    """Say what becomes of the thresholds in force for each origin."""
    return [
        learn_threshold(
            origin,
            evidence,
            thresholds.find(origin.kind, origin.form or "", origin.scanner),
            target,
        )
        for origin in origins
    ]


def learn_threshold(origin: Origin, evidence: Evidence, before: float, target: float) -> Lesson:
    """Say what becomes of the threshold in force for fields of an origin.

    Args:
        origin: the fields that it is about.
        evidence: of any origin.
        before: the threshold in force.
        target: silent errors in 1,000 accepted fields.
    """
    own = evidence.select(origin)
    now = estimate(own, before, before)
    advice, after, then = Advice.TOO_FEW, before, now
    if now.upper <= target:
        after, then = _walk_down(own, before, target)
        advice = Advice.LOWER if after < before else Advice.KEEP
    elif now.lower > target:
        after, then = _walk_up(own, before, target)
        advice = Advice.RAISE
    needed = 0 if now.upper <= target else count_needed(now.errors, target / 1000) - now.n
    return Lesson(origin, before, after, target, advice, now, then, max(needed, 0))


def estimate(evidence: Evidence, accept_above: float, before: float) -> Estimate:
    """The errors among what a threshold accepts.

    Fields drawn by lot stand for all that were accepted. Below the threshold in force
    every field was looked at, and stands for itself; but where a register may have
    confirmed them, those drawn by lot stand for all.
    """
    kept = [r for r in evidence.drawn if r.confidence >= accept_above]
    freed = [
        r
        for r in evidence.readings
        if r.look is Look.DOUBT and accept_above <= r.confidence < before
    ]
    seen = [r for r in freed if r.lot is None and r.right is not None]
    spared = find_spared(freed)
    return _combine(
        [
            (kept, evidence.weight * len(kept)),
            (seen, float(len(seen))),
            (spared.drawn, float(spared.count)),
        ]
    )


def _combine(parts: Sequence[tuple[Sequence[JudgedReading], float]]) -> Estimate:
    """The rate over several groups of fields, each with its weight among all.

    Of a group that nobody looked at, all may be wrong.
    """
    used = [(part, weight) for part, weight in parts if part or weight]
    whole = sum(weight for _, weight in used)
    if not whole:
        return Estimate(0, 0, 0.0, 0.0, 1000.0)
    sure = 1 - (1 - SURE) / len(used)
    rates = [0.0, 0.0, 0.0]
    for part, weight in used:
        wrong = count_wrong(part)
        ends = (
            wrong / max(len(part), 1),
            bound_below(wrong, len(part), sure),
            bound_above(wrong, len(part), sure),
        )
        rates = [sum_ + 1000 * end * weight / whole for sum_, end in zip(rates, ends, strict=True)]
    n, errors = sum(len(part) for part, _ in used), sum(count_wrong(part) for part, _ in used)
    return Estimate(n, errors, *rates)


def count_wrong(readings: Iterable[JudgedReading]) -> int:
    """How many were read wrongly."""
    return sum(reading.right is False for reading in readings)


def _walk_down(own: Evidence, before: float, target: float) -> tuple[float, Estimate]:
    best = before, estimate(own, before, before)
    for step in sorted((step for step in STEPS if step < before), reverse=True):
        seen = estimate(own, step, before)
        if seen.upper > target:
            break
        best = step, seen
    return best


def _walk_up(own: Evidence, before: float, target: float) -> tuple[float, Estimate]:
    """To the first step that lets no more through than the target; to the last if none does."""
    best = before, estimate(own, before, before)
    for step in (step for step in STEPS if step > before):
        best = step, estimate(own, step, before)
        if best[1].rate <= target:
            break
    return best
