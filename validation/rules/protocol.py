"""The protocol that ends an assessment: what each ground must show on the paper.

The application lapses with it, so a ground that is not borne out never takes effect.
"""

from collections.abc import Iterator, Mapping

from validation.disposition import Severity
from validation.findings import Parameter
from validation.parameters import LegalValue
from validation.rules.paper import MEMBERS, Paper
from validation.rules.registry import Breach, rule

_PROTOCOL = ("termination_protocol",)
_VISITS = "visits"
_REPRESENTATIVE = (
    "representative_surname",
    "representative_name",
    "representative_personal_number",
)
_WARNING = ("warning_date", "warning_signature")
_DUTIES = {"art_3_6": "duties_as_meant", "as_printed": "duties_as_printed"}
"""Reading of the duties that art. 14(5) names -> how a finding says them."""


@rule(
    "artificial_family_is_proven",
    law="order-01-14/annex-1/art-14(3)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-14.3",),
)
def artificial_family_is_proven(paper: Paper) -> Iterator[Breach]:
    """That a family is merged or split artificially shows in how it lives, not on the paper."""
    if rests_on(paper, "merged") or rests_on(paper, "split"):
        yield Breach(paper.field("grounds"))


@rule(
    "merged_or_split",
    law="order-01-14/annex-1/art-14(1)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-14.1",),
)
def merged_or_split(paper: Paper) -> Iterator[Breach]:
    """No family is both merged and split."""
    if rests_on(paper, "merged") and rests_on(paper, "split"):
        yield Breach(paper.field("grounds"))


@rule(
    "obstruction_breaks_duty",
    law="order-01-14/annex-1/art-14(5)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-14.5", "X-12"),
)
def obstruction_breaks_duty(paper: Paper) -> Iterator[Breach]:
    """Who hinders the inspection has broken another duty too, which the form does not ask for."""
    if rests_on(paper, "refused_inspection"):
        duties = _DUTIES[paper.choice("obstruction_duties")]
        yield Breach(paper.field("grounds"), {"duties": duties})


@rule(
    "representative_named",
    law="order-01-14/annex-1/art-14(2)",
    forms=_PROTOCOL,
    decides=_REPRESENTATIVE,
    meets=("R003-14.2", "R003-14.4"),
)
def representative_named(paper: Paper) -> Iterator[Breach]:
    """The representative is named, unless nobody could be met."""
    if _asks_for_representative(paper) and not _may_lack_representative(paper):
        yield from map(Breach, paper.list_empty(_REPRESENTATIVE))


@rule(
    "representative_looked_for",
    law="order-01-14/annex-1/art-14(2)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    decides=_REPRESENTATIVE,
    assumed=True,
    meets=("R003-14.2", "R003-14.6"),
)
def representative_looked_for(paper: Paper) -> Iterator[Breach]:
    """The representative is named even where documents are missing or nobody is identified.

    Art. 14(4)(c) lets the name go for unmet families alone, but who has no document has no
    number to write, and at an address that does not exist nobody is found.
    """
    if _asks_for_representative(paper) and _may_lack_representative(paper):
        yield from map(Breach, paper.list_empty(_REPRESENTATIVE))


@rule(
    "lack_was_warned_of",
    law="order-01-14/annex-1/art-14(6)",
    forms=_PROTOCOL,
    decides=_WARNING,
    meets=("R003-14.6", "R003-14.8"),
)
def lack_was_warned_of(paper: Paper) -> Iterator[Breach]:
    """Where documents are missing, block C says whose, and that the family was warned."""
    if rests_on(paper, "documents_missing"):
        for row in paper.table(MEMBERS).list_lacking(1):
            yield Breach(f"{MEMBERS}[{row}].surname")
        yield from map(Breach, paper.list_empty(_WARNING))


@rule(
    "warning_a_month_before",
    law="order-01-14/annex-1/art-14(7)(b)",
    forms=_PROTOCOL,
    meets=("R003-14.7", "T21"),
)
def warning_a_month_before(paper: Paper) -> Iterator[Breach]:
    """From the warning to the protocol a month goes by."""
    warned, filled = paper.day("warning_date"), paper.day("filling_date")
    span = paper.legal_value("protocols/warning_span")
    opens = paper.open_from("protocol_after_warning", warned)
    # A date to come is said by itself.
    if warned is None or warned > paper.today or filled is None or span is None or opens is None:
        return
    if rests_on(paper, "documents_missing") and filled < opens:
        about = {"months": str(span.number), "other": "warning_date"}
        yield break_value(span, paper.field("filling_date"), about)


@rule(
    "other_reason_named",
    law="order-01-14/annex-1/art-14(1)(f)",
    forms=_PROTOCOL,
    decides=("other_reason", "other_reason_other"),
    assumed=True,
    meets=("R003-14.1",),
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
    meets=("R003-14.4", "R003-14.7"),
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


@rule(
    "protocol_ends_application_only",
    law="order-01-14/annex-1/art-14(10)",
    forms=_PROTOCOL,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-14.9", "R003-14.10"),
)
def protocol_ends_application_only(paper: Paper) -> Iterator[Breach]:
    """A family that is registered already keeps its registration, unless a person ends it.

    By itself a protocol ends the application to be registered (art. 14(9)). The agency then
    writes of the cancelled registration "and/or" of the lapsed application (art. 14(10)):
    when the registration ends too, the text does not say.
    """
    declared = paper.known.family.declared_on if paper.known.family else None
    if declared is not None:
        yield Breach(paper.field("family_code"), {"day": declared.isoformat()})


def _asks_for_representative(paper: Paper) -> bool:
    """Whether the protocol rests on grounds, none of which lets the representative go."""
    grounds = paper.meanings("grounds")
    return bool(grounds) and not rests_on(paper, "not_met")


def _may_lack_representative(paper: Paper) -> bool:
    """Whether each ground is one that may leave nobody to name; another reason unread may."""
    reason = paper.meaning("other_reason")
    lacking = {"documents_missing"} | ({"other"} if reason in (None, "unidentified") else set())
    return (paper.meanings("grounds") or frozenset()) <= lacking


def rests_on(paper: Paper, ground: str) -> bool:
    """Whether a ground is surely circled."""
    return ground in (paper.meanings("grounds") or ())


def break_value(value: LegalValue, field: str, about: Mapping[str, Parameter]) -> Breach:
    """A breach of a number of the law: by the article that stated it on the day of the paper."""
    return Breach(field, about, value.law, value.assumed)
