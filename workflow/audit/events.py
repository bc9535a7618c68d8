"""Appends events to the trail, in the transaction of what they tell of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workflow.audit.actions import check_action
from workflow.audit.chain import START, hash_event
from workflow.store.models.trail import AuditEvent, AuditHead
from workflow.store.session import Session


def append_event(
    session: Session,
    at: datetime,
    actor: str,
    role: str,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    law: str | None,
) -> AuditEvent:
    """Add one event behind the newest; raises UnknownAction for an undeclared one.

    The head's row is locked until the transaction ends: events are numbered in the
    order in which they commit, without gaps.
    """
    check_action(action, before, after)
    head = session.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, seq=0, hash=START)
        session.add(head)
    event = AuditEvent(
        seq=head.seq + 1,
        at=at,
        actor=actor,
        role=role,
        action=action,
        subject=subject,
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        law=law,
        previous=head.hash,
        hash="",
    )
    event.hash = hash_event(describe_event(event), head.hash)
    head.seq, head.hash = event.seq, event.hash
    session.add(event)
    session.flush()
    return event


def describe_event(event: AuditEvent) -> dict[str, Any]:
    """What of an event is hashed."""
    return {
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "role": event.role,
        "action": event.action,
        "subject": event.subject,
        "before": event.before,
        "after": event.after,
        "law": event.law,
    }
