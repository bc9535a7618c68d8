"""Block C: education by age, and whose income is written where."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.member_facts import DISPLACED_ALLOWANCE
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_ALLOWANCE_OF_EACH = "order-01-14/annex-1/art-8(5)(j)"


@rule(
    "school_exactly_for_minors",
    law="order-01-14/annex-1/art-8(2)",
    forms=_DECLARATION,
    decides=("C1",),
    meets=("R003-8.1", "R003-8.2", "R003-8.3"),
)
def school_exactly_for_minors(paper: Paper) -> Iterator[Breach]:
    """C1 is answered for each minor and for nobody else."""
    for member, minor in _list_ages(paper):
        yield from (_find_lack if minor else _find_excess)(member, "C1")


@rule(
    "education_exactly_for_adults",
    law="order-01-14/annex-1/art-8(2)",
    forms=_DECLARATION,
    decides=("C2",),
    meets=("R003-5.5", "R003-8.1", "R003-8.2", "R003-8.3"),
)
def education_exactly_for_adults(paper: Paper) -> Iterator[Breach]:
    """C2 is answered for each adult and for nobody else."""
    for member, minor in _list_ages(paper):
        yield from (_find_excess if minor else _find_lack)(member, "C2")


@rule(
    "minors_without_income",
    law="order-01-14/annex-1/art-8(4)(c)",
    forms=_DECLARATION,
    meets=("R003-8.4.c", "R003-8.5"),
)
def minors_without_income(paper: Paper) -> Iterator[Breach]:
    """A minor's income is written to the parent or the lawful recipient.

    It is a fault only where an adult of the family could have been written down, and not in
    the column of the displaced (`minors_income_is_clear`).
    """
    for member, question in _list_income_of_minors(paper):
        if question != DISPLACED_ALLOWANCE and paper.family.adults.surely:
            yield Breach(member.field(question))


@rule(
    "minors_income_is_clear",
    law="order-01-14/annex-1/art-8(4)(c)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-8.4.c", "R003-8.5"),
)
def minors_income_is_clear(paper: Paper) -> Iterator[Breach]:
    """No minor has an income of which the order leaves open where it is written.

    The allowance of the displaced is written as it was assigned to each member (art. 8(5)),
    a minor's income to the parent (art. 8(4)(c)): the two do not agree on that column. And
    where no adult is surely in the family, nobody else may be there to write it to.
    """
    for member, question in _list_income_of_minors(paper):
        if question == DISPLACED_ALLOWANCE:
            yield Breach(member.field(question), {"why": "allowance_of_each"}, _ALLOWANCE_OF_EACH)
        elif not paper.family.adults.surely:
            yield Breach(member.field(question), {"why": "no_adult_member"})


def _list_income_of_minors(paper: Paper) -> Iterator[tuple[Member, str]]:
    """Each column of C3 that holds an amount beside a member who is surely under age."""
    columns = paper.list_questions("C3_")
    for member, facts in paper.list_facts():
        if facts.minor:
            for question in columns:
                if member.has_some(question):
                    yield member, question


def _list_ages(paper: Paper) -> Iterator[tuple[Member, bool]]:
    """Each member whose age is known, and whether it is a minor's."""
    for member, facts in paper.list_facts():
        if facts.minor is not None:
            yield member, facts.minor


def _find_lack(member: Member, question: str) -> Iterator[Breach]:
    if member.is_empty(question):
        yield Breach(member.field(question))


def _find_excess(member: Member, question: str) -> Iterator[Breach]:
    if member.is_answered(question):
        yield Breach(member.field(question))
