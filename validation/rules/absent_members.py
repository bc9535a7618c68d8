"""Whom the family does not count: the dead, those the state keeps, those long abroad.

The rule of assessment leaves such persons out of the family (order 01-14, annex 1, art. 2
and 7(2)); the later overview of the programme refuses the whole application of a family with
a dead or imprisoned member, or one who is abroad at all (step I). The setting
`absent_members` says which holds for these three (REQUIREMENTS X-08); a person is told of
each who is left out. Which military service counts says another setting (X-09).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from validation.disposition import Severity
from validation.months import add_months
from validation.parameters import LegalValue
from validation.registers import BorderEntry, CivilEntry, Register, RegisterAnswer
from validation.rules.answers_of_registers import list_entries
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_DECLARATION = ("family_declaration",)
_REFUSAL = "programme-overview/step-1"
DEAD, DECLARED_MISSING = "dead", "declared_missing"
_SERVICE, _ABROAD = "military_service", "abroad"
_REFUSING = frozenset({DEAD, "prison", _ABROAD})
"""Why the overview refuses the family; whom the order alone names is left out in any case."""


@dataclass(frozen=True, slots=True)
class _Absence:
    """Why a member does not count, and which answer says so."""

    member: Member
    reason: str
    answer: RegisterAnswer
    since: date | None = None

    def report(self, span: LegalValue | None = None) -> Breach:
        """The breach; of a stay abroad under the term that it has outlasted."""
        told = tell_absence(self.reason, self.since)
        field, seen = self.member.field("personal_number"), (self.answer,)
        if span is None:
            return Breach(field, told, evidence=seen)
        return Breach(field, told, span.law, span.assumed, seen)


@rule(
    "members_count",
    law="order-01-14/annex-1/art-7(2)",
    forms=_DECLARATION,
    also={"application": "order-01-14/annex-1/art-2(1)(b)"},
    severity=Severity.WARNING,
    meets=("R003-2.1.b", "R003-7.2", "X-08", "X-09"),
)
def members_count(paper: Paper) -> Iterator[Breach]:
    """Nobody is listed whom the family does not count by what the registers say."""
    refused = _REFUSING if _is_refused_for_absence(paper) else frozenset()
    for absence in (*_list_dead(paper), *_list_kept(paper)):
        if absence.reason not in refused:
            yield absence.report()
    span = paper.legal_value("members/abroad_span")
    if span is not None and _ABROAD not in refused:
        yield from (stay.report(span) for stay in _list_abroad(paper) if _is_long(paper, stay))


@rule("absent_member_refuses", law=_REFUSAL, forms=_APPLICATION, meets=("R000-I.3", "X-08"))
def absent_member_refuses(paper: Paper) -> Iterator[Breach]:
    """No member of a family that applies is dead, imprisoned or abroad."""
    if _is_refused_for_absence(paper):
        for absence in (*_list_dead(paper), *_list_kept(paper), *_list_abroad(paper)):
            if absence.reason in _REFUSING:
                yield absence.report()


@rule("members_are_citizens", law=_REFUSAL, forms=_APPLICATION, meets=("R000-I.3", "X-07"))
def members_are_citizens(paper: Paper) -> Iterator[Breach]:
    """Each member of a family that applies is a citizen, where the setting asks for it.

    Else a residence card will do (order 01-14, annex 1, art. 7(5)).
    """
    if paper.choice("citizenship") == "citizens_only":
        for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
            if entry.citizen is False:
                yield Breach(member.field("personal_number"), evidence=(answer,))


def list_lost(paper: Paper) -> frozenset[str | None]:
    """The numbers of members of whom it is told that they are dead, or declared missing."""
    return frozenset(
        member.text("personal_number")
        for member, entry, _ in list_entries(paper, Register.CIVIL, CivilEntry)
        if _had_died(paper, entry) or entry.kept_by_state == DECLARED_MISSING
    )


def tell_absence(reason: str, since: date | None) -> dict[str, str]:
    """Why somebody does not count and since when, for a text."""
    return {"reason": f"absent_{reason}", "day": since.isoformat() if since else "-"}


def _is_refused_for_absence(paper: Paper) -> bool:
    """Whether one such member refuses the whole family; only an application is refused."""
    return paper.form in _APPLICATION and paper.choice("absent_members") == "refused"


def _list_dead(paper: Paper) -> Iterator[_Absence]:
    """Members who had died by the day of the paper."""
    for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
        if _had_died(paper, entry):
            yield _Absence(member, DEAD, answer, entry.died_on)


def _had_died(paper: Paper, entry: CivilEntry) -> bool:
    return entry.died_on is not None and entry.died_on <= paper.law_day


def _list_kept(paper: Paper) -> Iterator[_Absence]:
    """Members whom the state keeps; of a soldier, which service counts."""
    for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
        if entry.kept_by_state is not None:
            serves = entry.kept_by_state == _SERVICE
            reason = paper.choice(_SERVICE) if serves else entry.kept_by_state
            yield _Absence(member, reason, answer)


def _list_abroad(paper: Paper) -> Iterator[_Absence]:
    """Members who are abroad on the day of the paper, however long."""
    for member, stay, answer in list_entries(paper, Register.BORDER, BorderEntry):
        returned = stay.returned_on is not None and stay.returned_on <= paper.law_day
        if stay.left_on <= paper.law_day and not returned:
            yield _Absence(member, _ABROAD, answer, stay.left_on)


def _is_long(paper: Paper, absence: _Absence) -> bool:
    """Whether a stay abroad has lasted for over the months of the law without a break."""
    months = paper.legal_number("members/abroad_span")
    if months is None or absence.since is None:
        return False
    return add_months(absence.since, int(months)) < paper.law_day
