"""The fields of a document sorted once: where each stands, and what can be built on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from validation.standing import Standing, find_standing, is_blank

Place = tuple[str | None, int | None]
"""Table and row; both None outside tables."""

Judged = tuple[FieldReading, Standing]
"""A reading and what can be built on it."""


@dataclass(frozen=True, slots=True)
class SortedFields:
    """All fields of a document, looked at once for all that is asked of them later."""

    places: Mapping[Place, Sequence[Judged]]
    """Every field by its table and row, in the order they were read."""
    notable: Sequence[Judged]
    """Fields that may be worth a word, in that order: neither plainly answered nor left
    blank where they may be."""


# Looked up once, because every field of every document is held against them.
_READ, _BLANK, _NO_REASON = FieldState.READ, FieldState.EMPTY, Reason.NONE
_EMPTY, _SETTLED = Standing.EMPTY, Standing.SETTLED


def sort_fields(document: DocumentReading) -> SortedFields:
    """Put every field where it stands, with what can be built on it.

    Most fields of a paper are plain, and what they are is told without a further look.
    """
    places: dict[Place, list[Judged]] = {}
    notable: list[Judged] = []
    here, group, row = places.setdefault((None, None), []), None, None
    for reading in document.fields.values():
        spec, state = reading.spec, reading.state
        if spec.row != row or spec.group != group:
            group, row = spec.group, spec.row
            here = places.setdefault((group, row), [])
        if reading.reason is not _NO_REASON or reading.review:
            judged, plain = (reading, find_standing(reading)), False
        elif state is _BLANK:
            judged, plain = (reading, _EMPTY), not spec.required
        elif state is _READ and not is_blank(reading.value):
            judged, plain = (reading, _SETTLED), True
        else:
            judged, plain = (reading, find_standing(reading)), False
        here.append(judged)
        if not plain:
            notable.append(judged)
    return SortedFields(places, notable)
