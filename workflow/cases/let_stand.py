"""Warnings that people have looked at and let stand; pure."""

import json
from dataclasses import dataclass
from typing import Any

_LISTS = ("register", "people")
"""What a warning names many of: to name fewer is to say less."""

Told = tuple[str, str | None, str]
"""A finding by its code, its field and, as JSON, what it names."""


@dataclass(frozen=True, slots=True)
class LetStand:
    """The warnings that people let stand; one that says less than they saw stands too."""

    seen: frozenset[Told] = frozenset()

    def __bool__(self) -> bool:
        """Whether anybody let any stand."""
        return bool(self.seen)

    def __contains__(self, told: Told) -> bool:
        """Whether a warning stands: it was seen, or one about all its people and more."""
        return told in self.seen or any(_says_no_more(told, seen) for seen in self.seen)


def _says_no_more(told: Told, seen: Told) -> bool:
    if told[:2] != seen[:2]:
        return False
    now, then = json.loads(told[2]), json.loads(seen[2])
    if now.keys() != then.keys():
        return False
    return all(_is_within(name, now[name], then[name]) for name in now)


def _is_within(name: str, now: Any, then: Any) -> bool:
    lists = name in _LISTS and isinstance(now, list) and isinstance(then, list)
    return set(now) <= set(then) if lists else bool(now == then)
