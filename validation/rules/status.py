"""Block B4: special statuses against age, sex and income.

A status stands on a document that the agent saw (art. 7(8)), so a contradiction
is a doubt that a person looks at, not a fault by itself.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_PENSIONS = ("C3_03", "C3_04", "C3_05")
_UNABLE_B3 = frozenset({"bedridden", "needs_carer"})
_UNABLE_B4 = frozenset({"disability_group_1", "disability_group_2", "psychosocial_needs"})


@rule(
    "disabled_child_is_minor",
    law="order-01-14/annex-1/art-7(8)(b)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
)
def disabled_child_is_minor(paper: Paper) -> Iterator[Breach]:
    """A child with a disability has not come of age."""
    yield from _find_too_old(paper, "disabled_child", "ages/disabled_child")


@rule(
    "orphan_is_minor",
    law="order-01-14/annex-1/art-7(8)(c)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
)
def orphan_is_minor(paper: Paper) -> Iterator[Breach]:
    """A child orphaned of both parents has not come of age."""
    yield from _find_too_old(paper, "orphan", "ages/orphan")


def _find_too_old(paper: Paper, status: str, limit: str) -> Iterator[Breach]:
    for member in paper.members:
        if _has(member, status) and member.is_under(paper.legal_number(limit)) is False:
            yield Breach(member.field("B4"))


@rule(
    "pensioner_draws_pension",
    law="order-01-14/annex-1/art-7(8)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
)
def pensioner_draws_pension(paper: Paper) -> Iterator[Breach]:
    """A lone pensioner draws a pension, a package or a compensation, or has the age."""
    for member in paper.members:
        draws_nothing = all(member.has_none(question) for question in _PENSIONS)
        if (
            _has(member, "lone_pensioner")
            and draws_nothing
            and _is_below_pension_age(paper, member)
        ):
            yield Breach(member.field("B4"))


@rule(
    "lone_mother_has_child",
    law="order-01-14/annex-1/art-7(8)(e)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
)
def lone_mother_has_child(paper: Paper) -> Iterator[Breach]:
    """A lone mother is a woman, and a child below the age of the law lives in the family."""
    limit = paper.legal_number("ages/child_of_lone_mother")
    ages = {member.is_under(limit) for member in paper.members}
    childless = ages == {False} and not paper.unknown_rows
    for member in paper.members:
        if _has(member, "lone_mother") and (childless or member.meaning("sex") == "male"):
            yield Breach(member.field("B4"))


@rule(
    "displaced_draws_allowance",
    law="order-01-14/annex-1/art-8(5)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
)
def displaced_draws_allowance(paper: Paper) -> Iterator[Breach]:
    """Whoever draws the allowance of the displaced is marked as displaced."""
    for member in paper.members:
        statuses = member.meanings("B4")
        if member.has_some("C3_08") and statuses is not None and "displaced" not in statuses:
            yield Breach(member.field("B4"), {"other": member.field("C3_08")})


@rule(
    "able_bodied_register_for_work",
    law="programme-overview/step-4",
    forms=_DECLARATION,
    severity=Severity.INFO,
    assumed=True,
)
def able_bodied_register_for_work(paper: Paper) -> Iterator[Breach]:
    """A family with several members able to work has one of them register as seeking work."""
    least = paper.legal_number("members/able_bodied")
    able = [member for member in paper.members if _is_able_bodied(paper, member)]
    if least is not None and len(able) >= least:
        yield Breach(None, {"count": str(len(able))})


def _is_able_bodied(paper: Paper, member: Member) -> bool:
    """Whether the member surely counts as able to work (programme overview, step IV)."""
    old_enough = member.is_under(paper.legal_number("ages/able_bodied")) is False
    condition, statuses = member.meanings("B3"), member.meanings("B4")
    if condition is None or statuses is None or not old_enough:
        return False
    hindered = condition & _UNABLE_B3 or statuses & _UNABLE_B4
    return not hindered and _is_below_pension_age(paper, member)


def _is_below_pension_age(paper: Paper, member: Member) -> bool:
    """Whether the member is surely too young for a pension by age."""
    name = {"female": "ages/pension_women", "male": "ages/pension_men"}.get(
        member.meaning("sex") or ""
    )
    return name is not None and member.is_under(paper.legal_number(name)) is True


def _has(member: Member, status: str) -> bool:
    """Whether a status was surely marked."""
    return status in (member.meanings("B4") or ())
