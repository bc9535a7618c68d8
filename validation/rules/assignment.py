"""The assignment form: what was found at the visit, what the family decided, when.

The sources describe the visit and not its form, so every rule is our reading of
what they say: `assumed`.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_ASSIGNMENT = ("assignment_form",)


@rule(
    "new_circumstance_named",
    law="programme-overview/step-7",
    forms=_ASSIGNMENT,
    decides=("circumstance_kinds",),
    assumed=True,
    meets=("R000-VII.2",),
)
def new_circumstance_named(paper: Paper) -> Iterator[Breach]:
    """Kinds of a new circumstance are circled where one was found, and only there."""
    found, kinds = paper.meaning("new_circumstance"), paper.meanings("circumstance_kinds")
    if (found == "yes" and kinds == frozenset()) or (found == "no" and kinds):
        yield Breach(paper.field("circumstance_kinds"), {"other": "new_circumstance"})


@rule(
    "family_decides",
    law="order-02-150/annex-3/art-10(3)",
    forms=_ASSIGNMENT,
    decides=("family_decision",),
    assumed=True,
    meets=("R001-10.3", "R000-VII.3"),
)
def family_decides(paper: Paper) -> Iterator[Breach]:
    """The family decides, unless a new circumstance stops the procedure."""
    if paper.meaning("new_circumstance") == "no" and paper.is_empty("family_decision"):
        yield Breach(paper.field("family_decision"))


@rule(
    "decision_beside_circumstance",
    law="programme-overview/step-7",
    forms=_ASSIGNMENT,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R000-VII.2",),
)
def decision_beside_circumstance(paper: Paper) -> Iterator[Breach]:
    """A new circumstance may stop the procedure: a decision beside it leaves that in doubt."""
    if paper.meaning("new_circumstance") == "yes" and paper.is_answered("family_decision"):
        yield Breach(paper.field("family_decision"), {"other": "new_circumstance"})


@rule(
    "decision_is_stated",
    law="order-02-150/annex-3/art-10(3)",
    forms=_ASSIGNMENT,
    decides=("n1_date",),
    assumed=True,
    meets=("R001-10.3", "T14"),
)
def decision_is_stated(paper: Paper) -> Iterator[Breach]:
    """A decision is stated on form N1, whose day starts the two weeks."""
    if paper.is_answered("family_decision") and paper.is_empty("n1_date"):
        yield Breach(paper.field("n1_date"), {"other": "family_decision"})


@rule(
    "statement_has_decision",
    law="order-02-150/annex-3/art-10(3)",
    forms=_ASSIGNMENT,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-10.3", "R000-VII.2"),
)
def statement_has_decision(paper: Paper) -> Iterator[Breach]:
    """Form N1 states a decision: one without it leaves in doubt whether the procedure went on."""
    if paper.is_answered("n1_date") and paper.is_empty("family_decision"):
        yield Breach(paper.field("n1_date"), {"other": "family_decision"})


@rule(
    "statement_after_visit",
    law="order-02-150/annex-3/art-10(3)",
    forms=_ASSIGNMENT,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-10.3",),
)
def statement_after_visit(paper: Paper) -> Iterator[Breach]:
    """Form N1 is filled at the visit or later."""
    visit, stated = paper.day("visit_date"), paper.day("n1_date")
    if visit is not None and stated is not None and stated < visit:
        yield Breach(paper.field("n1_date"), {"day": stated.isoformat(), "other": "visit_date"})


@rule(
    "assignment_dates_passed",
    law="order-02-150/annex-3/art-10(2)",
    forms=_ASSIGNMENT,
    assumed=True,
    meets=("R001-10.2",),
)
def assignment_dates_passed(paper: Paper) -> Iterator[Breach]:
    """No date on an assignment form is still to come."""
    for field, day in paper.list_days_to_come():
        yield Breach(field, {"day": day.isoformat()})
