"""Block A: a family lives in some room of some size.

A8 stands as the family states it, and is trusted (art. 6(7)); so an answer that no
dwelling fits is a doubt about what was read, which a person looks at.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "dwelling_has_area",
    law="order-01-14/annex-1/art-6(7)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-6.7",),
)
def dwelling_has_area(paper: Paper) -> Iterator[Breach]:
    """The dwelling of a family (A8) measures more than 0."""
    if paper.number("A8") == 0:
        yield Breach(paper.field("A8"))


@rule(
    "dwelling_has_room",
    law="order-01-14/annex-1/art-6(8)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-6.8",),
)
def dwelling_has_room(paper: Paper) -> Iterator[Breach]:
    """A family lives in one room at least (A9)."""
    if paper.number("A9") == 0:
        yield Breach(paper.field("A9"))


@rule(
    "rooms_fit_area",
    law="order-01-14/annex-1/art-6(8)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-6.7", "R003-6.8"),
)
def rooms_fit_area(paper: Paper) -> Iterator[Breach]:
    """The dwelling's area (A8) fits the number of its rooms (A9).

    A digit too many in either answer shows here, although each alone is possible.
    """
    area, rooms = paper.number("A8"), paper.number("A9")
    if not area or not rooms:
        return
    least = paper.legal_number("plausibility/least_room_area")
    most = paper.legal_number("plausibility/most_room_area")
    if least is not None and most is not None and not least <= area / rooms <= most:
        said = {"area": str(area), "rooms": str(rooms), "other": paper.field("A8")}
        yield Breach(paper.field("A9"), said)
