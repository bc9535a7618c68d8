"""Block B4: special statuses against age, sex and income.

A status stands on a document that the agent saw (art. 7(8)), so a contradiction
is a doubt that a person looks at, not a fault by itself. What a member counts as is
derived in one place, `validation.family`; a status that is marked and that the facts
surely deny is a contradiction.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.member_facts import DISPLACED_ALLOWANCE, MemberFacts
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "disabled_child_is_minor",
    law="order-01-14/annex-1/art-7(8)(b)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-7.8.b", "R003-7.9"),
)
def disabled_child_is_minor(paper: Paper) -> Iterator[Breach]:
    """A child with a disability has not come of age."""
    for member, facts in _list_marked(paper, "disabled_child"):
        if facts.disabled_child is False:
            yield Breach(member.field("B4"))


@rule(
    "orphan_is_minor",
    law="order-01-14/annex-1/art-7(8)(c)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-7.8.c", "R003-7.9"),
)
def orphan_is_minor(paper: Paper) -> Iterator[Breach]:
    """A child orphaned of both parents has not come of age."""
    for member, facts in _list_marked(paper, "orphan"):
        if facts.orphan is False:
            yield Breach(member.field("B4"))


@rule(
    "pensioner_draws_pension",
    law="order-01-14/annex-1/art-7(8)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.8.d", "R003-7.9"),
)
def pensioner_draws_pension(paper: Paper) -> Iterator[Breach]:
    """A lone pensioner draws a state payment, has no salary, and lives with nobody able to work.

    The payments are the three that the article names; an age it does not name. "Lone" and
    "not working" stand in its words without more: how they are read here is assumed.
    """
    for member, facts in _list_marked(paper, "lone_pensioner"):
        if facts.lone_pensioner is False:
            yield Breach(member.field("B4"))


@rule(
    "lone_mother_has_child",
    law="order-01-14/annex-1/art-7(8)(e)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-7.8.e", "R003-7.9"),
)
def lone_mother_has_child(paper: Paper) -> Iterator[Breach]:
    """A lone mother is a woman, and a child below the age of the law lives in the family."""
    for member, facts in _list_marked(paper, "lone_mother"):
        if facts.lone_mother is False:
            yield Breach(member.field("B4"))


@rule(
    "displaced_draws_allowance",
    law="order-01-14/annex-1/art-8(5)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-7.9", "R003-8.5"),
)
def displaced_draws_allowance(paper: Paper) -> Iterator[Breach]:
    """Whoever draws the allowance of the displaced is marked as displaced."""
    for member in paper.members:
        statuses = member.meanings("B4")
        if (
            member.has_some(DISPLACED_ALLOWANCE)
            and statuses is not None
            and "displaced" not in statuses
        ):
            yield Breach(member.field("B4"), {"other": member.field(DISPLACED_ALLOWANCE)})


@rule(
    "displaced_chooses_allowance",
    law="programme-overview/step-7",
    forms=_DECLARATION,
    severity=Severity.INFO,
    meets=("R000-VII.3",),
)
def displaced_chooses_allowance(paper: Paper) -> Iterator[Breach]:
    """No displaced family: none has to choose between two allowances at the assignment.

    Both exclude each other; the family confirms its choice on the assignment form, so the
    agent who goes there is told.
    """
    displaced = [member for member, facts in paper.list_facts() if facts.displaced]
    if displaced:
        first = displaced[0]
        shown = DISPLACED_ALLOWANCE if first.has_some(DISPLACED_ALLOWANCE) else "B4"
        yield Breach(first.field(shown), {"count": str(len(displaced))})


@rule(
    "able_bodied_register_for_work",
    law="programme-overview/step-4",
    forms=_DECLARATION,
    severity=Severity.INFO,
    assumed=True,
    meets=("R000-IV.1", "R000-IV.2"),
)
def able_bodied_register_for_work(paper: Paper) -> Iterator[Breach]:
    """A family with several members able to work has one of them register as seeking work."""
    able = paper.family.able_bodied
    if able.reaches(paper.legal_number("members/able_bodied")):
        yield Breach(None, {"count": str(able.surely)})


def _list_marked(paper: Paper, status: str) -> Iterator[tuple[Member, MemberFacts]]:
    """The members that a status was surely marked for, with what follows of them."""
    for member, facts in paper.list_facts():
        if status in (member.meanings("B4") or ()):
            yield member, facts
