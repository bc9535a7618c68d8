"""Conditions that several lists are narrowed by."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from workflow.store.models.families import FamilyCase
from workflow.store.models.paper import Batch

_OfUnit = TypeVar("_OfUnit", Batch, FamilyCase)


def match_given(
    asked: Mapping[InstrumentedAttribute[Any], object],
) -> Iterator[ColumnElement[bool]]:
    """Each column equals what is asked of it; None asks nothing."""
    yield from (column == value for column, value in asked.items() if value is not None)


def select_newest(
    row: type[_OfUnit], unit_id: int | None, before_id: int | None, limit: int
) -> Select[_OfUnit]:
    """Rows, newest first, of one unit where it is given; the next by the id of the last seen."""
    query = select(row).order_by(row.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(row.id < before_id)
    return query.where(*match_given({row.unit_id: unit_id}))
