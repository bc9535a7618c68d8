"""What a handler of a step is given, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from workflow.acts import Act
from workflow.settings import Settings
from workflow.store.session import Store


def _read_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Work:
    """The surroundings of one attempt at a step."""

    store: Store
    settings: Settings
    keep_alive: Callable[[], None]
    """Says that the work goes on; call it often, it costs nothing until it is due.

    Raises LeaseLost where the step belongs to somebody else by now.
    """
    clock: Callable[[], datetime] = _read_clock


Commit = Callable[[Act], None]
"""Writes all effects of a step in the one transaction that it is given."""
Handler = Callable[[Work, int], Commit]
"""Does the slow part for the subject of that id, without a transaction that writes."""
