"""Readings as the tests of trust invent them: only what is said about them differs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from ocr.thresholds import ReadKind
from workflow.trust.judged import Evidence, JudgedReading, Look, Origin

MARKS = Origin(ReadKind.MARKS, "family_declaration", "front desk")
ALL_MARKS = Origin(ReadKind.MARKS, None, None)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def drawn(
    count: int,
    confidence: float = 0.999,
    *,
    right: bool = True,
    origin: Origin = MARKS,
    at: datetime = NOON,
    first_page: int = 0,
) -> list[JudgedReading]:
    """Accepted fields, drawn by lot and decided; each stands on a page of its own."""
    return [
        JudgedReading(origin, first_page + n, at, confidence, True, Look.DRAWN, right)
        for n in range(count)
    ]


def doubted(
    count: int,
    confidence: float,
    *,
    right: bool = True,
    at: datetime = NOON,
    first_page: int = 0,
) -> list[JudgedReading]:
    """Fields that the threshold kept from being accepted."""
    return [
        JudgedReading(MARKS, first_page + n, at, confidence, False, Look.DOUBT, right)
        for n in range(count)
    ]


def spare(readings: Iterable[JudgedReading], *, lot: bool = False) -> list[JudgedReading]:
    """The same where a register may have confirmed them: what is right and not drawn, unseen."""
    return [replace(r, lot=lot, right=None if r.right and not lot else r.right) for r in readings]


def gather(*parts: Iterable[JudgedReading], accepted: int | None = None) -> Evidence:
    """All of them; as many accepted as were drawn, where nobody says otherwise."""
    readings = [reading for part in parts for reading in part]
    counted = Counter(reading.origin for reading in readings if reading.accepted)
    known = counted if accepted is None else {MARKS: accepted}
    return Evidence(readings, known, simulated=False)
