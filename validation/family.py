"""What follows from the answers about a family, derived once for all who ask.

The rules, the rating and the municipal benefits speak of minors, of members able to work
and of lone mothers in one sense, and this is it. Every fact is yes, no or unknown: what
was not read is None. The numbers come from the law of the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from validation.family_limits import Limits
from validation.member_facts import MemberFacts, Others, derive_member, judge_ability
from validation.rules.member import Member
from validation.rules.parts import Part
from validation.three_valued import either, opposite


@dataclass(frozen=True, slots=True)
class Count:
    """How many members are something: so many surely, and so many at most."""

    surely: int
    perhaps: int

    @property
    def exact(self) -> int | None:
        """The number; None where somebody may or may not count."""
        return self.surely if self.surely == self.perhaps else None

    def reaches(self, least: Decimal | int | None) -> bool | None:
        """Whether there are at least so many; None where that is open, or the law silent."""
        if least is None or self.surely < least <= self.perhaps:
            return None
        return self.surely >= least


@dataclass(frozen=True, slots=True)
class Family:
    """The members with what follows for each, and what follows for all together."""

    day: date
    """Day that the facts are of."""
    members: tuple[MemberFacts, ...]
    """In the order of the paper."""
    unknown_rows: int
    """Rows that may or may not be further members."""
    limits: Limits

    @property
    def size(self) -> Count:
        """How many members there are."""
        return Count(len(self.members), len(self.members) + self.unknown_rows)

    @property
    def minors(self) -> Count:
        """How many have not come of age."""
        return self.count(member.minor for member in self.members)

    @property
    def adults(self) -> Count:
        """How many have come of age."""
        return self.count(opposite(member.minor) for member in self.members)

    @property
    def able_bodied(self) -> Count:
        """How many count as able to work (programme overview, step IV)."""
        return self.count(member.able_bodied for member in self.members)

    @property
    def eligible_children(self) -> Count:
        """How many are young enough for the benefit for children (resolution 145)."""
        return self.count(member.eligible_child for member in self.members)

    @property
    def newborns(self) -> Count:
        """How many are in their first year of life (Gurjaani programme, art. 4)."""
        return self.count(member.newborn for member in self.members)

    @property
    def large(self) -> bool | None:
        """Whether it has as many minors as make a family of many children (art. 10(3))."""
        return self.minors.reaches(self.limits.large_family)

    def count(self, answers: Iterable[bool | None]) -> Count:
        """How many of the answers are yes; an unknown row may be one more."""
        told = list(answers)
        surely = told.count(True)
        return Count(surely, surely + told.count(None) + self.unknown_rows)

    def find(self, row: int) -> MemberFacts:
        """The facts of the member of a row in use."""
        return next(member for member in self.members if member.row == row)


def derive_family(
    paper: Part, members: Sequence[Member], unknown_rows: int, limits: Limits, day: date
) -> Family:
    """The facts of a family from what is settled about it."""
    young = [member.is_under(limits.child_of_lone_mother) for member in members]
    able = [judge_ability(member, limits) for member in members]
    hidden = [None] if unknown_rows else []
    derived = []
    for place, member in enumerate(members):
        child, worker = (
            either(*answers[:place], *answers[place + 1 :], *hidden) for answers in (young, able)
        )
        derived.append(derive_member(paper, member, able[place], Others(child, worker), limits))
    return Family(day, tuple(derived), unknown_rows, limits)
