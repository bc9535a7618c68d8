"""The facts of a family, case by case: what follows from the answers, and what stays open.

A fact of a member stands in a case as `members[2].able_bodied`, one of the family as
`minors`; the answers are "yes", "no" and "unknown", an age, a number, or "1 or 2" where a
member may or may not count.
"""

import dataclasses
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.validation.papers import load_form, read_paper
from validation.family import Count, Family
from validation.member_facts import MemberFacts
from validation.parameters import load_law
from validation.record import build_record
from validation.rules.paper import open_paper

DECLARATION = load_form("family_declaration")
CASES_OF_A_FACT = 3
FAMILY_FACTS = ("size", "adults", "minors", "eligible_children", "newborns", "large")
WORDS = {True: "yes", False: "no", None: "unknown"}


@dataclasses.dataclass(frozen=True)
class Case:
    """Answers, and what follows from them; `able_bodied_members` is the count of the family."""

    name: str
    fact: str
    day: date
    values: dict[str, Any]
    expect: dict[str, Any]


def read_cases() -> Iterator[Case]:
    for file in sorted(Path(__file__).with_name("family_facts").glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in data["case"]:
            yield Case(**{"day": data["day"]} | case)


CASES = list(read_cases())


def derive(case: Case) -> Family:
    record = build_record(DECLARATION, read_paper(DECLARATION, case.values))
    return open_paper(DECLARATION, record, load_law(), case.day).family


def read_fact(family: Family, name: str) -> Any:
    """A fact as a case writes it."""
    place, _, fact = name.rpartition("].")
    about = family.find(int(place.removeprefix("members["))) if place else family
    found = getattr(about, fact)
    if isinstance(found, Count):
        return found.surely if found.exact is not None else f"{found.surely} or {found.perhaps}"
    return WORDS[found] if found is None or isinstance(found, bool) else found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fact_follows_from_the_answers_as_the_case_says(case: Case) -> None:
    family = derive(case)
    assert {name: read_fact(family, name) for name in case.expect} == case.expect


@pytest.mark.parametrize(
    "fact", [f.name for f in dataclasses.fields(MemberFacts) if f.name != "row"]
)
def test_each_fact_of_a_member_has_cases_for_each_answer(fact: str) -> None:
    told = [
        answer
        for case in CASES
        for name, answer in case.expect.items()
        if case.fact == fact and name.endswith(f"].{fact}")
    ]
    assert len(told) >= CASES_OF_A_FACT
    assert "unknown" in told and len(set(told)) >= 3


@pytest.mark.parametrize("fact", [*FAMILY_FACTS, "able_bodied_members"])
def test_each_fact_of_a_family_has_cases(fact: str) -> None:
    assert sum(case.fact == fact for case in CASES) >= CASES_OF_A_FACT


def test_each_case_has_a_name_of_its_own_and_a_known_fact() -> None:
    members = {field.name for field in dataclasses.fields(MemberFacts)}
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.fact for case in CASES} <= members | {*FAMILY_FACTS, "able_bodied_members"}
