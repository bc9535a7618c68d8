"""Block B of the protocol: the visits in vain that ground c rests on.

Order 01-14, annex 1, art. 14(4).
"""

from collections.abc import Iterator
from itertools import pairwise

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.parts import Row
from validation.rules.protocol import break_value, rests_on
from validation.rules.registry import Breach, rule

_PROTOCOL = ("termination_protocol",)
_VISITS = "visits"
_WITNESS = ("witness_surname", "witness_name", "witness_relation", "witness_signature")


@rule(
    "three_visits_made",
    law="order-01-14/annex-1/art-14(4)",
    forms=_PROTOCOL,
    meets=("R003-14.4", "R003-14.1"),
)
def three_visits_made(paper: Paper) -> Iterator[Breach]:
    """Who is said not to live there or not to be met was visited three times."""
    visits = paper.legal_value("protocols/visits")
    if rests_on(paper, "not_met") and visits is not None and visits.number is not None:
        for row in paper.table(_VISITS).list_lacking(int(visits.number)):
            about = {"visits": str(visits.number)}
            yield break_value(visits, f"{_VISITS}[{row}].visit_date", about)


@rule(
    "visits_in_order",
    law="order-01-14/annex-1/art-14(4)",
    forms=_PROTOCOL,
    assumed=True,
    meets=("R003-14.4",),
)
def visits_in_order(paper: Paper) -> Iterator[Breach]:
    """The visits stand in the order they were made."""
    for before, visit in pairwise(_list_visits(paper)):
        earlier, day = before.day("visit_date"), visit.day("visit_date")
        if earlier is not None and day is not None and day < earlier:
            yield Breach(visit.field("visit_date"), {"other": before.field("visit_date")})


@rule(
    "visits_on_days_of_their_own",
    law="order-01-14/annex-1/art-14(4)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-14.4",),
)
def visits_on_days_of_their_own(paper: Paper) -> Iterator[Breach]:
    """Each visit is made on a day of its own: two on one day may be one."""
    for before, visit in pairwise(_list_visits(paper)):
        earlier, day = before.day("visit_date"), visit.day("visit_date")
        if day is not None and day == earlier:
            yield Breach(visit.field("visit_date"), {"other": before.field("visit_date")})


@rule(
    "visits_a_month_apart",
    law="order-01-14/annex-1/art-14(4)(a)",
    forms=_PROTOCOL,
    meets=("R003-14.4", "T20"),
)
def visits_a_month_apart(paper: Paper) -> Iterator[Breach]:
    """From the first to the third visit a month goes by."""
    first, third = _find_visit(paper, 1), _find_visit(paper, 3)
    span = paper.legal_value("protocols/visit_span")
    if first is None or third is None or span is None:
        return
    begun, ended = first.day("visit_date"), third.day("visit_date")
    opens = paper.open_from("third_visit", begun)
    # A date to come is said by itself.
    if begun is None or begun > paper.today or ended is None or opens is None:
        return
    if ended < opens:
        about = {"months": str(span.number), "other": first.field("visit_date")}
        yield break_value(span, third.field("visit_date"), about)


@rule(
    "protocol_on_third_visit",
    law="order-01-14/annex-1/art-14(4)(b)",
    forms=_PROTOCOL,
    meets=("R003-14.4",),
)
def protocol_on_third_visit(paper: Paper) -> Iterator[Breach]:
    """The protocol bears the date of the third visit."""
    third, filled = _find_visit(paper, 3), paper.day("filling_date")
    visited = third.day("visit_date") if third is not None else None
    if third is not None and None not in (visited, filled) and visited != filled:
        yield Breach(paper.field("filling_date"), {"other": third.field("visit_date")})


@rule(
    "visit_before_protocol",
    law="order-01-14/annex-1/art-14(4)(b)",
    forms=_PROTOCOL,
    assumed=True,
    meets=("R003-14.4",),
)
def visit_before_protocol(paper: Paper) -> Iterator[Breach]:
    """Nobody is visited once the protocol has ended the assessment."""
    third, filled = _find_visit(paper, 3), paper.day("filling_date")
    for visit in _list_visits(paper):
        day = visit.day("visit_date")
        is_told = third is not None and visit.row == third.row
        if not is_told and day is not None and filled is not None and day > filled:
            yield Breach(visit.field("visit_date"), {"other": "filling_date"})


@rule(
    "visit_is_witnessed",
    law="order-01-14/annex-1/art-14(4)(d)",
    forms=_PROTOCOL,
    severity=Severity.INFO,
    meets=("R003-14.4",),
)
def visit_is_witnessed(paper: Paper) -> Iterator[Breach]:
    """Each visit has a witness with name, relation and signature: wished for, not demanded."""
    for visit in _list_visits(paper):
        for question in [q for q in _WITNESS if visit.is_empty(q)][:1]:
            yield Breach(visit.field(question))


def _list_visits(paper: Paper) -> tuple[Row, ...]:
    """The visits in vain, where the protocol rests on them."""
    return paper.table(_VISITS).rows if rests_on(paper, "not_met") else ()


def _find_visit(paper: Paper, number: int) -> Row | None:
    """A visit to a family that was not met; None where its row is in doubt."""
    table, visits = paper.table(_VISITS), _list_visits(paper)
    is_sure = table.has_seen(number) and not table.is_doubtful
    return visits[number - 1] if is_sure and len(visits) >= number else None
