"""A person in two families: what follows depends on how far the paper is.

The sources say four things (REQUIREMENTS X-06). An application opens a duplicate case
under instruction 01/127-o, or is rejected where the setting says so; at the visit the
agent ends the assessment by a protocol; at the scoring the family is not scored
(workflow/rating/run.py). None of them is a fault of the paper's filling, so each is a warning
under its own article, but for the rejection.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.known import Membership, Stage
from validation.rules.member_lists import list_bearers
from validation.rules.paper import Paper
from validation.rules.parts import Part
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_DECLARATION = ("family_declaration",)
_SETTING = "member_elsewhere"


@rule(
    "member_elsewhere_at_intake",
    law="order-02-150/annex-3/art-2(4)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    meets=("R001-2.4.a", "R001-2.2.a", "X-06"),
)
def member_elsewhere_at_intake(paper: Paper) -> Iterator[Breach]:
    """Nobody who applies stands in another family; else instruction 01/127-o decides."""
    if _joins_registry(paper) and paper.choice(_SETTING) == "by_stage":
        yield from _find_elsewhere(paper, _list_applying(paper))


@rule(
    "member_elsewhere_rejects",
    law="order-02-150/annex-3/art-3(1.2)",
    forms=_APPLICATION,
    meets=("R001-3.1", "X-06"),
)
def member_elsewhere_rejects(paper: Paper) -> Iterator[Breach]:
    """Nobody who applies stands in another family; else the application is rejected."""
    if _joins_registry(paper) and paper.choice(_SETTING) == "reject":
        yield from _find_elsewhere(paper, _list_applying(paper))


@rule(
    "member_elsewhere_at_visit",
    law="order-01-14/annex-1/art-14(1)(f)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-14.1", "X-06"),
)
def member_elsewhere_at_visit(paper: Paper) -> Iterator[Breach]:
    """Nobody whom an agent lists stands in another family; else a protocol ends the assessment."""
    if paper.known.stage is Stage.VISIT:
        yield from _find_elsewhere(paper, _list_members(paper))


@rule(
    "first_registration_is_first",
    law="order-02-150/annex-3/art-2(2)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.a", "R001-2.2.c"),
)
def first_registration_is_first(paper: Paper) -> Iterator[Breach]:
    """A family that registers first does not stand in the registry whole under a code."""
    if paper.meaning("reason") != "first_registration" or paper.unknown_rows:
        return
    codes = [
        {membership.family_code for membership in _list_memberships(paper, member)}
        for member in paper.members
    ]
    shared = set.intersection(*codes) if codes else set()
    if shared:
        yield Breach(paper.field("reason"), {"families": tuple(sorted(shared))})


def _joins_registry(paper: Paper) -> bool:
    """Whether the application asks for an assessment, or may: a waiver puts nobody anywhere."""
    return paper.known.stage is Stage.INTAKE and paper.meaning("reason") != "waiver"


def _list_members(paper: Paper) -> Iterator[tuple[Part, str]]:
    return ((member, "personal_number") for member in paper.members)


def _list_applying(paper: Paper) -> Iterator[tuple[Part, str]]:
    """The members, and an applicant who is one although the list does not name them.

    A guardian or another representative applies for this family and belongs to their own.
    """
    yield from _list_members(paper)
    is_left_out = not list_bearers(paper, paper.text("applicant_personal_number"))
    if is_left_out and paper.meaning("applicant_is_member") == "yes":
        yield paper, "applicant_personal_number"


def _find_elsewhere(paper: Paper, people: Iterator[tuple[Part, str]]) -> Iterator[Breach]:
    """Each person who stands in other families, with the codes of those."""
    for part, question in people:
        codes = {one.family_code for one in _list_memberships(paper, part, question)}
        if codes:
            yield Breach(part.field(question), {"families": tuple(sorted(codes))})


def _list_memberships(
    paper: Paper, part: Part, question: str = "personal_number"
) -> tuple[Membership, ...]:
    number = part.text(question)
    return paper.known.elsewhere.get(number, ()) if number is not None else ()
