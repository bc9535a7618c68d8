"""Blocks A and E: each utility has its expense, and who pays has a subscriber number."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_BILLS = "utilities/kinds"
"""Names the questions of block E."""
_BLOCK = "E"
"""What the questions of that block begin with on the form."""


@rule(
    "bills_are_answered",
    law="order-01-14/annex-1/art-10",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    decides=(f"{_BLOCK}*",),
    assumed=True,
    meets=("R003-10.1",),
)
def bills_are_answered(paper: Paper) -> Iterator[Breach]:
    """Each utility of block E has an expense, 0 where the family paid nothing.

    What article 10 says of a family that paid nothing is cut off in the text at hand, and the
    0 is asked for by our form alone. So a blank is no fault of the agent: a person decides
    (setting `lost_text`). On a day of which we know no list of the law, the form tells what
    is asked: nobody else looks at these questions.
    """
    for bill in paper.legal_codes(_BILLS) or paper.list_questions(_BLOCK):
        if paper.is_empty(bill):
            yield Breach(paper.field(bill))


@rule(
    "bills_name_subscriber",
    law="order-01-14/annex-1/art-6(5)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-6.5", "R003-10.1"),
)
def bills_name_subscriber(paper: Paper) -> Iterator[Breach]:
    """A family that paid for a utility (E) has at least one subscriber number copied.

    One number is enough: a fee may stand on the receipt of another utility, and families
    share meters; the order says nothing of either. A family that paid nothing owes no
    number here: what the order says of it is cut off in the text at hand (art. 10).
    """
    numbers = tuple(paper.list_questions("subscriber_"))
    paid = [bill for bill in paper.legal_codes(_BILLS) if paper.has_some(bill)]
    if numbers and paid and all(paper.is_empty(number) for number in numbers):
        yield Breach(paper.field(numbers[0]), {"bills": tuple(map(paper.field, paid))})
