"""The declaration against the application that it follows: who came, who went, which was first.

The agent puts a wrong composition right at the visit (order 01-14, annex 1, art. 6(3)), so a
difference is no fault; but the agency's columns of C3 were prepared for those who applied
(art. 5(8)), so a person sees to the others.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.known import KnownFamily
from validation.rules.member_lists import list_all_numbers
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_COMPOSITION = "order-01-14/annex-1/art-5(8)"


@rule(
    "member_was_applied_for",
    law=_COMPOSITION,
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-5.8", "R003-6.3"),
)
def member_was_applied_for(paper: Paper) -> Iterator[Breach]:
    """Each member of the declaration stands in the application that it follows."""
    applied = _find_application(paper)
    if applied is None:
        return
    for member in paper.members:
        number = member.text("personal_number")
        if number is not None and number not in applied.applied_for:
            yield Breach(member.field("personal_number"), {"number": number})


@rule(
    "all_applied_for_are_members",
    law=_COMPOSITION,
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-5.8", "R003-6.3", "R003-7.1"),
)
def all_applied_for_are_members(paper: Paper) -> Iterator[Breach]:
    """Each person of the application stands in the declaration that follows it."""
    applied, numbers = _find_application(paper), list_all_numbers(paper)
    if applied is None or not numbers:
        return
    lost = tuple(number for number in applied.applied_for if number not in numbers)
    if lost:
        yield Breach(None, {"numbers": lost})


@rule(
    "declared_after_applying",
    law="order-02-150/annex-3/art-11(4)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R001-11.4",),
)
def declared_after_applying(paper: Paper) -> Iterator[Breach]:
    """A declaration is filled once the family has applied, not before."""
    family, filled = paper.known.family, paper.day("filling_date")
    applied_on = family.applied_on if family else None
    if applied_on is not None and filled is not None and filled < applied_on:
        yield Breach(paper.field("filling_date"), {"day": applied_on.isoformat()})


@rule(
    "family_has_applied",
    law="order-02-150/annex-3/art-4(1)",
    forms=_DECLARATION,
    severity=Severity.INFO,
    assumed=True,
    meets=("R001-4.1",),
)
def family_has_applied(paper: Paper) -> Iterator[Breach]:
    """An application of the family stands in the registry.

    Families are listed for a visit from entered applications; one that was registered
    before this registry was kept has none in it, so nothing follows.
    """
    family = paper.known.family
    if family is not None and family.applied_on is None:
        yield Breach(None, {"code": family.family_code})


def _find_application(paper: Paper) -> KnownFamily | None:
    """The family, where its newest paper is an application that names its people.

    Once a declaration has followed an application, the next one is a repeated check.
    """
    family = paper.known.family
    if family is None or family.applied_on is None or not family.applied_for:
        return None
    followed = family.declared_on is not None and family.declared_on > family.applied_on
    return None if followed else family
