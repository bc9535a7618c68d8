import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.validation.papers import load_form, read_paper
from validation.documents import validate_document
from validation.findings import Finding
from validation.rules.catalog import list_all_rules
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


def read_cases() -> Iterator[Case]:
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in data["case"]:
            yield Case(**{"form": data["form"], "day": data["day"]} | case)


CASES = list(read_cases())


def examine(case: Case) -> tuple[Finding, ...]:
    template = load_form(case.form)
    return validate_document(template, read_paper(template, case.values), case.day).findings


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
