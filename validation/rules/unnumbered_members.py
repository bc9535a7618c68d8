"""A member without a personal number on an application: looked at, not rejected.

A newborn child may have none yet, and whoever lacks a document, or a number in it, is given
a term to put that right at the visit (order 01-14, annex 1, art. 14(6)). An application that
was rejected for the blank would never come so far.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_NUMBER = "personal_number"


@rule(
    "member_has_number",
    law="order-01-14/annex-1/art-14(6)",
    forms=("application",),
    severity=Severity.WARNING,
    decides=(_NUMBER,),
    assumed=True,
    meets=("R003-14.6", "R001-3.1"),
)
def member_has_number(paper: Paper) -> Iterator[Breach]:
    """Each member who applies has a personal number, or the family is told to get one."""
    for member in paper.members:
        if member.is_empty(_NUMBER):
            yield Breach(member.field(_NUMBER))
