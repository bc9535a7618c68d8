"""The protocol that ends an assessment: what each ground must show on the paper.

The application lapses with it, so a ground that is not borne out never takes effect.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from validation.disposition import Severity
from validation.findings import Parameter
from validation.months import add_months
from validation.parameters import LegalValue
from validation.rules.paper import MEMBERS, Paper
from validation.rules.parts import Row
from validation.rules.registry import Breach, rule

_PROTOCOL = ("termination_protocol",)
_VISITS = "visits"
_REPRESENTATIVE = (
    "representative_surname",
    "representative_name",
    "representative_personal_number",
)
_WARNING = ("warning_date", "warning_signature")


@rule("three_visits_made", law="order-01-14/annex-1/art-14(4)", forms=_PROTOCOL)
def three_visits_made(paper: Paper) -> Iterator[Breach]:
    """Who is said not to live there or not to be met was visited three times."""
    visits = paper.legal_value("protocols/visits")
    if _rests_on(paper, "not_met") and visits is not None and visits.number is not None:
        for row in paper.table(_VISITS).list_lacking(int(visits.number)):
            about = {"visits": str(visits.number)}
            yield _break_value(visits, f"{_VISITS}[{row}].visit_date", about)


@rule("visits_in_order", law="order-01-14/annex-1/art-14(4)", forms=_PROTOCOL, assumed=True)
def visits_in_order(paper: Paper) -> Iterator[Breach]:
    """The visits stand in the order they were made."""
    visits = paper.table(_VISITS).rows if _rests_on(paper, "not_met") else ()
    for before, visit in pairwise(visits):
        earlier, day = before.day("visit_date"), visit.day("visit_date")
        if earlier is not None and day is not None and day < earlier:
            yield Breach(visit.field("visit_date"), {"other": before.field("visit_date")})


@rule("visits_a_month_apart", law="order-01-14/annex-1/art-14(4)(a)", forms=_PROTOCOL)
def visits_a_month_apart(paper: Paper) -> Iterator[Breach]:
    """From the first to the third visit a month goes by."""
    first, third = _find_visit(paper, 1), _find_visit(paper, 3)
    span = paper.legal_value("protocols/visit_span")
    if first is None or third is None or span is None or span.number is None:
        return
    begun, ended = first.day("visit_date"), third.day("visit_date")
    if begun is not None and ended is not None and ended < add_months(begun, int(span.number)):
        about = {"months": str(span.number), "other": first.field("visit_date")}
        yield _break_value(span, third.field("visit_date"), about)


@rule("protocol_on_third_visit", law="order-01-14/annex-1/art-14(4)(b)", forms=_PROTOCOL)
def protocol_on_third_visit(paper: Paper) -> Iterator[Breach]:
    """The protocol bears the date of the third visit."""
    third, filled = _find_visit(paper, 3), paper.day("filling_date")
    visited = third.day("visit_date") if third is not None else None
    if third is not None and None not in (visited, filled) and visited != filled:
        yield Breach(paper.field("filling_date"), {"other": third.field("visit_date")})


@rule(
    "representative_named",
    law="order-01-14/annex-1/art-14(2)",
    forms=_PROTOCOL,
    decides=_REPRESENTATIVE,
)
def representative_named(paper: Paper) -> Iterator[Breach]:
    """The representative is named, unless nobody could be met."""
    grounds = paper.meanings("grounds")
    if grounds and "not_met" not in grounds:
        yield from _list_empty(paper, _REPRESENTATIVE)


@rule(
    "lack_was_warned_of",
    law="order-01-14/annex-1/art-14(6)",
    forms=_PROTOCOL,
    decides=_WARNING,
)
def lack_was_warned_of(paper: Paper) -> Iterator[Breach]:
    """Where documents are missing, block C says whose, and that the family was warned."""
    if _rests_on(paper, "documents_missing"):
        for row in paper.table(MEMBERS).list_lacking(1):
            yield Breach(f"{MEMBERS}[{row}].surname")
        yield from _list_empty(paper, _WARNING)


@rule("warning_a_month_before", law="order-01-14/annex-1/art-14(7)(b)", forms=_PROTOCOL)
def warning_a_month_before(paper: Paper) -> Iterator[Breach]:
    """From the warning to the protocol a month goes by."""
    warned, filled = paper.day("warning_date"), paper.day("filling_date")
    span = paper.legal_value("protocols/warning_span")
    if warned is None or filled is None or span is None or span.number is None:
        return
    if _rests_on(paper, "documents_missing") and filled < add_months(warned, int(span.number)):
        about = {"months": str(span.number), "other": "warning_date"}
        yield _break_value(span, paper.field("filling_date"), about)


@rule(
    "other_reason_named",
    law="order-01-14/annex-1/art-14(1)(f)",
    forms=_PROTOCOL,
    decides=("other_reason", "other_reason_other"),
    assumed=True,
)
def other_reason_named(paper: Paper) -> Iterator[Breach]:
    """Another reason is named where that ground is circled, and only there."""
    grounds, reason = paper.meanings("grounds"), paper.meaning("other_reason")
    if not grounds:
        return
    is_other = "other" in grounds
    named = paper.is_answered("other_reason")
    if (is_other and paper.is_empty("other_reason")) or (named and not is_other):
        yield Breach(paper.field("other_reason"), {"other": "grounds"})
    elif reason == "written" and paper.is_empty("other_reason_other"):
        yield Breach(paper.field("other_reason_other"), {"other": "other_reason"})
    elif paper.is_answered("other_reason_other") and not is_other:
        yield Breach(paper.field("other_reason_other"), {"other": "grounds"})
    elif paper.is_answered("other_reason_other") and reason not in (None, "written"):
        yield Breach(paper.field("other_reason_other"), {"other": "other_reason"})


@rule(
    "block_without_ground",
    law="order-01-14/annex-1/art-14(1)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    assumed=True,
)
def block_without_ground(paper: Paper) -> Iterator[Breach]:
    """Visits or a warning beside other grounds leave in doubt why the assessment ends."""
    grounds = paper.meanings("grounds")
    if not grounds:
        return
    if "not_met" not in grounds:
        for visit in paper.table(_VISITS).rows[:1]:
            yield Breach(visit.field("visit_date"), {"other": "grounds"})
    if "documents_missing" not in grounds:
        begun = [member.field("surname") for member in paper.table(MEMBERS).rows]
        begun += [paper.field(question) for question in _WARNING if paper.is_answered(question)]
        for field in begun[:1]:
            yield Breach(field, {"other": "grounds"})


def _rests_on(paper: Paper, ground: str) -> bool:
    """Whether a ground is surely circled."""
    return ground in (paper.meanings("grounds") or ())


def _find_visit(paper: Paper, number: int) -> Row | None:
    """A visit to a family that was not met; None where its row is in doubt."""
    table = paper.table(_VISITS)
    is_sure = table.has_seen(number) and not table.is_doubtful
    if not _rests_on(paper, "not_met") or not is_sure or len(table.rows) < number:
        return None
    return table.rows[number - 1]


def _break_value(value: LegalValue, field: str, about: Mapping[str, Parameter]) -> Breach:
    """A breach of a number of the law: by the article that stated it on the day of the paper."""
    return Breach(field, about, value.law, value.assumed)


def _list_empty(paper: Paper, questions: tuple[str, ...]) -> Iterator[Breach]:
    """A breach for each of the questions that was left blank."""
    for question in questions:
        if paper.is_empty(question):
            yield Breach(paper.field(question))
