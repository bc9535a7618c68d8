"""The people of an application: who applies, and who is named.

What an officer mends with a question is a warning: a fault rejects the application.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.member_lists import list_all_numbers, list_bearers
from validation.rules.paper import Member, Paper, count_age
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_APPLIED = "application_date"
_NUMBER = "applicant_personal_number"
_BORN = "applicant_birth_date"
_PRINTED_TWICE = (
    ("applicant_surname", "surname"),
    ("applicant_first_name", "first_name"),
    (_BORN, "birth_date"),
)
"""What is asked of the applicant, and again of the same person among the members."""


@rule(
    "applicant_is_listed",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.a", "R001-3.1"),
)
def applicant_is_listed(paper: Paper) -> Iterator[Breach]:
    """An applicant who is a member stands among the members, and no other does."""
    number = paper.text(_NUMBER)
    if number is None:
        return
    everyone, says = list_all_numbers(paper), paper.meaning("applicant_is_member")
    is_missing = bool(everyone) and number not in everyone
    if (says == "yes" and is_missing) or (says == "no" and list_bearers(paper, number)):
        yield Breach(paper.field(_NUMBER), {"other": "applicant_is_member"})


@rule(
    "applicant_fits_row",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-3.1",),
)
def applicant_fits_row(paper: Paper) -> Iterator[Breach]:
    """The applicant's name and birth date are the same in the list of members."""
    for member in list_bearers(paper, paper.text(_NUMBER)):
        for above, below in _PRINTED_TWICE:
            said, listed = paper.answers.values.get(above), member.answers.values.get(below)
            if said is not None and listed is not None and said != listed:
                yield Breach(member.field(below), {"other": above})


@rule(
    "applicant_may_speak",
    law="order-02-150/annex-3/art-2(1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.1", "R001-13.1"),
)
def applicant_may_speak(paper: Paper) -> Iterator[Breach]:
    """An applicant who is no member of the family may speak for it."""
    if paper.meaning("applicant_is_member") == "no":
        is_repeat = paper.meaning("reason") == "reassessment"
        law = "order-02-150/annex-3/art-13(1)" if is_repeat else None
        yield Breach(paper.field("applicant_is_member"), law=law)


@rule(
    "applicant_is_adult",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-2.1.d", "R001-2.2.a"),
)
def applicant_is_adult(paper: Paper) -> Iterator[Breach]:
    """The applicant has come of age: nobody younger speaks for a family."""
    age, majority = _count_age(paper), paper.legal_value("ages/majority")
    if age is None or majority is None or majority.number is None or age >= majority.number:
        return
    about = {"age": str(age), "years": str(majority.number)}
    yield Breach(paper.field(_BORN), about)


@rule(
    "family_has_adult",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-2.1.d",),
)
def family_has_adult(paper: Paper) -> Iterator[Breach]:
    """One of the members has come of age and can speak for the family."""
    if paper.members and not paper.family.adults.perhaps:
        years = {"years": str(paper.legal_number("ages/majority"))}
        yield Breach(paper.members[0].field("birth_date"), years)


@rule(
    "age_is_possible",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-3.1",),
)
def age_is_possible(paper: Paper) -> Iterator[Breach]:
    """Nobody on an application is older than people grow."""
    ages = [(paper.field(_BORN), _count_age(paper))]
    ages += [(member.field("birth_date"), member.counted_age) for member in paper.members]
    longest = paper.legal_number("plausibility/longest_life")
    for field, age in ages:
        if age is not None and longest is not None and age > longest:
            yield Breach(field, {"age": str(age)})


@rule(
    "born_before_application",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-3.1",),
)
def born_before_application(paper: Paper) -> Iterator[Breach]:
    """Everybody on an application is born by the day it is filled."""
    filled = paper.day(_APPLIED)
    births = [(paper.field(_BORN), paper.day(_BORN))]
    births += [(member.field("birth_date"), member.day("birth_date")) for member in paper.members]
    for field, born in births:
        if filled is not None and born is not None and filled < born <= paper.today:
            yield Breach(field, {"born": born.isoformat(), "other": _APPLIED})


@rule(
    "person_listed_once",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-3.1",),
)
def person_listed_once(paper: Paper) -> Iterator[Breach]:
    """No two members of an application share name and birth date."""
    first: dict[tuple[str, str, str], Member] = {}
    for member in paper.members:
        surname, name, born = member.text("surname"), member.text("first_name"), member.born
        if surname is None or name is None or born is None:
            continue
        other = first.setdefault((surname, name, born.isoformat()), member)
        same_number = other.text("personal_number") == member.text("personal_number")
        is_told = same_number and member.text("personal_number") is not None
        if other is not member and not is_told:
            yield Breach(member.field("surname"), {"other": other.field("surname")})


@rule(
    "family_size_is_likely",
    law="order-02-150/annex-3/art-3(1.1)",
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-2.2.a",),
)
def family_size_is_likely(paper: Paper) -> Iterator[Breach]:
    """An application names no more people than a family is likely to have."""
    largest = paper.legal_number("plausibility/largest_family")
    if largest is not None and len(paper.members) > largest:
        field = paper.members[int(largest)].field("surname")
        yield Breach(field, {"members": str(len(paper.members))})


def _count_age(paper: Paper) -> int | None:
    """The applicant's completed years on the day of applying; None where unread or impossible."""
    return count_age(paper.day(_BORN), paper.day(_APPLIED))
