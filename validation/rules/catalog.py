"""All rules, by the modules they stand in: every module of this folder is looked through."""

import importlib
import pkgutil
from functools import cache

import validation.rules
from validation.rules.registry import Rule


@cache
def list_rules(form: str) -> tuple[Rule, ...]:
    """The rules of one form, in the order they are written."""
    return tuple(rule for rule in list_all_rules() if form in rule.laws)


@cache
def list_all_rules() -> tuple[Rule, ...]:
    """Every rule of every form."""
    names = sorted(module.name for module in pkgutil.iter_modules(validation.rules.__path__))
    modules = [importlib.import_module(f"validation.rules.{name}") for name in names]
    return tuple(
        found for module in modules for found in vars(module).values() if isinstance(found, Rule)
    )


@cache
def list_decided(form: str, questions: tuple[str, ...]) -> frozenset[str]:
    """The questions whose emptiness a rule judges, so that the form does not."""
    rules = list_rules(form)
    return frozenset(q for q in questions if any(rule.judges_emptiness(q) for rule in rules))
