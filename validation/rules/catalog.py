"""All rules, by the modules they stand in."""

from functools import cache

from validation.rules import (
    application,
    assignment,
    closing,
    correction_request,
    dates,
    education_income,
    members,
    property,
    protocol,
    statement,
    status,
)
from validation.rules.registry import Rule

_MODULES = (
    members,
    status,
    education_income,
    property,
    closing,
    application,
    assignment,
    protocol,
    statement,
    correction_request,
    dates,
)


@cache
def list_rules(form: str) -> tuple[Rule, ...]:
    """The rules of one form, in the order they are written."""
    return tuple(rule for rule in list_all_rules() if form in rule.laws)


@cache
def list_all_rules() -> tuple[Rule, ...]:
    """Every rule of every form."""
    return tuple(
        found for module in _MODULES for found in vars(module).values() if isinstance(found, Rule)
    )


def list_decided(form: str, questions: tuple[str, ...]) -> frozenset[str]:
    """The questions whose emptiness a rule judges, so that the form does not."""
    rules = list_rules(form)
    return frozenset(q for q in questions if any(rule.judges_emptiness(q) for rule in rules))
