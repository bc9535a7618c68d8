"""The territorial unit: a family applies where it lives."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule
from validation.territory import name_unit


@rule(
    "unit_keeps_address",
    law="order-02-150/annex-3/art-2(1)",
    forms=("application", "family_declaration"),
    severity=Severity.WARNING,
    meets=("R001-2.1",),
)
def unit_keeps_address(paper: Paper) -> Iterator[Breach]:
    """A paper is taken in by the unit that its address belongs to."""
    unit, other = paper.known.unit, paper.known.unit_of_address
    if unit is not None and other is not None and unit != other:
        told = {"unit": name_unit(other), "taken_in_by": name_unit(unit)}
        yield Breach(paper.field("municipality"), told)
