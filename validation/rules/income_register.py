"""C3 against the income register: the columns that are filled from the agency's data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from validation.disposition import Severity
from validation.income_months import find_income_month
from validation.registers import IncomeEntry, Register, RegisterAnswer
from validation.rules.answers_of_registers import list_answers, take_entries, take_telling
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Payment:
    """What was paid of one kind for one month."""

    month: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Asked:
    """What C3 asks for: the payments of one month, and what is assigned now."""

    month: date
    filled: date
    assigned: tuple[str, ...]
    """Columns of what is assigned, whatever was paid."""

    def find_payment(self, answer: RegisterAnswer, column: str) -> _Payment | None:
        """What a column is held against; None where the register cannot tell."""
        entries = [e for e in take_entries(answer, IncomeEntry) if e.kind == column]
        month: date | None = self.month
        if column in self.assigned:
            since = (entry.month.replace(day=1) for entry in entries)
            month = max((m for m in since if self.month <= m <= self.filled), default=None)
        if month is None:
            return None
        paid = (entry.amount for entry in entries if entry.month.replace(day=1) == month)
        return _Payment(month, sum(paid, _NOTHING))


@rule(
    "income_as_registered",
    law="order-01-14/annex-1/art-5(7)",
    forms=("family_declaration",),
    severity=Severity.WARNING,
    meets=("R003-5.7", "R003-8.4.a", "R003-8.4.b", "R003-8.4.c", "R003-8.5.r", "R000-V"),
)
def income_as_registered(paper: Paper) -> Iterator[Breach]:
    """The agency's columns hold what the registers paid for the month, net, of each kind summed.

    A minor's income stands with an adult of the family (art. 8(4)(c)), whichever it is, so
    an adult's column may hold so much more. Who disputes a figure brings a certificate, and
    the column is put right at the local unit (art. 8(4)(a)).

    The allowance of the displaced is written as it is assigned, not as it was paid
    (art. 8(5)(j)). The register knows payments alone: that column is held against the newest
    of them, and against none where nothing was paid from that month to the day of filling,
    because what was just assigned is not paid yet.
    """
    answers = list(list_answers(paper, Register.INCOME))
    asked = _find_asked(paper) if answers else None
    if asked is None:
        return
    columns = paper.legal_codes("income/agency_columns")
    adults = {member.row for member, facts in paper.list_facts() if facts.minor is False}
    minors = [answer for member, answer in answers if member.row not in adults]
    for member, answer in answers:
        for column in columns if member.row in adults else ():
            written = _NOTHING if member.is_empty(column) else member.number(column)
            paid = asked.find_payment(answer, column)
            if written is None or paid is None:
                continue
            beside = [asked.find_payment(minor, column) for minor in minors]
            most = sum((one.amount for one in beside if one), paid.amount)
            if not paid.amount <= written <= most:
                told = {"written": str(written), "registered": str(paid.amount)}
                told["month"] = f"{paid.month:%m.%Y}"
                yield Breach(member.field(column), told, evidence=(answer, *take_telling(minors)))


def _find_asked(paper: Paper) -> _Asked | None:
    """What C3 asks for on the day of filling; None while that day is unread."""
    filled = paper.day("filling_date")
    month = find_income_month(filled, paper.law) if filled else None
    if filled is None or month is None:
        return None
    return _Asked(month, filled, paper.legal_codes("income/assigned_columns"))
