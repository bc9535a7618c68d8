import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.law.known import build_known
from tests.validation.papers import load_form, read_paper
from validation.disposition import find_track
from validation.documents import validate_document
from validation.findings import Finding
from validation.parameters import Law, load_law
from validation.record import build_record
from validation.rules.catalog import list_all_rules, list_rules
from validation.rules.paper import open_paper
from validation.wording import LANGUAGES, write_message

CASES_OF_A_RULE = 3


@dataclass(frozen=True)
class Case:
    """One paper, and the findings that the law makes of it: "code" or "code field"."""

    name: str
    rule: str
    form: str
    day: date
    values: dict[str, Any]
    expect: list[str]
    known: dict[str, Any] = field(default_factory=dict)
    """What is known beside the paper (tests/law/known.py); nothing where a case has none."""
    settings: dict[str, str] = field(default_factory=dict)
    """Setting -> the option that the case is decided under, where it is not the one that ships."""


def read_cases() -> Iterator[Case]:
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in data["case"]:
            yield Case(**{"form": data["form"], "day": data["day"]} | case)


CASES = list(read_cases())


def examine(case: Case) -> tuple[Finding, ...]:
    template = load_form(case.form)
    document, known = read_paper(template, case.values), build_known(case.known)
    if not case.settings:
        return validate_document(template, document, case.day, known).findings
    law = choose_otherwise(load_law(), case.settings)
    paper = open_paper(template, build_record(template, document), law, case.day, known)
    rules = list_rules(case.form)
    return tuple(f for rule in rules for f in rule.examine(paper, find_track(template)))


def choose_otherwise(law: Law, options: Mapping[str, str]) -> Law:
    """The shipped law with other choices in what the sources contradict each other in."""
    settings = dict(law.settings)
    for name, option in options.items():
        assert option in settings[name].options, f"{name} has no option {option}"
        choice = replace(settings[name].choices[0], option=option)
        settings[name] = replace(settings[name], choices=(choice,))
    return replace(law, settings=settings)


def name_finding(finding: Finding, expected: list[str]) -> str:
    """With its field where a case asks for the field."""
    full = f"{finding.code} {finding.field}"
    return full if full in expected else finding.code


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_law_decides_as_the_case_says(case: Case) -> None:
    found = examine(case)
    assert sorted(name_finding(f, case.expect) for f in found) == sorted(case.expect)


@pytest.mark.parametrize("case", [c for c in CASES if c.expect], ids=lambda case: case.name)
def test_what_a_case_finds_can_be_said_in_each_language(case: Case) -> None:
    for finding in examine(case):
        for language in LANGUAGES:
            assert write_message(finding, language)


@pytest.mark.parametrize("rule", list_all_rules(), ids=lambda rule: rule.code)
def test_each_rule_has_cases_that_hold_and_cases_that_break(rule: Any) -> None:
    cases = [case for case in CASES if case.rule == rule.code]
    breaks = [c for c in cases if any(e.split()[0] == rule.code for e in c.expect)]
    assert len(cases) >= CASES_OF_A_RULE
    assert 0 < len(breaks) < len(cases)


def test_each_case_names_a_rule_and_has_a_name_of_its_own() -> None:
    assert {case.rule for case in CASES} <= {rule.code for rule in list_all_rules()}
    assert len({case.name for case in CASES}) == len(CASES)
