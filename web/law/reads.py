"""Which values, lists, scales and settings of the law a rule reads: found in its program.

The names stand as constants in the rule, in what it calls and in the tables it looks into.
What follows from the answers about a family is derived once for all rules: there the name of
the fact that a rule asks for says what was read for it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import CodeType, FunctionType

from validation.parameters import Law
from validation.rules.registry import Check, Rule
from web.law.entries import SETTINGS, gather_entries

_VALIDATION = "validation"
"""Functions of other packages read nothing of the law."""
_ASKS_SETTING = frozenset({"choice", "choice_on", "choose_on"})
_MAJORITY = ("ages/majority",)
_PENSION_AGE = ("ages/pension_men", "ages/pension_women")
_WORKING_AGE = ("ages/able_bodied", *_PENSION_AGE)
FACTS: Mapping[str, tuple[str, ...]] = {
    "minor": _MAJORITY,
    "minors": _MAJORITY,
    "adults": _MAJORITY,
    "large": (*_MAJORITY, "gurjaani/many_children_least"),
    "of_pension_age": _PENSION_AGE,
    "able_bodied": _WORKING_AGE,
    "lone_pensioner": _WORKING_AGE,
    "lone_mother": ("ages/child_of_lone_mother",),
    "disabled_child": ("ages/disabled_child",),
    "orphan": ("ages/orphan",),
    "eligible_child": ("benefits/child_benefit_age",),
    "eligible_children": ("benefits/child_benefit_age",),
    "newborn": ("ages/first_year",),
    "newborns": ("ages/first_year",),
}
"""Fact of a family or a member -> the values that it hangs on."""


def list_reads(rule: Rule, law: Law) -> tuple[str, ...]:
    """Names of what the rule reads; a setting with its folder: `settings/name_rows`."""
    said, called = _reach(rule.check)
    reads = {n for n in gather_entries(law) if n in said or _is_put_together(n, said)}
    reads.update(name for fact, names in FACTS.items() if fact in called for name in names)
    if called & _ASKS_SETTING:
        reads |= {SETTINGS + name for name in law.settings if name in said}
    return tuple(sorted(reads))


def _is_put_together(name: str, said: Collection[str]) -> bool:
    """Whether a name is made of a folder and a word: `proofs/` and `orphan`."""
    folder, slash, word = name.rpartition("/")
    return bool(slash) and folder + slash in said and word in said


@cache
def _reach(check: Check) -> tuple[frozenset[str], frozenset[str]]:
    """Every text that a check can come to, and every name that it calls or asks a thing for."""
    said: set[str] = set()
    called: set[str] = set()
    seen: dict[int, object] = {}
    """Kept, so that no other thing comes to have the same id."""
    waiting: list[object] = [check]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if isinstance(thing, str):
            said.add(thing)
        elif isinstance(thing, FunctionType):
            codes = list(_list_codes(thing.__code__))
            called.update(name for code in codes for name in code.co_names)
            if _is_ours(thing, check):
                waiting.extend(_open_function(thing, codes))
        else:
            waiting.extend(_open(thing))
    return frozenset(said), frozenset(called)


def _is_ours(function: FunctionType, check: Check) -> bool:
    """Whether a function belongs to this package or stands beside the rule."""
    package = function.__module__.partition(".")[0]
    return package == _VALIDATION or function.__module__ == check.__module__


def _open_function(function: FunctionType, codes: Collection[CodeType]) -> Iterator[object]:
    """The constants of a function, what it names in its module, what it closes over."""
    for code in codes:
        yield from code.co_consts
        yield from (
            function.__globals__[name] for name in code.co_names if name in function.__globals__
        )
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from function.__defaults__ or ()


def _list_codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _list_codes(constant)


def _open(thing: object) -> Iterator[object]:
    """What a table or a record holds; a rule that another one names is looked into on its own."""
    if isinstance(thing, Rule):
        return
    if isinstance(thing, Mapping):
        yield from (*thing.keys(), *thing.values())
    elif isinstance(thing, tuple | list | set | frozenset):
        yield from thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        yield from (getattr(thing, field.name) for field in fields(thing))
