"""Blocks A and D: a yes or no, and the numbers that depend on it."""

from collections.abc import Iterator

from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "other_dwelling_area",
    law="order-01-14/annex-1/art-6(11)",
    forms=_DECLARATION,
    decides=("A12",),
    meets=("R003-6.10", "R003-6.11"),
)
def other_dwelling_area(paper: Paper) -> Iterator[Breach]:
    """Another dwelling (A11) has an area (A12), and only then."""
    yield from _compare(paper, "A11", ("A12",))


@rule(
    "land_area",
    law="order-01-14/annex-1/art-9(2)",
    forms=_DECLARATION,
    decides=("D2",),
    meets=("R003-9.1", "R003-9.2"),
)
def land_area(paper: Paper) -> Iterator[Breach]:
    """Farm land (D1) has an area (D2), and only then."""
    yield from _compare(paper, "D1", ("D2",))


@rule(
    "livestock_counts",
    law="order-01-14/annex-1/art-9(3)",
    forms=_DECLARATION,
    decides=("D4_*",),
    meets=("R003-9.3",),
)
def livestock_counts(paper: Paper) -> Iterator[Breach]:
    """Poultry or livestock (D3) is counted under at least one kind (D4), and only then."""
    yield from _compare(paper, "D3", tuple(paper.list_questions("D4_")))


def _compare(paper: Paper, question: str, amounts: tuple[str, ...]) -> Iterator[Breach]:
    """Where a yes lacks its amounts, or a no carries one."""
    answer = paper.meaning(question)
    if answer == "yes" and amounts and all(paper.has_none(amount) for amount in amounts):
        yield Breach(paper.field(amounts[0]), {"other": question, "state": "number_missing"})
    if answer == "no":
        for amount in amounts:
            if paper.has_some(amount):
                said = {"other": question, "state": "number_superfluous"}
                yield Breach(paper.field(amount), said)


@rule(
    "buildings_or_none",
    law="order-01-14/annex-1/art-6(6)",
    forms=_DECLARATION,
    assumed=True,
    meets=("R003-6.6",),
)
def buildings_or_none(paper: Paper) -> Iterator[Breach]:
    """Whoever owns none of the buildings (A7) names no other code."""
    marked = paper.meanings("A7") or frozenset()
    if "none" in marked and len(marked) > 1:
        yield Breach(paper.field("A7"))
