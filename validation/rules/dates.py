"""Dates that no paper may bear, whatever its form asks."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_PROTOCOL = ("termination_protocol",)
_FILLED = "order-01-14/annex-1/art-14(2)"
_OTHERS = {
    "assignment_statement": "order-02-150/annex-3/art-10(3)",
    "correction_request": "order-02-150/annex-3/art-12(5)",
    "information_sheet": "order-01-14/annex-1/art-11(6)",
    "monitor_visit": "order-02-150/annex-3/art-4(3)",
    "municipal_application": "gurjaani-programme-2015/art-9",
}
"""Further forms that name only what has happened, with the article that asks for their date."""
_DATED_OTHERWISE = {
    "application": "order-02-150/annex-3/art-2(2)",
    "assignment_form": "order-02-150/annex-3/art-10(2)",
}
"""Forms whose dates to come have rules of their own."""
_MEETS = ("R003-14.2", "R003-11.6", "R001-10.3", "R001-12.5", "R001-4.3")


@rule("dates_passed", law=_FILLED, forms=_PROTOCOL, also=_OTHERS, assumed=True, meets=_MEETS)
def dates_passed(paper: Paper) -> Iterator[Breach]:
    """No date is still to come."""
    for field, day in paper.list_days_to_come():
        yield Breach(field, {"day": day.isoformat()})


@rule(
    "dated_under_edition",
    law=_FILLED,
    forms=_PROTOCOL,
    also=_OTHERS | _DATED_OTHERWISE,
    severity=Severity.WARNING,
    assumed=True,
    meets=(*_MEETS, "R001-2.2.a"),
)
def dated_under_edition(paper: Paper) -> Iterator[Breach]:
    """No form is filled before it was in use: the law of such a day would not be found."""
    day = paper.day(paper.day_field) if paper.day_field else None
    if paper.day_field and day is not None and day < paper.edition:
        yield Breach(paper.field(paper.day_field), {"day": day.isoformat()})
