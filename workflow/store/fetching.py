"""One row by its key, or a fault that names what is not there."""

from typing import TypeVar

from workflow.errors import NotFound
from workflow.store.models.base import Row
from workflow.store.session import Session

_Row = TypeVar("_Row", bound=Row)


def fetch_row(session: Session, kind: type[_Row], key: int, subject: str) -> _Row:
    """The row with a key; raises NotFound, which calls it by its subject: `case:12`."""
    row = session.get(kind, key)
    if row is None:
        raise NotFound(f"{subject}:{key}")
    return row
