"""Block B1 and B2: who belongs to the family, in which order, how old."""

from collections.abc import Iterable, Iterator

from validation.disposition import Severity
from validation.rows import RowUse
from validation.rules.member_lists import is_list_read
from validation.rules.paper import Member, Paper, count_years
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "family_has_members",
    law="order-01-14/annex-1/art-7(1)",
    forms=_DECLARATION,
    meets=("R003-7.1",),
)
def family_has_members(paper: Paper) -> Iterator[Breach]:
    """A declaration names at least one member."""
    fewest = paper.legal_number("members/fewest")
    if fewest is not None and len(paper.members) < fewest and is_list_read(paper):
        yield Breach(None)


@rule(
    "members_oldest_first",
    law="order-01-14/annex-1/art-7(4)",
    forms=_DECLARATION,
    meets=("R003-7.4",),
)
def members_oldest_first(paper: Paper) -> Iterator[Breach]:
    """Members stand from the oldest to the youngest; equal ages stand as they like.

    The age that the order speaks of is the completed years on the day of filling: twins,
    and whoever else is of one age, may stand either way whatever their birthdays.
    """
    for place, member in enumerate(paper.members):
        elder = _find_comparable(paper.members[:place], member)
        if elder is not None and _is_older(member, elder):
            yield Breach(_age_field(member), {"other": _age_field(elder)})


def _find_comparable(earlier: Iterable[Member], member: Member) -> Member | None:
    """The nearest member above whose age is known in the same terms."""
    for other in reversed(list(earlier)):
        if _is_older(member, other) is not None:
            return other
    return None


def _is_older(one: Member, other: Member) -> bool | None:
    """Whether one is older in completed years; None where that is unknown.

    Where the day of filling is unread, birth dates a year or more apart tell as much.
    """
    ages = _known_age(one), _known_age(other)
    if ages[0] is not None and ages[1] is not None:
        return ages[0] > ages[1]
    if one.born is None or other.born is None:
        return None
    return count_years(one.born, other.born) > 0


def _known_age(member: Member) -> int | None:
    return member.written_age if member.counted_age is None else member.counted_age


def _age_field(member: Member) -> str:
    return member.field("age" if member.born is None else "birth_date")


@rule(
    "members_without_gap",
    law="order-01-14/annex-1/art-7(4)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.4",),
)
def members_without_gap(paper: Paper) -> Iterator[Breach]:
    """No row stands empty above a member: it may be a member whom nobody read."""
    last = max((member.row for member in paper.members), default=0)
    for row, use in paper.uses.items():
        if use is RowUse.UNUSED and row < last:
            yield Breach(None, {"row": str(row)})


@rule(
    "age_fits_birth_date",
    law="order-01-14/annex-1/art-7(4)",
    forms=_DECLARATION,
    meets=("R003-7.4",),
)
def age_fits_birth_date(paper: Paper) -> Iterator[Breach]:
    """The age is that of the birth date on the day of filling, in completed years."""
    for member in paper.members:
        written, counted = member.written_age, member.counted_age
        if written is not None and counted is not None and written != counted:
            ages = {"written": str(written), "counted": str(counted)}
            yield Breach(member.field("age"), ages)


@rule(
    "born_before_filling",
    law="order-01-14/annex-1/art-7(1)",
    forms=_DECLARATION,
    meets=("R003-7.1",),
)
def born_before_filling(paper: Paper) -> Iterator[Breach]:
    """Nobody is born after the day of filling."""
    for member in paper.members:
        born = member.day("birth_date")
        if born is not None and born > member.latest:
            yield Breach(member.field("birth_date"), {"born": born.isoformat()})


@rule(
    "personal_numbers_differ",
    law="order-01-14/annex-1/art-7(5)",
    forms=_DECLARATION,
    also={"application": "order-02-150/annex-3/art-3(1.1)"},
    meets=("R003-7.5", "R001-3.1"),
)
def personal_numbers_differ(paper: Paper) -> Iterator[Breach]:
    """No two members carry one personal number."""
    first: dict[str, Member] = {}
    for member in paper.members:
        number = member.text("personal_number")
        if number is None:
            continue
        if number in first:
            other = first[number].field("personal_number")
            yield Breach(member.field("personal_number"), {"other": other})
        first.setdefault(number, member)


@rule(
    "head_is_member",
    law="order-01-14/annex-1/art-7(6)",
    forms=_DECLARATION,
    meets=("R003-7.6",),
)
def head_is_member(paper: Paper) -> Iterator[Breach]:
    """The head of the family is one of the members listed in B1."""
    head = paper.number("B2")
    rows = {member.row for member in paper.members} | paper.unknown_rows
    if head is not None and rows and int(head) not in rows:
        yield Breach(paper.field("B2"), {"row": str(int(head))})


@rule(
    "independent_children_of_adults",
    law="order-01-14/annex-1/art-7(10)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.10",),
)
def independent_children_of_adults(paper: Paper) -> Iterator[Breach]:
    """Only an adult has adult children who live on their own."""
    for member, facts in paper.list_facts():
        if member.has_some("B5") and facts.minor:
            yield Breach(member.field("B5"))
