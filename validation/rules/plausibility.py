"""Answers that no family of this country is likely to give: a misread digit is likelier.

No source sets these limits, so they are ours (`validation/law/plausibility`) and wide: a
person looks at what was read, and nothing goes back to the agent for it alone.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Member, Paper
from validation.rules.parts import Part
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_MEASURES = {
    "A8": "plausibility/largest_dwelling",
    "A12": "plausibility/largest_other_dwellings",
    "D2": "plausibility/largest_land",
}
_COUNTS = {"D4_": "plausibility/largest_herd", "D5_": "plausibility/most_machines"}
_SUMS = {
    "C4": "plausibility/yearly_income",
    **dict.fromkeys(("E1", "E2", "E3", "E4"), "plausibility/yearly_bill"),
}


@rule(
    "member_age_is_possible",
    law="order-01-14/annex-1/art-7(4)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.4",),
)
def member_age_is_possible(paper: Paper) -> Iterator[Breach]:
    """Nobody is older than people become."""
    most = paper.legal_number("plausibility/longest_life")
    for member in paper.members:
        question, age = _find_age(member)
        if most is not None and age is not None and age > most:
            yield Breach(member.field(question), {"age": str(age), "most": str(most)})


def _find_age(member: Member) -> tuple[str, int | None]:
    """The age that is told, and where: by the birth date if it was read."""
    if member.counted_age is not None:
        return "birth_date", member.counted_age
    return "age", member.written_age


@rule(
    "member_count_is_likely",
    law="order-01-14/annex-1/art-7(1)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.1",),
)
def member_count_is_likely(paper: Paper) -> Iterator[Breach]:
    """A family is no larger than families are; more may be the sheets of two families."""
    most = paper.legal_number("plausibility/largest_family")
    count = len(paper.members)
    if most is not None and count > most:
        yield Breach(None, {"count": str(count), "most": str(most)})


@rule(
    "areas_are_likely",
    law="order-01-14/annex-1/art-6(7)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-6.7", "R003-6.11", "R003-9.2"),
)
def areas_are_likely(paper: Paper) -> Iterator[Breach]:
    """The dwelling (A8), other dwellings (A12) and the land (D2) are as large as such are."""
    for question, limit in _MEASURES.items():
        yield from _find_excess(paper, paper, question, limit)


@rule(
    "counts_are_likely",
    law="order-01-14/annex-1/art-9(3)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-9.3", "R003-9.4"),
)
def counts_are_likely(paper: Paper) -> Iterator[Breach]:
    """A family has as many animals (D4) and machines (D5) of one kind as families have."""
    for prefix, limit in _COUNTS.items():
        for question in paper.list_questions(prefix):
            yield from _find_excess(paper, paper, question, limit)


@rule(
    "sums_are_likely",
    law="order-01-14/annex-1/art-8(6)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-8.6", "R003-10.1"),
)
def sums_are_likely(paper: Paper) -> Iterator[Breach]:
    """The income (C4) and the bills (E) of a year are as high as such are.

    C4 is not held against the monthly income of C3: which sources C4 sums up stands on the
    printed form alone, and that was not at hand.
    """
    for question, limit in _SUMS.items():
        yield from _find_excess(paper, paper, question, limit)


def _find_excess(paper: Paper, part: Part, question: str, limit: str) -> Iterator[Breach]:
    """An answer above its limit, under the article that asks for it."""
    most, number = paper.legal_value(limit), part.number(question)
    if most is None or most.number is None or number is None or number <= most.number:
        return
    said = {"number": str(number), "most": str(most.number)}
    yield Breach(part.field(question), said, law=most.law)
