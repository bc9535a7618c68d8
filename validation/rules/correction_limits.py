"""Limits of a correction that take the registry to know: terms, region, act, recalculation.

Each is silent where the family is unknown; a request that breaks one goes back to whoever
asked, who may ask for a repeated assessment instead (order 02-150, annex 3, art. 13).
"""

from collections.abc import Iterator
from datetime import date

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule
from validation.territory import is_other_region, name_unit

_REQUEST = ("correction_request",)
_KINDS = "correction_kinds"
_BORN = ("born", "adopted")


@rule(
    "score_corrected_in_time",
    law="order-02-150/annex-3/art-12(4)",
    forms=_REQUEST,
    meets=("R001-12.4", "T16", "X-13"),
)
def score_corrected_in_time(paper: Paper) -> Iterator[Breach]:
    """What affects the score is corrected within months of the declaration, not later.

    Whether that holds for a demographic change too is a setting.
    """
    for_all = paper.choice("correction_limits") == "three_months_for_all"
    limited = {"score", "demographic"} if for_all else {"score"}
    asked, last = paper.day("request_date"), paper.due_on("score_correction", _find_declared(paper))
    term = paper.legal_value("deadlines/score_correction")
    if term is not None and asked is not None and last is not None and asked > last:
        for kind in sorted(limited & _list_kinds(paper)):
            told = {"kind": kind, "day": last.isoformat()}
            yield Breach(paper.field(_KINDS), told, assumed=term.assumed)


@rule(
    "child_entered_in_time",
    law="order-02-150/annex-3/art-12(8.2)",
    forms=_REQUEST,
    meets=("R001-12.8", "T17", "X-13"),
)
def child_entered_in_time(paper: Paper) -> Iterator[Breach]:
    """A child is entered by correction within years of the declaration, not later."""
    asked, last = paper.day("request_date"), paper.due_on("child_correction", _find_declared(paper))
    term = paper.legal_value("corrections/child_event")
    if term is not None and asked is not None and last is not None and asked > last:
        for row in paper.table("changes").rows:
            if row.meaning("change") in _BORN:
                told = {"day": last.isoformat()}
                yield Breach(row.field("change"), told, assumed=term.assumed)


@rule(
    "address_stays_in_region",
    law="order-02-150/annex-3/art-12(3)",
    forms=_REQUEST,
    meets=("R001-12.3",),
)
def address_stays_in_region(paper: Paper) -> Iterator[Breach]:
    """A correction takes the address to no other region, nor to another district of Tbilisi."""
    move = _find_move(paper)
    if move is not None and is_other_region(*move) is True:
        yield _report_move(paper, move)


@rule(
    "address_stays_in_municipality",
    law="order-02-150/annex-3/art-12(3)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-12.3",),
)
def address_stays_in_municipality(paper: Paper) -> Iterator[Breach]:
    """A correction leaves the municipality as it is; another one of the region is left open."""
    move = _find_move(paper)
    if move is not None and is_other_region(*move) is None:
        yield _report_move(paper, move)


@rule(
    "recalculation_explained",
    law="order-02-150/annex-3/art-12(9)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    meets=("R001-12.9", "R001-12.11"),
)
def recalculation_explained(paper: Paper) -> Iterator[Breach]:
    """A family that receives the assistance says whether it wants recalculation or a check."""
    is_asked = _receives(paper) and "demographic" in _list_kinds(paper)
    if is_asked and paper.is_empty("recalculation"):
        yield Breach(paper.field("recalculation"))


@rule(
    "correction_takes_act",
    law="order-02-150/annex-3/art-12(6)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    meets=("R001-12.6", "X-14"),
)
def correction_takes_act(paper: Paper) -> Iterator[Breach]:
    """Nothing that takes an act of the head of the unit is asked for.

    The act stands on no paper that the program reads: whoever confirms the request has it.
    """
    if paper.known.family is not None:
        for kind in sorted({"score", "demographic"} & _list_kinds(paper)):
            if kind == "score" or not _goes_without_act(paper):
                yield Breach(paper.field(_KINDS), {"kind": kind}, assumed=kind == "demographic")


@rule(
    "correction_without_act",
    law="order-02-150/annex-3/art-12(10)",
    forms=_REQUEST,
    severity=Severity.INFO,
    meets=("R001-12.10", "X-14"),
)
def correction_without_act(paper: Paper) -> Iterator[Breach]:
    """No recipient's family has changed; else the amount is recalculated without an act."""
    if "demographic" in _list_kinds(paper) and _goes_without_act(paper):
        yield Breach(paper.field(_KINDS), {"kind": "demographic"})


def _goes_without_act(paper: Paper) -> bool:
    """Whether a demographic change of the family is entered without an act."""
    return _receives(paper) and paper.choice("correction_act") == "none_for_recipients"


def _receives(paper: Paper) -> bool:
    """Whether the family is known to receive the assistance."""
    return paper.known.family is not None and paper.known.family.receives_assistance


def _find_move(paper: Paper) -> tuple[str, str] | None:
    """The family's unit and that of the address to be entered, where those differ."""
    family, after = paper.known.family, paper.known.unit_of_address
    if family is None or after is None or "address" not in _list_kinds(paper):
        return None
    return (family.unit, after) if family.unit != after else None


def _report_move(paper: Paper, move: tuple[str, str]) -> Breach:
    before, after = map(name_unit, move)
    return Breach(paper.field("municipality"), {"before": before, "after": after})


def _find_declared(paper: Paper) -> date | None:
    """The day on which the newest declaration of the family was filled."""
    return paper.known.family.declared_on if paper.known.family else None


def _list_kinds(paper: Paper) -> frozenset[str]:
    return paper.meanings(_KINDS) or frozenset()
