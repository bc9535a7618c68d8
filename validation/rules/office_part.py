"""The part of a paper that the office fills: a blank there is not the family's fault.

A fault rejects an application (order 02-150, annex 3, art. 3) and sends a request back to
whoever asked; what the officer who took the paper in has left out does neither. Nobody prints
what the part must hold, so each rule is our reading: `assumed`.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_REQUEST = "order-02-150/annex-3/art-12(7)"
_RECEIPT = ("registration_number", "received_date", "officer_surname", "officer_signature")


@rule(
    "office_fills_its_part",
    law="order-02-150/annex-3/art-2(2)",
    forms=("application",),
    also={
        "correction_request": _REQUEST,
        "municipal_application": "gurjaani-programme-2015/art-12(2)",
    },
    severity=Severity.WARNING,
    decides=("registration_number", "received_date", "officer_*"),
    assumed=True,
    meets=("R001-2.2.a", "R001-2.2.b", "R002-12.2"),
)
def office_fills_its_part(paper: Paper) -> Iterator[Breach]:
    """Whoever took the paper in has registered, dated and signed it."""
    yield from map(Breach, paper.list_empty(_RECEIPT))


@rule(
    "receiving_unit_is_named",
    law="order-02-150/annex-3/art-2(2)",
    forms=("application",),
    also={"correction_request": _REQUEST},
    severity=Severity.WARNING,
    decides=("local_unit",),
    assumed=True,
    meets=("R001-2.1", "R001-2.2.a"),
)
def receiving_unit_is_named(paper: Paper) -> Iterator[Breach]:
    """The unit that took the paper in is named."""
    yield from map(Breach, paper.list_empty(("local_unit",)))


@rule(
    "place_of_filling_is_marked",
    law=_REQUEST,
    forms=("correction_request",),
    severity=Severity.WARNING,
    decides=("filled_at",),
    assumed=True,
    meets=("R001-12.7",),
)
def place_of_filling_is_marked(paper: Paper) -> Iterator[Breach]:
    """The officer has marked where the request was filled: at a visit, or at the unit."""
    yield from map(Breach, paper.list_empty(("filled_at",)))
