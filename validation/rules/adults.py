"""Blocks B1 and B2: somebody of age answers for the family, and nobody stands there twice."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.member_lists import is_list_read
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_PERSON = ("surname", "first_name", "birth_date")


@rule(
    "somebody_is_of_age",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-2.1.d", "R003-3.5"),
)
def somebody_is_of_age(paper: Paper) -> Iterator[Breach]:
    """Somebody in the family has come of age.

    A legal representative may speak for minors, so this is looked at and goes back to
    nobody. It is said only where the list surely ends: a sheet may be missing.
    """
    if paper.members and not paper.family.adults.perhaps and is_list_read(paper):
        yield Breach(None)


@rule(
    "head_is_adult",
    law="order-01-14/annex-1/art-7(6)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.6",),
)
def head_is_adult(paper: Paper) -> Iterator[Breach]:
    """The head of a family with adults is one of them: another row is likelier misread."""
    head = paper.number("B2")
    for member, facts in paper.list_facts():
        if head == member.row and facts.minor and paper.family.adults.surely:
            yield Breach(paper.field("B2"), {"row": str(member.row)})


@rule(
    "members_stand_once",
    law="order-01-14/annex-1/art-7(1)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.1", "R003-7.5"),
)
def members_stand_once(paper: Paper) -> Iterator[Breach]:
    """Nobody stands in the family twice under two personal numbers."""
    first: dict[tuple[object, ...], Member] = {}
    for member in paper.members:
        person = tuple(member.answers.values.get(question) for question in _PERSON)
        number = member.text("personal_number")
        if None in person or number is None:
            continue
        other = first.setdefault(person, member)
        if other.text("personal_number") != number:
            same = {"other": other.field("personal_number")}
            yield Breach(member.field("personal_number"), same)
