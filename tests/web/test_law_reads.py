"""What a rule reads of the law is found in its program."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest

from validation.family import Family
from validation.family_limits import read_limits
from validation.member_facts import MemberFacts
from validation.parameters import load_law
from validation.rules.catalog import list_all_rules
from validation.rules.paper import Paper
from validation.rules.registry import Breach, Rule, rule
from web.law.reads import FACTS, list_reads
from web.law.words import UNITS

_TABLE = {"a": ("ages/orphan", "no name")}
_FORMS = ("family_declaration",)


def find_oldest(paper: Paper) -> object:
    return paper.legal_value("ages/pension_men")


@rule("reads_itself", law="x", forms=_FORMS, meets=("R003-7.4",))
def reads_itself(paper: Paper) -> Iterator[Breach]:
    """A rule that reads one value."""
    if paper.legal_value("ages/majority"):
        yield Breach(None)


@rule("reads_setting", law="x", forms=_FORMS, meets=("R003-7.4",))
def reads_setting(paper: Paper) -> Iterator[Breach]:
    """A rule that asks for a setting."""
    if paper.choice("name_rows") == "as_printed":
        yield Breach(None)


@rule("names_no_setting", law="x", forms=_FORMS, meets=("R003-7.4",))
def names_no_setting(paper: Paper) -> Iterator[Breach]:
    """A rule with a question that is called as a setting is."""
    if paper.text("name_rows"):
        yield Breach(None)


@rule("asks_around", law="x", forms=_FORMS, meets=("R003-7.4",))
def asks_around(paper: Paper) -> Iterator[Breach]:
    """A rule that calls another function, looks into a table and puts a name together."""
    kinds = [f"proofs/{kind}" for kind in ("alimony",)]
    if find_oldest(paper) and any(paper.legal_value(name) for name in (*kinds, *_TABLE["a"])):
        yield Breach(None)


RULES = {one.code: one for one in list_all_rules()}


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (reads_itself, ("ages/majority",)),
        (reads_setting, ("settings/name_rows",)),
        (names_no_setting, ()),
        (asks_around, ("ages/orphan", "ages/pension_men", "proofs/alimony")),
        (RULES["head_is_adult"], ("ages/majority",)),
        (RULES["orphan_is_minor"], ("ages/orphan",)),
        (RULES["members_oldest_first"], ()),
    ],
    ids=lambda one: one.code if isinstance(one, Rule) else "",
)
def test_values_and_settings_are_found(one: Rule, names: tuple[str, ...]) -> None:
    assert list_reads(one, load_law()) == names


def test_every_limit_of_a_family_is_known_with_the_facts_that_hang_on_it() -> None:
    law, days = load_law(), (date(2015, 6, 1), date(2024, 1, 1))
    limits = set()
    for name in law.values:
        less = replace(law, values={**law.values, name: ()})
        if any(read_limits(less, day) != read_limits(law, day) for day in days):
            limits.add(name)
    assert {name for names in FACTS.values() for name in names} == limits
    assert {*dir(Family), *(field.name for field in fields(MemberFacts))} >= FACTS.keys()


def test_every_unit_of_the_law_has_words() -> None:
    law = load_law()
    units = {entry.unit.lower() for entries in law.values.values() for entry in entries}
    for entries in law.scales.values():
        units |= {word.lower() for scale in entries for word in (scale.unit, scale.gives)}
    assert units - UNITS.keys() == set()
