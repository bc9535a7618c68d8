"""The application: its reason, and what each reason needs on the paper.

A fault leads to rejection (order 02-150, annex 3, art. 3), so slips that an
officer mends with a question are warnings.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_EXPLANATIONS = ("explanation_applicant_signature", "explanation_officer_signature")


@rule(
    "reassessment_has_grounds",
    law="order-02-150/annex-3/art-13(1)",
    forms=_APPLICATION,
    decides=("reassessment_grounds",),
    meets=("R001-13.1", "R001-3.1"),
)
def reassessment_has_grounds(paper: Paper) -> Iterator[Breach]:
    """Whoever asks for a repeated assessment names at least one ground."""
    if paper.meaning("reason") == "reassessment" and paper.is_empty("reassessment_grounds"):
        yield Breach(paper.field("reassessment_grounds"))


@rule(
    "grounds_for_reassessment_only",
    law="order-02-150/annex-3/art-13(1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-13.1", "R001-2.2.a"),
)
def grounds_for_reassessment_only(paper: Paper) -> Iterator[Breach]:
    """Grounds of a repeated assessment beside another reason leave the reason in doubt."""
    other_reason = paper.meaning("reason") in ("first_registration", "waiver")
    if other_reason and paper.meanings("reassessment_grounds"):
        yield Breach(paper.field("reassessment_grounds"), {"other": "reason"})


@rule(
    "other_ground_is_explained",
    law="order-02-150/annex-3/art-13(1.7)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    meets=("R001-13.1",),
)
def other_ground_is_explained(paper: Paper) -> Iterator[Breach]:
    """Another ground proves an essential change: in words, which the form has no line for."""
    asked = paper.meaning("reason") == "reassessment"
    if asked and "other" in (paper.meanings("reassessment_grounds") or ()):
        yield Breach(paper.field("reassessment_grounds"))


@rule(
    "registered_family_gives_code",
    law="order-02-150/annex-3/art-2(2)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    decides=("family_code",),
    assumed=True,
    meets=("R001-2.2.c", "R001-3.1"),
)
def registered_family_gives_code(paper: Paper) -> Iterator[Breach]:
    """A family in the registry writes its code; only a first registration is given a new one.

    The unit looks the family up in any case (art. 2(2)) and finds the code by its people:
    whoever reviews the paper enters it. Two who say that there is none reject the
    application, which only a registered family may make (arts. 3(1.1), 13(1)).
    """
    registered = paper.meaning("reason") in ("reassessment", "waiver")
    if registered and paper.is_empty("family_code"):
        yield Breach(paper.field("family_code"))


@rule(
    "first_registration_without_code",
    law="order-02-150/annex-3/art-2(2)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.c",),
)
def first_registration_without_code(paper: Paper) -> Iterator[Breach]:
    """A family code beside a first registration may mean a family that is registered already."""
    if paper.meaning("reason") == "first_registration" and paper.is_answered("family_code"):
        yield Breach(paper.field("family_code"))


@rule(
    "waiver_explained",
    law="order-02-150/annex-3/art-2(3)",
    forms=_APPLICATION,
    decides=_EXPLANATIONS,
    assumed=True,
    meets=("R001-2.3", "T18"),
)
def waiver_explained(paper: Paper) -> Iterator[Breach]:
    """Whoever gives up registration has been told of the ban that follows, and both sign.

    The order asks for the explanation; that it is signed, our form says.
    """
    ban = paper.legal_number("bans/registration_waiver")
    if paper.meaning("reason") == "waiver" and ban is not None:
        for field in paper.list_empty(_EXPLANATIONS):
            yield Breach(field, {"years": str(ban)})


@rule(
    "explanation_for_waiver_only",
    law="order-02-150/annex-3/art-2(3)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.a", "R001-2.3"),
)
def explanation_for_waiver_only(paper: Paper) -> Iterator[Breach]:
    """A signed explanation beside another reason leaves in doubt what the family asks for."""
    if paper.meaning("reason") in ("first_registration", "reassessment"):
        for question in _EXPLANATIONS:
            if paper.is_answered(question):
                yield Breach(paper.field(question), {"other": "reason"})


@rule(
    "application_names_family",
    law="order-02-150/annex-3/art-2(2)",
    forms=_APPLICATION,
    meets=("R001-2.2.a", "R001-3.1"),
)
def application_names_family(paper: Paper) -> Iterator[Breach]:
    """A family that asks for an assessment names its members."""
    asks = paper.meaning("reason") in ("first_registration", "reassessment")
    if asks and paper.is_memberless:
        yield Breach(None)


@rule(
    "application_dates_passed",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.a", "R001-3.1"),
)
def application_dates_passed(paper: Paper) -> Iterator[Breach]:
    """No date on an application is still to come."""
    for field, day in paper.list_days_to_come():
        yield Breach(field, {"day": day.isoformat()})


@rule(
    "received_after_filling",
    law="order-02-150/annex-3/art-2(2)",
    forms=_APPLICATION,
    also={"municipal_application": "gurjaani-programme-2015/art-12(2)"},
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.b",),
)
def received_after_filling(paper: Paper) -> Iterator[Breach]:
    """Nothing is received before it is filled."""
    filled, received = paper.day("application_date"), paper.day("received_date")
    if filled is not None and received is not None and received < filled:
        yield Breach(paper.field("received_date"), {"other": "application_date"})
