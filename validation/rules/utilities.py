"""Blocks A and E: who pays for a utility has a subscriber number."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_BILLS = ("E1", "E2", "E3", "E4")


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
    paid = [bill for bill in _BILLS if paper.has_some(bill)]
    if numbers and paid and all(paper.is_empty(number) for number in numbers):
        yield Breach(paper.field(numbers[0]), {"bills": tuple(map(paper.field, paid))})
