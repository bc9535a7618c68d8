"""Which fields people entered after the newest check, which has not seen them."""

from workflow.cases.transitions import name_document
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session
from workflow.store.trail import EventFilter, find_newest_event, list_newest_events

_MOST = 1000
"""More entries than anybody makes between two checks."""


def list_entered_since(session: Session, document: PaperDocument) -> frozenset[str]:
    """By the order of the trail: two things may happen at the same moment of the clock."""
    subject = name_document(document)
    checked = find_newest_event(session, subject, "document:check")
    if checked is None:
        return frozenset()
    wanted = EventFilter(subject, action="declaration:field:enter", start=checked.at)
    entered = list_newest_events(session, wanted, before=None, limit=_MOST)
    return frozenset(
        event.after["field"] for event in entered if event.seq > checked.seq and event.after
    )
