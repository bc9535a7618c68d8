"""Who may apply, and for what: bans that run, and the age of the last declaration."""

from collections.abc import Iterator
from datetime import date

from validation.disposition import Severity
from validation.known import Ban, BanKind
from validation.months import add_years
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_TERMS = {
    BanKind.WAIVER: "bans/registration_waiver",
    BanKind.FALSE_DATA: "bans/false_data",
}
"""Kind of ban -> how long it runs."""


@rule(
    "no_ban_runs",
    law="order-02-150/annex-3/art-3(1.4)",
    forms=_APPLICATION,
    assumed=True,
    meets=("R001-2.3", "R001-3.1", "R003-4.1", "T18"),
)
def no_ban_runs(paper: Paper) -> Iterator[Breach]:
    """Nobody asks for registration while a ban on the family runs; the text prints no first day.

    The last day of the ban is that of its number a year later; from the next on the family
    may ask.
    """
    if paper.meaning("reason") not in ("first_registration", "reassessment"):
        return
    for ban in paper.known.bans:
        last = _find_last_day(paper, ban)
        if last is not None and ban.start <= paper.law_day <= last:
            told = {"kind": f"ban_{ban.kind}", "code": ban.family_code, "day": last.isoformat()}
            yield Breach(paper.field("reason"), told)


@rule(
    "declaration_is_over_a_year_old",
    law="order-02-150/annex-3/art-13(1.5)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    meets=("R001-13.1", "T19"),
)
def declaration_is_over_a_year_old(paper: Paper) -> Iterator[Breach]:
    """Whoever names the age of the declaration as a ground has one older than a year."""
    family, years = paper.known.family, paper.legal_number("deadlines/reassessment_by_age")
    named = "over_a_year" in (paper.meanings("reassessment_grounds") or ())
    if not named or family is None or family.declared_on is None or years is None:
        return
    if paper.law_day <= add_years(family.declared_on, int(years)):
        told = {"day": family.declared_on.isoformat(), "years": str(years)}
        yield Breach(paper.field("reassessment_grounds"), told)


def _find_last_day(paper: Paper, ban: Ban) -> date | None:
    """The last day of a ban under the law of its first; None before the law knew it."""
    term = paper.law.value_on(_TERMS[ban.kind], ban.start)
    return add_years(ban.start, int(term.number)) if term and term.number is not None else None
