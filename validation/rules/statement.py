"""The statement on the assignment, form N1: what is asked for fits what is chosen."""

from collections.abc import Iterator

from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_CONTRADICTIONS = (("assistance", "displaced_allowance"), ("refusal", "subsistence_allowance"))
"""What is stated, and what nobody chooses who states it."""


@rule(
    "choice_fits_request",
    law="programme-overview/step-7",
    forms=("assignment_statement",),
    assumed=True,
    meets=("R000-VII.3", "R001-10.3"),
)
def choice_fits_request(paper: Paper) -> Iterator[Breach]:
    """The assistance excludes the allowance of displaced persons: nobody takes one for both."""
    stated = paper.meaning("request"), paper.meaning("displaced_choice")
    if stated in _CONTRADICTIONS:
        yield Breach(paper.field("displaced_choice"), {"other": "request"})
