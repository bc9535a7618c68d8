"""Keys in parts: a query with too many of them is refused by some databases."""

from collections.abc import Collection, Iterator
from typing import TypeVar

_Key = TypeVar("_Key", int, str)

_AT_ONCE = 500


def cut_keys(keys: Collection[_Key]) -> Iterator[list[_Key]]:
    """The keys in order, each once, few enough at once for any database."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
