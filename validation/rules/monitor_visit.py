"""A visit that a monitor has begun: why, how far it came, what differs, who goes on with it.

Order 02-150, annex 3, art. 4(3) names the form and says that the head of the unit passes it
on; why families are visited again, order 01-14, annex 1, art. 16 says. What the form must
hold is our reading of both: `assumed`.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_FORM = ("monitor_visit",)
_PASSED_ON = (
    "passed_to",
    "receiver_surname",
    "receiver_code",
    "passed_date",
    "head_signature",
    "receiver_signature",
)


@rule(
    "visit_reason_is_written",
    law="order-01-14/annex-1/art-16",
    forms=_FORM,
    decides=("visit_reason_other",),
    assumed=True,
    meets=("R003-16.1", "R001-4.3"),
)
def visit_reason_is_written(paper: Paper) -> Iterator[Breach]:
    """Another reason for a visit is written out, and only another one."""
    reason = paper.meaning("visit_reason")
    if reason is None:
        return
    written = paper.is_answered("visit_reason_other")
    is_missing = reason == "other" and paper.is_empty("visit_reason_other")
    if is_missing or (reason != "other" and written):
        yield Breach(paper.field("visit_reason_other"), {"other": "visit_reason"})


@rule(
    "monitor_leaves_later",
    law="order-02-150/annex-3/art-4(3)",
    forms=_FORM,
    assumed=True,
    meets=("R001-4.3",),
)
def monitor_leaves_later(paper: Paper) -> Iterator[Breach]:
    """A monitor's visit ends after it began."""
    start, end = paper.clock("visit_start"), paper.clock("visit_end")
    if start is not None and end is not None and end <= start:
        yield Breach(paper.field("visit_end"), {"other": "visit_start"})


@rule(
    "differences_are_answered",
    law="order-01-14/annex-1/art-16(2)",
    forms=_FORM,
    decides=("differences",),
    assumed=True,
    meets=("R003-16.2",),
)
def differences_are_answered(paper: Paper) -> Iterator[Breach]:
    """A check that was finished says what differs from the declaration, or that nothing does."""
    if paper.meaning("visit_result") == "finished" and paper.is_empty("differences"):
        yield Breach(paper.field("differences"), {"other": "visit_result"})


@rule(
    "no_difference_stands_alone",
    law="order-01-14/annex-1/art-16(2)",
    forms=_FORM,
    assumed=True,
    meets=("R003-16.2",),
)
def no_difference_stands_alone(paper: Paper) -> Iterator[Breach]:
    """Where no difference was found, none is named."""
    found = paper.meanings("differences") or frozenset()
    if "nothing" in found and len(found) > 1:
        yield Breach(paper.field("differences"))


@rule(
    "difference_needs_meeting",
    law="order-01-14/annex-1/art-16(2)",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-16.2",),
)
def difference_needs_meeting(paper: Paper) -> Iterator[Breach]:
    """Differences are found where the family was met, or leave in doubt how the visit went."""
    if paper.meaning("visit_result") == "not_met" and paper.meanings("differences"):
        yield Breach(paper.field("differences"), {"other": "visit_result"})


@rule(
    "difference_is_judged",
    law="order-01-14/annex-1/art-16(2)",
    forms=_FORM,
    severity=Severity.WARNING,
    meets=("R003-16.1", "R003-16.2"),
)
def difference_is_judged(paper: Paper) -> Iterator[Breach]:
    """A person judges whether a difference calls for a repeated declaration."""
    if (paper.meanings("differences") or frozenset()) - {"nothing"}:
        yield Breach(paper.field("differences"))


@rule(
    "passing_on_is_whole",
    law="order-02-150/annex-3/art-4(3)",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-4.3",),
)
def passing_on_is_whole(paper: Paper) -> Iterator[Breach]:
    """A form that is passed on says to whom and when, and both have signed."""
    if any(paper.is_answered(question) for question in _PASSED_ON):
        yield from map(Breach, paper.list_empty(_PASSED_ON))


@rule(
    "visit_is_passed_on",
    law="order-02-150/annex-3/art-4(3)",
    forms=_FORM,
    severity=Severity.INFO,
    meets=("R001-4.3",),
)
def visit_is_passed_on(paper: Paper) -> Iterator[Breach]:
    """The head of the unit has passed the form on to the senior agents, or to the agents."""
    if all(paper.is_empty(question) for question in _PASSED_ON):
        yield Breach(paper.field("passed_to"))


@rule(
    "passed_on_after_visit",
    law="order-02-150/annex-3/art-4(3)",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-4.3",),
)
def passed_on_after_visit(paper: Paper) -> Iterator[Breach]:
    """Nothing is passed on before the visit."""
    visited, passed = paper.day("visit_date"), paper.day("passed_date")
    if visited is not None and passed is not None and passed < visited:
        yield Breach(paper.field("passed_date"), {"other": "visit_date"})
