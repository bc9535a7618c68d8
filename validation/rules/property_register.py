"""Blocks A and D against the property register.

What is not registered is taken on the family's word, and land may be leased, so more on the
paper than in the register is no error; less is a mismatch, which the agent notes in block F
and a person looks at (order 01-14, annex 1, art. 6(6)-(11), 9(1)-(2)).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from validation.disposition import Severity
from validation.registers import PropertyEntry, Register, RegisterAnswer
from validation.rules.answers_of_registers import (
    has_all_answers,
    list_answers,
    list_entries,
    take_telling,
)
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_OUTBUILDINGS = frozenset({"other"})
"""What A7 lists: workshops, sheds, cellars, shops, garages, unfinished buildings. Whoever
owns a dwelling and none of these circles "none"."""
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Dwelling:
    """One registered dwelling with what the family owns of it."""

    area: Decimal
    share: Decimal

    @property
    def owned(self) -> Decimal:
        return self.area * min(self.share, _WHOLE)


@rule(
    "registered_buildings_are_named",
    law="order-01-14/annex-1/art-6(6)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-6.6", "R000-V"),
)
def registered_buildings_are_named(paper: Paper) -> Iterator[Breach]:
    """A family that owns none of the buildings of A7 has none in the property register."""
    owning = [answer for _, answer in _list_owned(paper, _OUTBUILDINGS)]
    if owning and "none" in (paper.meanings("A7") or ()):
        yield Breach(paper.field("A7"), evidence=tuple(dict.fromkeys(owning)))


@rule(
    "dwelling_area_as_registered",
    law="order-01-14/annex-1/art-6(7)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-6.7", "R000-V"),
)
def dwelling_area_as_registered(paper: Paper) -> Iterator[Breach]:
    """Who owns one dwelling and no other lives in it: A8 is its registered area.

    Only so is it sure which dwelling the register means; who rents is taken at their word.
    """
    dwellings, written = _list_dwellings(paper), paper.number("A8")
    alone = len(dwellings) == 1 and has_all_answers(paper, Register.PROPERTY)
    if not alone or paper.meaning("A11") != "no" or written is None or dwellings[0].share < _WHOLE:
        return
    if written != dwellings[0].area:
        told = {"written": str(written), "registered": str(dwellings[0].area)}
        yield Breach(paper.field("A8"), told, evidence=_take_evidence(paper))


@rule(
    "registered_dwellings_are_named",
    law="order-01-14/annex-1/art-6(10)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-6.10", "R000-V"),
)
def registered_dwellings_are_named(paper: Paper) -> Iterator[Breach]:
    """A family without another dwelling (A11) owns one registered dwelling at most."""
    dwellings = _list_dwellings(paper)
    if paper.meaning("A11") == "no" and len(dwellings) > 1:
        told = {"count": str(len(dwellings))}
        yield Breach(paper.field("A11"), told, evidence=_take_evidence(paper))


@rule(
    "other_dwellings_as_registered",
    law="order-01-14/annex-1/art-6(11)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-6.11", "R000-V"),
)
def other_dwellings_as_registered(paper: Paper) -> Iterator[Breach]:
    """A12 is no less than what is registered, the largest dwelling left to live in."""
    owned = sorted(dwelling.owned for dwelling in _list_dwellings(paper))
    written, registered = paper.number("A12"), sum(owned[:-1], Decimal(0))
    if written is not None and written < registered:
        told = {"written": str(written), "registered": f"{registered:.2f}"}
        yield Breach(paper.field("A12"), told, evidence=_take_evidence(paper))


@rule(
    "registered_land_is_named",
    law="order-01-14/annex-1/art-9(1)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-9.1", "R003-9.2", "R000-V"),
)
def registered_land_is_named(paper: Paper) -> Iterator[Breach]:
    """Registered land stands in D1 and D2, unless others hold it."""
    land = list(_list_owned(paper, frozenset({"land"})))
    registered = sum((entry.area * entry.share for entry, _ in land), Decimal(0))
    written = Decimal(0) if paper.meaning("D1") == "no" else paper.number("D2")
    if written is not None and written < registered:
        field = paper.field("D1" if paper.meaning("D1") == "no" else "D2")
        told = {"written": str(written), "registered": f"{registered:.4f}"}
        evidence = tuple(dict.fromkeys(answer for _, answer in land))
        yield Breach(field, told, evidence=evidence)


def _list_owned(
    paper: Paper, kinds: frozenset[str]
) -> Iterator[tuple[PropertyEntry, RegisterAnswer]]:
    """What members have in their names, of some kinds."""
    for _, entry, answer in list_entries(paper, Register.PROPERTY, PropertyEntry):
        if entry.kind in kinds:
            yield entry, answer


def _list_dwellings(paper: Paper) -> list[_Dwelling]:
    """The registered dwellings of the family; what members own in common stands once.

    The address tells them apart; where the register gives none, the area does.
    """
    found: dict[str, _Dwelling] = {}
    for entry, _ in _list_owned(paper, frozenset({"dwelling"})):
        place = entry.address.strip() or str(entry.area)
        share = entry.share + (found[place].share if place in found else 0)
        found[place] = _Dwelling(entry.area, share)
    return list(found.values())


def _take_evidence(paper: Paper) -> tuple[RegisterAnswer, ...]:
    return take_telling(answer for _, answer in list_answers(paper, Register.PROPERTY))
