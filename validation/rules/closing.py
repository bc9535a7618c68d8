"""Header, block F and closing: whom it concerns, how credible, when."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)


@rule(
    "sms_consent_asked",
    law="order-01-14/annex-1/art-5(4)",
    forms=_DECLARATION,
    decides=("sms_consent",),
)
def sms_consent_asked(paper: Paper) -> Iterator[Breach]:
    """Where a mobile number stands, the representative has said yes or no to messages."""
    if paper.is_answered("phone_mobile") and paper.is_empty("sms_consent"):
        yield Breach(paper.field("sms_consent"), {"other": "phone_mobile"})


@rule(
    "sms_needs_mobile",
    law="order-01-14/annex-1/art-5(4)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
)
def sms_needs_mobile(paper: Paper) -> Iterator[Breach]:
    """Whoever agrees to messages has given a mobile number."""
    if paper.meaning("sms_consent") == "yes" and paper.is_empty("phone_mobile"):
        yield Breach(paper.field("phone_mobile"), {"other": "sms_consent"})


@rule(
    "representative_is_adult",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
)
def representative_is_adult(paper: Paper) -> Iterator[Breach]:
    """A representative who is a member has come of age."""
    number = paper.text("representative_personal_number")
    for member in paper.members:
        is_same = number is not None and member.text("personal_number") == number
        if is_same and member.is_under(paper.legal_number("ages/majority")):
            yield Breach(paper.field("representative_personal_number"), {"row": str(member.row)})


@rule(
    "representative_is_member",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
)
def representative_is_member(paper: Paper) -> Iterator[Breach]:
    """A representative who is no member shows the papers of a legal one."""
    number = paper.text("representative_personal_number")
    numbers = [member.text("personal_number") for member in paper.members]
    all_known = bool(numbers) and None not in numbers and not paper.unknown_rows
    if number is not None and all_known and number not in numbers:
        yield Breach(paper.field("representative_personal_number"))


@rule(
    "doubts_have_reasons",
    law="order-01-14/annex-1/art-12(4)",
    forms=_DECLARATION,
    decides=("F2_reasons",),
)
def doubts_have_reasons(paper: Paper) -> Iterator[Breach]:
    """Reasons are circled where the information needs checking, and only there."""
    answer, reasons = paper.meaning("F2"), paper.meanings("F2_reasons")
    unexplained = answer == "needs_checking" and reasons == frozenset()
    if unexplained or (answer == "credible" and reasons):
        yield Breach(paper.field("F2_reasons"), {"other": "F2"})


@rule("filled_by_today", law="order-01-14/annex-1/art-13", forms=_DECLARATION)
def filled_by_today(paper: Paper) -> Iterator[Breach]:
    """Nothing is filled on a day that has not come."""
    day = paper.day("filling_date")
    if day is not None and day > paper.today:
        yield Breach(paper.field("filling_date"), {"day": day.isoformat()})


@rule(
    "filled_under_edition",
    law="order-01-14/art-2",
    forms=_DECLARATION,
    severity=Severity.WARNING,
)
def filled_under_edition(paper: Paper) -> Iterator[Breach]:
    """No form is filled before its order applies."""
    day = paper.day("filling_date")
    if day is not None and day < paper.edition:
        yield Breach(paper.field("filling_date"), {"day": day.isoformat()})


@rule("visit_ends_after_start", law="order-01-14/annex-1/art-13", forms=_DECLARATION)
def visit_ends_after_start(paper: Paper) -> Iterator[Breach]:
    """A visit ends later than it starts."""
    start, end = paper.clock("visit_start"), paper.clock("visit_end")
    if start is not None and end is not None and end <= start:
        yield Breach(paper.field("visit_end"), {"other": "visit_start"})
