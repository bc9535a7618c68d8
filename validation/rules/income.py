"""Block C3: which month its amounts are of, and which of them do not stand together."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.income_months import find_income_month
from validation.member_facts import PENSIONS
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "state_payments_differ",
    law="order-01-14/annex-1/art-8(5)(q)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-8.5", "R003-8.5.r", "R003-8.4.b"),
)
def state_payments_differ(paper: Paper) -> Iterator[Breach]:
    """Nobody draws a pension, a social package and a compensation at once.

    Several kinds of income may stand beside one member, two of these three too, so only
    all three ask for a look: one payment is likelier to stand in several columns.
    """
    for member in paper.members:
        if all(member.has_some(question) for question in PENSIONS):
            first, *others = map(member.field, PENSIONS)
            yield Breach(first, {"other": tuple(others)})


@rule(
    "monthly_income_is_likely",
    law="order-01-14/annex-1/art-8(4)(a)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-8.4.a", "R003-8.5"),
)
def monthly_income_is_likely(paper: Paper) -> Iterator[Breach]:
    """No column of C3 holds more than a person is likely to get in the month it speaks of.

    A year's sum written for that month, or two decimals read as lari, shows here.
    """
    most = paper.legal_number("plausibility/monthly_income")
    month = find_income_month(paper.law_day, paper.law)
    for member in paper.members:
        for question in paper.list_questions("C3_"):
            amount = member.number(question)
            if amount is not None and most is not None and month is not None and amount > most:
                said = {"amount": str(amount), "most": str(most), "month": f"{month:%m.%Y}"}
                yield Breach(member.field(question), said)
