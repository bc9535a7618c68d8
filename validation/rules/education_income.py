"""Block C: education by age, and whose income is written where."""

from collections.abc import Iterator

from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "school_exactly_for_minors",
    law="order-01-14/annex-1/art-8(2)",
    forms=_DECLARATION,
    decides=("C1",),
    meets=("R003-8.1", "R003-8.2", "R003-8.3"),
)
def school_exactly_for_minors(paper: Paper) -> Iterator[Breach]:
    """C1 is answered for each minor and for nobody else."""
    yield from _asked_of_minors(paper, "C1", True)


@rule(
    "education_exactly_for_adults",
    law="order-01-14/annex-1/art-8(2)",
    forms=_DECLARATION,
    decides=("C2",),
    meets=("R003-5.5", "R003-8.1", "R003-8.2", "R003-8.3"),
)
def education_exactly_for_adults(paper: Paper) -> Iterator[Breach]:
    """C2 is answered for each adult and for nobody else."""
    yield from _asked_of_minors(paper, "C2", False)


@rule(
    "minors_without_income",
    law="order-01-14/annex-1/art-8(4)(c)",
    forms=_DECLARATION,
    meets=("R003-8.4.c", "R003-8.5"),
)
def minors_without_income(paper: Paper) -> Iterator[Breach]:
    """A minor's income is written to the parent or the lawful recipient."""
    for member in paper.members:
        if _is_minor(paper, member):
            for question in paper.list_questions("C3_"):
                if member.has_some(question):
                    yield Breach(member.field(question))


def _asked_of_minors(paper: Paper, question: str, asked: bool) -> Iterator[Breach]:
    """Breaches of a question that minors answer and adults do not, or the other way round."""
    for member in paper.members:
        minor = _is_minor(paper, member)
        if minor is None:
            continue
        if member.is_empty(question) if minor is asked else member.is_answered(question):
            yield Breach(member.field(question))


def _is_minor(paper: Paper, member: Member) -> bool | None:
    return member.is_under(paper.legal_number("ages/majority"))
