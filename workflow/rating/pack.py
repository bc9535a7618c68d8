"""A methodology pack: how a score is computed, as dated data with a checksum.

The pack that ships is a demonstration, `official = false`; whatever is made with it
says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Parameter(StrEnum):
    """The single numbers that every pack states."""

    SCALE = "scale"
    BASE = "base"
    LEAST_WELFARE = "least_welfare"
    UNIT_NEED = "unit_need"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Input:
    """One answer that counts towards welfare."""

    id: str
    question: str
    unit: str
    coefficient: Decimal
    table: str | None = None
    """Table whose every row answers the question."""
    code: str | None = None
    """Counts 1 where this code is circled; None: the written number counts."""
    blank: str = ""
    """When an unanswered question counts as nothing: `always`, `C1` (where that is
    answered), `A11=2` (where that code is circled); never where empty."""

    @property
    def condition(self) -> tuple[str, str | None] | None:
        """The question, and perhaps its code, that lets this one be blank."""
        if self.blank in ("", "always"):
            return None
        question, _, code = self.blank.partition("=")
        return question, code or None


@dataclass(frozen=True, slots=True)
class Band:
    """What a member of an age needs, in shares of one need."""

    id: str
    from_years: int
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Addition:
    """What a member in a condition or of a status needs besides."""

    id: str
    question: str
    code: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Needs:
    """How the needs of a family are counted."""

    table: str
    born: str
    """Question with the birth date."""
    bands: tuple[Band, ...]
    """The youngest first; the first begins at birth."""
    additions: tuple[Addition, ...]

    @property
    def weights(self) -> tuple[Band | Addition, ...]:
        """All that a member may need."""
        return (*self.bands, *self.additions)


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of one methodology."""

    name: str
    start: date
    official: bool
    """False: a demonstration; no decision may rest on a score made with it."""
    form: str
    editions: frozenset[date]
    """Editions of the form whose codes it speaks of."""
    parameters: Mapping[Parameter, Measure]
    welfare: tuple[Input, ...]
    needs: Needs
    checksum: str
    """SHA-256 of the file that says all this."""
    labels: Mapping[str, Mapping[str, str]]
    """Language -> key -> wording: `pack.statement`, `line.salary`."""

    @property
    def key(self) -> str:
        """Name and date, as ratings keep it: `demonstration/2015-05-01`."""
        return f"{self.name}/{self.start.isoformat()}"

    @property
    def part_ids(self) -> tuple[str, ...]:
        """Ids of all inputs and weights; a line of the explanation bears one of them."""
        return tuple(part.id for part in (*self.welfare, *self.needs.weights))

    def number(self, parameter: Parameter) -> Decimal:
        """The number of a parameter."""
        return self.parameters[parameter].number

    def label(self, key: str, language: str) -> str:
        """The wording of a key; raises KeyError for an unknown one."""
        return self.labels[language][key]
