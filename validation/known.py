"""What is known of a family beside its paper: our own registry, and the registers of others.

A rule that needs it is silent where nothing is known, so a paper can be checked without.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from validation.registers import Answers, ExtractGap, Register


class Stage(StrEnum):
    """How far a paper is; what follows from a conflict depends on it (REQUIREMENTS X-06)."""

    INTAKE = "intake"
    """An application: order 02-150, annex 3, arts. 2-3."""
    VISIT = "visit"
    """What an agent filled, before it is entered: order 01-14, annex 1."""
    CROSS_CHECK = "cross_check"
    """Entered, not yet scored: programme overview, step V."""


class BanKind(StrEnum):
    """Why a family may not ask for registration."""

    WAIVER = "waiver"
    """It gave its registration up: order 02-150, annex 3, art. 2(3)."""
    FALSE_DATA = "false_data"
    """Its registration ended for false data: order 01-14, annex 1, art. 4(1)."""


@dataclass(frozen=True, slots=True)
class Ban:
    """From when on a family may not ask again; how long, the law of that day says."""

    kind: BanKind
    start: date
    family_code: str
    members: tuple[str, ...] = ()
    """Personal numbers of the family as its newest entry names them."""


@dataclass(frozen=True, slots=True)
class Membership:
    """That a person stands in another family of the registry."""

    family_code: str
    form: str
    """Paper that says so: `application`, `family_declaration`."""
    since: date


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """The family of a paper as our registry has it."""

    family_code: str
    unit: str
    """Code of the unit of its newest address; of the one that keeps it, where that is in doubt."""
    applied_on: date | None
    """Day of the newest application entered that stands."""
    declared_on: date | None
    """Day of filling of the newest declaration entered."""
    receives_assistance: bool
    members: tuple[str, ...]
    """Personal numbers of the newest declaration, in its order."""
    applied_for: tuple[str, ...]
    """Personal numbers that the newest application names."""


_NONE: Mapping[Register, Answers] = MappingProxyType({})
_WHOLE: Mapping[Register, ExtractGap] = MappingProxyType({})
_NOWHERE: Mapping[str, tuple[Membership, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known beside the paper; what is empty was not asked or found nothing."""

    stage: Stage = Stage.VISIT
    unit: str | None = None
    """Code of the local unit that took the paper in."""
    unit_of_address: str | None = None
    """Code of the unit that the address on the paper belongs to; None where in doubt."""
    family: KnownFamily | None = None
    """By the family code on the paper."""
    elsewhere: Mapping[str, tuple[Membership, ...]] = field(default_factory=lambda: _NOWHERE)
    """Personal number -> the other families that it stands in."""
    bans: tuple[Ban, ...] = ()
    """Of the people on the paper and of its family."""
    registers: Mapping[Register, Answers] = field(default_factory=lambda: _NONE)
    """Register -> its answers; one that is absent was not asked."""
    gaps: Mapping[Register, ExtractGap] = field(default_factory=lambda: _WHOLE)
    """Register -> what its extract may lack about the people on the paper."""


NOTHING_KNOWN = Known()
