"""Block F and closing: how credible it is, and when it was filled."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "doubts_have_reasons",
    law="order-01-14/annex-1/art-12(4)",
    forms=_DECLARATION,
    decides=("F2_reasons",),
    meets=("R003-12.4", "R003-11.4"),
)
def doubts_have_reasons(paper: Paper) -> Iterator[Breach]:
    """Reasons are circled where the information needs checking, and only there."""
    answer, reasons = paper.meaning("F2"), paper.meanings("F2_reasons")
    unexplained = answer == "needs_checking" and reasons == frozenset()
    if unexplained or (answer == "credible" and reasons):
        yield Breach(paper.field("F2_reasons"), {"other": "F2"})


@rule(
    "filled_by_today",
    law="order-01-14/annex-1/art-13",
    forms=_DECLARATION,
    meets=("R003-13",),
)
def filled_by_today(paper: Paper) -> Iterator[Breach]:
    """Nothing is filled on a day that has not come."""
    day = paper.day("filling_date")
    if day is not None and day > paper.today:
        yield Breach(paper.field("filling_date"), {"day": day.isoformat()})


@rule(
    "filled_under_edition",
    law="order-01-14/art-2",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-0.1",),
)
def filled_under_edition(paper: Paper) -> Iterator[Breach]:
    """No form is filled before its order applies."""
    day = paper.day("filling_date")
    if day is not None and day < paper.edition:
        yield Breach(paper.field("filling_date"), {"day": day.isoformat()})


@rule(
    "visit_ends_after_start",
    law="order-01-14/annex-1/art-13",
    forms=_DECLARATION,
    meets=("R003-13",),
)
def visit_ends_after_start(paper: Paper) -> Iterator[Breach]:
    """A visit ends later than it starts."""
    start, end = paper.clock("visit_start"), paper.clock("visit_end")
    if start is not None and end is not None and end <= start:
        yield Breach(paper.field("visit_end"), {"other": "visit_start"})
