"""The pages of a file that may be of one paper with a page whose code is lost."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from form_templates.known_forms import load_known
from form_templates.specification import Role
from ocr.readings import PageReading

_DIVIDERS = frozenset({Role.SEPARATOR, Role.BATCH_COVER})


def list_neighbours(readings: Sequence[PageReading], at: int, root: Path) -> list[PageReading]:
    """Named pages of answers around a place, as far as the next separator both ways."""
    return [*_go(readings[:at][::-1], root), *_go(readings[at + 1 :], root)]


def _go(readings: Iterable[PageReading], root: Path) -> Iterator[PageReading]:
    """The pages up to a divider; what covers an attachment is no part of a paper."""
    named = [(r, load_known(r.key, root).role) for r in readings if r.key is not None]
    near = takewhile(lambda page: page[1] not in _DIVIDERS, named)
    return (reading for reading, role in near if role is Role.FORM)
