"""The trail as lines of JSON: all that is needed to check it without the server."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflow.audit.chain import write_canonical
from workflow.audit.events import write_instant
from workflow.store.session import Session
from workflow.store.whole_trail import stream_events


def stream_chained(session: Session) -> Iterator[dict[str, Any]]:
    """Each event as it is hashed, with its `previous` and `hash`."""
    for event in stream_events(session):
        yield {**event, "at": write_instant(event["at"])} if event else {}


def write_lines(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line for each event, without its end."""
    return map(write_canonical, events)


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The events of an export; a line that is none becomes an event without content."""
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            event = None
        yield event if isinstance(event, dict) else {}
