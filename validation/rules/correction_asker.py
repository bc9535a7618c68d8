"""Who asks for a correction: an authorised member of the family, or whoever represents it."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_NUMBER = "representative_personal_number"


@rule(
    "correction_asked_by_family",
    law="order-02-150/annex-3/art-12(5)",
    forms=("correction_request",),
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-12.5", "R001-12.9"),
)
def correction_asked_by_family(paper: Paper) -> Iterator[Breach]:
    """Whoever asks for a correction is a member of the registered family.

    Somebody else may represent it lawfully (art. 12(9)), so a person looks.
    """
    family, number = paper.known.family, paper.text(_NUMBER)
    members = family.members if family is not None else ()
    if members and number is not None and number not in members:
        yield Breach(paper.field(_NUMBER))
