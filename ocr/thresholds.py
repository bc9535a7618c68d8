"""From which confidence on nobody needs to look: as shipped, or as learned from people.

A network comes with the threshold that its training measured. An installation learns
its own from what people decided there; the most precise one that fits a page holds.
"""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from form_templates.model import Kind
from ocr.cells import list_network_files, load_network

LEAST_ACCEPTED = 0.9
"""No threshold is learned below this, whatever the data say: confidences are only promises."""
SURE_OF_PRESENCE = 0.95
"""Shipped for signatures and stamps, which no network reads."""


class ReadKind(StrEnum):
    """What is read by one means, and has one threshold."""

    MARKS = "marks"
    DIGITS = "digits"
    LETTERS = "letters"
    SIGNATURES = "signatures"
    """Stamps too."""


_KINDS = {
    Kind.CIRCLE: ReadKind.MARKS,
    Kind.DIGITS: ReadKind.DIGITS,
    Kind.LETTERS: ReadKind.LETTERS,
    Kind.SIGNATURE: ReadKind.SIGNATURES,
    Kind.STAMP: ReadKind.SIGNATURES,
}
"""Boxes, rings and lines of text are judged by limits of their own."""


def find_read_kind(kind: Kind) -> ReadKind | None:
    """What a field's threshold is of; None where it has none."""
    return _KINDS.get(kind)


def find_shipped(kind: ReadKind) -> float:
    """The threshold that the program comes with."""
    if kind is ReadKind.SIGNATURES:
        return SURE_OF_PRESENCE
    return load_network(kind.value).accept_above


@cache
def name_network(kind: ReadKind) -> str:
    """The network behind a kind; confidences of another one mean something else."""
    if kind is ReadKind.SIGNATURES:
        return "rules"
    digest = hashlib.sha256()
    for file in list_network_files(kind.value):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Threshold:
    """One learned threshold, with what it was learned from."""

    kind: ReadKind
    form: str | None
    """None: of every form."""
    scanner: str | None
    """None: of every scanner."""
    accept_above: float
    target: float
    """Silent errors in 1,000 accepted fields that it was chosen to stay under."""
    n: int
    """Accepted fields that people looked at, of those it was learned from."""
    learned_on: date

    def __post_init__(self) -> None:
        if not LEAST_ACCEPTED <= self.accept_above <= 1:
            raise ValueError(f"a threshold lies between {LEAST_ACCEPTED} and 1: {self}")

    def fits(self, kind: ReadKind, form: str, scanner: str | None) -> bool:
        """Whether it speaks of such fields."""
        same_form = self.form is None or self.form == form
        same_scanner = self.scanner is None or self.scanner == scanner
        return self.kind is kind and same_form and same_scanner

    @property
    def precision(self) -> tuple[bool, bool]:
        """Sorts the more precise one last: a scanner says more than a form."""
        return self.scanner is not None, self.form is not None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds in force."""

    entries: tuple[Threshold, ...] = ()

    def find(self, kind: ReadKind, form: str, scanner: str | None) -> float:
        """The most precise learned threshold; where none fits, the shipped one."""
        fitting = [entry for entry in self.entries if entry.fits(kind, form, scanner)]
        if not fitting:
            return find_shipped(kind)
        return max(fitting, key=lambda entry: entry.precision).accept_above


@dataclass(frozen=True, slots=True)
class AcceptLimits:
    """What makes a reading sure enough on pages of one form from one scanner."""

    thresholds: Thresholds = Thresholds()
    form: str = ""
    scanner: str | None = None
    known: Container[str] | None = None
    """Personal numbers that a register has; None where none is at hand."""

    def find(self, kind: ReadKind) -> float:
        """From which confidence on nobody needs to look at a field of this kind."""
        return self.thresholds.find(kind, self.form, self.scanner)


SHIPPED = AcceptLimits()
"""Where nothing was learned."""
