"""Conditions that several lists are narrowed by."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute


def match_given(
    asked: Mapping[InstrumentedAttribute[Any], object],
) -> Iterator[ColumnElement[bool]]:
    """Each column equals what is asked of it; None asks nothing."""
    yield from (column == value for column, value in asked.items() if value is not None)
