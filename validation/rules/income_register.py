"""C3 against the income register: the columns that are filled from the agency's data."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from validation.disposition import Severity
from validation.income_months import find_income_month
from validation.registers import IncomeEntry, Register, RegisterAnswer
from validation.rules.answers_of_registers import list_answers, take_entries, take_telling
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_NOTHING = Decimal(0)


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
    """
    filled = paper.day("filling_date")
    month = find_income_month(filled, paper.law) if filled else None
    columns = paper.law.codes_on("income/agency_columns", paper.law_day)
    if month is None or columns is None:
        return
    answers = list(list_answers(paper, Register.INCOME))
    adults = [(member, answer) for member, answer in answers if _is_adult(paper, member)]
    minors = [answer for member, answer in answers if not _is_adult(paper, member)]
    for member, answer in adults:
        for column in columns.codes:
            written = _NOTHING if member.is_empty(column) else member.number(column)
            paid, most = (_sum_up(said, column, month) for said in ([answer], [answer, *minors]))
            if written is not None and not paid <= written <= most:
                told = {"written": str(written), "registered": str(paid), "month": f"{month:%m.%Y}"}
                yield Breach(member.field(column), told, evidence=(answer, *take_telling(minors)))


def _is_adult(paper: Paper, member: Member) -> bool:
    return member.is_under(paper.legal_number("ages/majority")) is False


def _sum_up(answers: Iterable[RegisterAnswer], column: str, month: date) -> Decimal:
    """What was paid of one kind for the month."""
    entries = (entry for answer in answers for entry in take_entries(answer, IncomeEntry))
    paid = (e.amount for e in entries if e.kind == column and e.month.replace(day=1) == month)
    return sum(paid, _NOTHING)
