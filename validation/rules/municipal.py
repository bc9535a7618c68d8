"""The application for a municipal benefit: whether the programme holds, what a benefit needs.

Gurjaani's programme of 2015, arts. 8, 10 and 14. The commission decides (art. 11); what the
applicant can mend is a fault, what speaks against the benefit is a warning for a person.
"""

from collections.abc import Iterator
from datetime import date

from validation.disposition import Severity
from validation.months import add_years
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_FORM = ("municipal_application",)
_ASKED = "application_date"
_MEDICAL = ("medical", "medicines")
_HELPS, _HELPS_OF_PATIENTS = (
    "gurjaani/medical_helps_a_year",
    "gurjaani/medical_helps_a_year_oncology",
)
_PARTICULARS = {
    "many_children": {"minor_children": "gurjaani-programme-2015/art-10(3)"},
    "medical": {
        "cost": "gurjaani-programme-2015/art-10(5)",
        "oncology": "gurjaani-programme-2015/art-8",
        "had_same_help": "gurjaani-programme-2015/art-8",
    },
    "medicines": {
        "cost": "gurjaani-programme-2015/art-10(6)",
        "oncology": "gurjaani-programme-2015/art-10(6)",
        "had_same_help": "gurjaani-programme-2015/art-8",
    },
    "disaster_rent": {"monthly_rent": "gurjaani-programme-2015/art-10(10)"},
    "breadwinner": {"minor_children": "gurjaani-programme-2015/art-10(11)"},
    "lone_parent": {"minor_children": "gurjaani-programme-2015/art-4(11)"},
    "dialysis": {"distance_km": "gurjaani-programme-2015/art-10(13)"},
}
"""Benefit -> what it is decided on -> the article that says so."""
_ABOVE_ZERO = ("minor_children", "cost", "monthly_rent")
"""Nought of them is nothing; nought kilometres are a distance."""


@rule(
    "programme_is_in_force",
    law="gurjaani-programme-2015/art-14",
    forms=_FORM,
    assumed=True,
    meets=("R002-12.1",),
)
def programme_is_in_force(paper: Paper) -> Iterator[Breach]:
    """A benefit is asked for while the programme holds; its first day is not printed."""
    asked = paper.day(_ASKED)
    if asked is None or asked > paper.today:
        return
    if paper.law.value_on("gurjaani/budget", asked) is None:
        yield Breach(paper.field(_ASKED), {"day": asked.isoformat()})


@rule(
    "particulars_are_given",
    law="gurjaani-programme-2015/art-10",
    forms=_FORM,
    decides=(
        "minor_children",
        "cost",
        "oncology",
        "had_same_help",
        "monthly_rent",
        "distance_km",
    ),
    assumed=True,
    meets=("G03", "G05", "G06", "G10", "G11", "G12", "G17", "R002-8"),
)
def particulars_are_given(paper: Paper) -> Iterator[Breach]:
    """What a benefit is decided on is said: children, cost, rent, distance, disease."""
    benefit = paper.meaning("benefit") or ""
    for question, article in _PARTICULARS.get(benefit, {}).items():
        is_nothing = question in _ABOVE_ZERO and paper.number(question) == 0
        if paper.is_empty(question) or is_nothing:
            yield Breach(paper.field(question), {"benefit": f"benefit_{benefit}"}, article)


@rule(
    "same_help_is_dated",
    law="gurjaani-programme-2015/art-8",
    forms=_FORM,
    decides=("same_help_date",),
    assumed=True,
    meets=("R002-8",),
)
def same_help_is_dated(paper: Paper) -> Iterator[Breach]:
    """Earlier help of the same kind has a day, and a day speaks of earlier help."""
    had = paper.meaning("had_same_help")
    is_missing = had == "yes" and paper.is_empty("same_help_date")
    if is_missing or (had == "no" and paper.is_answered("same_help_date")):
        yield Breach(paper.field("same_help_date"), {"other": "had_same_help"})


@rule(
    "medical_help_once_a_year",
    law="gurjaani-programme-2015/art-8",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R002-8", "G05", "G06"),
)
def medical_help_once_a_year(paper: Paper) -> Iterator[Breach]:
    """No help of one kind is asked for twice in a year, or a third time by an oncology patient.

    Whose year is left open: that of the calendar and that since the help are both watched.
    Whether medicines are such help is left open too; how often an oncology patient had it,
    the commission sees.
    """
    had, asked = paper.day("same_help_date"), paper.day(_ASKED)
    asks_medical = paper.meaning("benefit") in _MEDICAL
    if not asks_medical or had is None or asked is None or had > asked:
        return
    if asked <= paper.today and _is_within_year(paper, had, asked):
        is_patient = paper.meaning("oncology") == "yes"
        times = paper.legal_value(_HELPS_OF_PATIENTS if is_patient else _HELPS)
        if times is not None:
            about = {"times": str(times.number), "day": had.isoformat()}
            yield Breach(paper.field("same_help_date"), about, times.law)


@rule(
    "family_has_many_children",
    law="gurjaani-programme-2015/art-4(3)",
    forms=_FORM,
    severity=Severity.WARNING,
    meets=("G03",),
)
def family_has_many_children(paper: Paper) -> Iterator[Breach]:
    """A family of many children has as many minors as the programme asks for."""
    least = paper.legal_number("gurjaani/many_children_least")
    children = paper.number("minor_children")
    if paper.meaning("benefit") != "many_children" or least is None or not children:
        return
    if children < least:
        yield Breach(paper.field("minor_children"), {"children": str(least)})


@rule(
    "amount_is_printed",
    law="gurjaani-programme-2015/art-10(11)",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("G11",),
)
def amount_is_printed(paper: Paper) -> Iterator[Breach]:
    """The programme prints an amount for so many children; for three or more it does not."""
    children = paper.number("minor_children")
    scale = paper.law.scale_on("gurjaani/orphans_electricity", paper.law_day)
    if paper.meaning("benefit") != "breadwinner" or scale is None or not children:
        return
    if not scale.list_bands_at(children):
        yield Breach(paper.field("minor_children"), {"children": str(children)})


def _is_within_year(paper: Paper, earlier: date, later: date) -> bool:
    """Whether two days share a calendar year, or lie less than the programme's year apart."""
    years = paper.legal_number("gurjaani/medical_span")
    apart = years is None or add_years(earlier, int(years)) <= later
    return earlier.year == later.year or not apart
