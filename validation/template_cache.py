"""What follows from a template alone is worked out once for each template."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from form_templates.specification import Template

Worked = TypeVar("Worked")
_KEPT = 64
"""Editions in use at a time, those that are tried in a folder of one's own included."""


class _Itself:
    """A template as a key: it holds dictionaries, so nothing but itself is equal to it."""

    __slots__ = ("template",)

    def __init__(self, template: Template) -> None:
        self.template = template

    def __hash__(self) -> int:
        return id(self.template)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.template is self.template


def once_a_template(work: Callable[[Template], Worked]) -> Callable[[Template], Worked]:
    """Make a function of a template keep what it gave; the catalogue's templates last."""

    @lru_cache(maxsize=_KEPT)
    def keep(key: _Itself) -> Worked:
        return work(key.template)

    @wraps(work)
    def give(template: Template) -> Worked:
        return keep(_Itself(template))

    return give
