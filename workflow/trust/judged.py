"""What the program read, with what people decided of it: all that thresholds rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ocr.readings import FieldState, Reason
from ocr.thresholds import ReadKind

TAKES_EFFECT = frozenset({FieldState.READ, FieldState.EMPTY, FieldState.CORRECTED})
"""States in which a field that nobody doubts takes effect with nobody looking."""
_UNSURE = frozenset({Reason.DOUBTFUL_MARK, Reason.DOUBTFUL_VALUE})
"""Reasons that a threshold decides about."""


class Look(StrEnum):
    """Why people looked at a field, if they did."""

    NONE = "none"
    """Nobody did: it was accepted."""
    DOUBT = "doubt"
    """The program was less sure than its threshold asks for."""
    DRAWN = "drawn"
    """It was accepted and drawn by lot: such fields stand for all that were accepted."""
    OTHER = "other"
    """For what the paper says, or what a rule found: no threshold changes that."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where fields come from, as far as a threshold may be their own."""

    kind: ReadKind
    form: str | None
    scanner: str | None
    """None: nobody said; in a question, any."""

    def covers(self, other: "Origin") -> bool:
        """Whether fields of the other origin are asked for too."""
        same_form = self.form is None or self.form == other.form
        same_scanner = self.scanner is None or self.scanner == other.scanner
        return self.kind is other.kind and same_form and same_scanner


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """One field as it was read, and whether that was right."""

    origin: Origin
    page: int
    """Fields of one page share its fate."""
    read_at: datetime
    confidence: float
    accepted: bool
    """It takes effect, and the program had no doubt."""
    look: Look
    right: bool | None
    """None: nobody has decided it."""
    simulated: bool = False
    lot: bool | None = None
    """Of an unsure reading that a register may have confirmed: whether it was drawn by lot.

    Those that are wrong go to people, and the right ones mostly do not. So only what was
    drawn, and looked at either way, says how often such readings are right. None: no
    register comes between.
    """


def is_accepted(state: str, *, review: bool) -> bool:
    """Whether a field takes effect with nobody looking."""
    return not review and state in TAKES_EFFECT


def is_threshold_doubt(reason: str, *, review: bool) -> bool:
    """Whether a lower threshold might have accepted the field."""
    return review and reason in _UNSURE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What people decided, and of how many accepted fields that is a part."""

    readings: Sequence[JudgedReading]
    """Those that people looked at, and those that a register may have spared them."""
    accepted: Mapping[Origin, int]
    """Accepted fields of each origin, looked at or not."""
    simulated: bool
    """All of it is simulated paper."""

    def select(self, origin: Origin) -> "Evidence":
        """What is about one origin."""
        return Evidence(
            [reading for reading in self.readings if origin.covers(reading.origin)],
            {known: count for known, count in self.accepted.items() if origin.covers(known)},
            self.simulated,
        )

    @property
    def drawn(self) -> list[JudgedReading]:
        """Decided fields that were drawn by lot from all accepted ones."""
        return [r for r in self.readings if r.look is Look.DRAWN and r.right is not None]

    @property
    def spared(self) -> "Spared":
        """What a register may have confirmed."""
        return find_spared(self.readings)

    @property
    def weight(self) -> float:
        """How many accepted fields each drawn one stands for."""
        return sum(self.accepted.values()) / max(len(self.drawn), 1)


@dataclass(frozen=True, slots=True)
class Spared:
    """Unsure readings that a register may have confirmed, and those that stand for them all."""

    count: int
    drawn: Sequence[JudgedReading]
    """Drawn by lot, and decided."""

    @property
    def weight(self) -> float:
        """How many each drawn one stands for."""
        return self.count / max(len(self.drawn), 1)


def find_spared(readings: Iterable[JudgedReading]) -> Spared:
    """Those among some readings."""
    spared = [reading for reading in readings if reading.lot is not None]
    return Spared(len(spared), [r for r in spared if r.lot and r.right is not None])


def list_origins(origins: Iterable[Origin]) -> list[Origin]:
    """Every kind alone, then by form, by scanner, and by both, as far as they occur."""
    found: dict[Origin, None] = {}
    for origin in dict.fromkeys(origins):
        found |= dict.fromkeys(_widen(origin))
    return sorted(found, key=_sort_origin)


def list_distinct(origins: Iterable[Origin]) -> list[Origin]:
    """The same without those that cover nothing else than a wider one does."""
    known = frozenset(origins)
    widest: dict[frozenset[Origin], Origin] = {}
    for origin in sorted(list_origins(known), key=_count_limits):
        widest.setdefault(frozenset(filter(origin.covers, known)), origin)
    return sorted(widest.values(), key=_sort_origin)


def _count_limits(origin: Origin) -> int:
    return (origin.form is not None) + (origin.scanner is not None)


def _widen(origin: Origin) -> Iterator[Origin]:
    for form in dict.fromkeys((None, origin.form)):
        for scanner in dict.fromkeys((None, origin.scanner)):
            yield Origin(origin.kind, form, scanner)


def _sort_origin(origin: Origin) -> tuple[int, str, str]:
    return list(ReadKind).index(origin.kind), origin.form or "", origin.scanner or ""
