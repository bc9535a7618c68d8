"""The text of the law itself, found by the citations that rules and values carry.

An act is read when it is first asked for, and then kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from validation.act_files import Act, Article, MissingText, climb_citation, load_act, load_missing
from validation.toml_data import DATA

ACTS = DATA / "acts"
_NOT_AT_HAND = "not_at_hand"


def find_article(law: str) -> Article | None:
    """The place that a citation names, or the nearest that holds it; None without a text."""
    name, _, citation = law.partition("/")
    if find_act(name) is None:
        return None
    places = _index_places(name)
    if citation in places:
        return places[citation]
    holder = next((one for one in climb_citation(citation) if one in places), None)
    return None if holder is None else replace(places[holder], exact=False)


def find_missing(law: str) -> MissingText | None:
    """Why there is no text for a citation; None where nobody has said."""
    named = (one for one in list_missing() if f"{law}/".startswith(f"{one.law}/"))
    return next(named, None)


def find_act(name: str) -> Act | None:
    """The act of that name; None where its text is not at hand."""
    return _load_act(name) if name in _name_acts() else None


def list_acts() -> tuple[Act, ...]:
    """Every act whose text is at hand."""
    return tuple(_load_act(name) for name in _name_acts())


@cache
def list_missing() -> tuple[MissingText, ...]:
    """What the program names without having its text."""
    return load_missing(ACTS / f"{_NOT_AT_HAND}.toml")


@cache
def _name_acts() -> tuple[str, ...]:
    names = sorted(file.stem for file in ACTS.glob("*.toml"))
    return tuple(name for name in names if name != _NOT_AT_HAND)


@cache
def _load_act(name: str) -> Act:
    return load_act(ACTS / f"{name}.toml")


@cache
def _index_places(name: str) -> Mapping[str, Article]:
    """Citation -> the text that holds; the act itself stands under no citation."""
    act = _load_act(name)
    whole = Article(name, "", heading=act.title["ka"])
    return {"": whole} | {one.citation: one for one in act.articles if not one.struck}
