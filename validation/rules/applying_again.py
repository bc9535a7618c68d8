"""Who may apply, and for what: bans that run, and the age of the last declaration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from validation.deadlines import open_from
from validation.disposition import Severity
from validation.findings import Parameter
from validation.known import Ban, BanKind
from validation.rules.member_lists import list_all_numbers
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_BARS = {BanKind.WAIVER: "waiver_ban", BanKind.FALSE_DATA: "false_data_ban"}
"""Kind of ban -> its row in the table of deadlines."""


@dataclass(frozen=True, slots=True)
class _Running:
    """A ban that ran, or may have run, when the application was handed in."""

    ban: Ban
    last: date
    doubts: tuple[str, ...]
    """Why it may not bind this application; none where it surely does."""

    def tell(self) -> dict[str, Parameter]:
        """What the finding names."""
        kind, code = f"ban_{self.ban.kind}", self.ban.family_code
        return {"kind": kind, "code": code, "day": self.last.isoformat()}


@rule(
    "no_ban_runs",
    law="order-02-150/annex-3/art-3(1.4)",
    forms=_APPLICATION,
    assumed=True,
    meets=("R001-2.3", "R001-3.1", "R003-4.1", "T18"),
)
def no_ban_runs(paper: Paper) -> Iterator[Breach]:
    """No family asks for registration while a ban on it runs; the text prints no first day.

    The last day of the ban is that of its number a year later; from the next on the family
    may ask. It asks on the day on which its application is received.
    """
    for running in _list_running(paper):
        if not running.doubts:
            yield Breach(paper.field("reason"), running.tell())


@rule(
    "ban_may_bind",
    law="order-02-150/annex-3/art-2(3)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.3", "R003-4.1", "T18"),
)
def ban_may_bind(paper: Paper) -> Iterator[Breach]:
    """Nobody of a banned family asks with other people, nor on a day that is not sure.

    Art. 2(3) bans the family that the waiver names. It is that family by its code, or by
    its people, no more and no fewer (assumed): one who married into another family, or the
    guardian of somebody else's, brings no ban along.
    """
    for running in _list_running(paper):
        if running.doubts:
            yield Breach(paper.field("reason"), {**running.tell(), "doubts": running.doubts})


@rule(
    "declaration_is_over_a_year_old",
    law="order-02-150/annex-3/art-13(1.5)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    meets=("R001-13.1", "T19"),
)
def declaration_is_over_a_year_old(paper: Paper) -> Iterator[Breach]:
    """Whoever names the age of the declaration as a ground has one older than a year."""
    declared = paper.known.family.declared_on if paper.known.family else None
    opens = paper.open_from("reassessment_by_age", declared)
    named = "over_a_year" in (paper.meanings("reassessment_grounds") or ())
    if named and declared is not None and opens is not None and paper.law_day < opens:
        years = paper.legal_number("deadlines/reassessment_by_age")
        told = {"day": declared.isoformat(), "years": str(years)}
        yield Breach(paper.field("reassessment_grounds"), told)


def _list_running(paper: Paper) -> Iterator[_Running]:
    """The bans that are known of anybody on the paper, and that ran or may have run."""
    if paper.meaning("reason") not in ("first_registration", "reassessment"):
        return
    earliest, latest, is_dated = _find_days(paper)
    for ban in paper.known.bans:
        last = _find_last_day(paper, ban)
        if last is None or latest < ban.start or earliest > last:
            continue
        doubts = []
        if not _is_banned_family(paper, ban):
            doubts.append("ban_on_other_people")
        if not is_dated or earliest < ban.start or latest > last:
            doubts.append("ban_day_in_doubt")
        yield _Running(ban, last, tuple(doubts))


def _find_days(paper: Paper) -> tuple[date, date, bool]:
    """From when until when the application may have been received, and whether any day is read.

    What is received was filled before, and is on hand today.
    """
    filled, received = paper.day("application_date"), paper.day("received_date")
    if received is not None and received <= paper.today and received >= (filled or received):
        return received, received, True
    return paper.law_day, paper.today, filled is not None


def _is_banned_family(paper: Paper, ban: Ban) -> bool:
    """Whether the paper bears the code of a banned family, or names the same people."""
    if paper.text("family_code") == ban.family_code:
        return True
    return bool(ban.members) and set(list_all_numbers(paper)) == set(ban.members)


def _find_last_day(paper: Paper, ban: Ban) -> date | None:
    """The last day of a ban under the law of its first; None before the law knew it."""
    opens = open_from(_BARS[ban.kind], ban.start, law=paper.law)
    return None if opens is None else opens - timedelta(days=1)
