"""Appends events to the trail, in the transaction of what they tell of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workflow.audit.actions import check_action
from workflow.audit.chain import hash_event
from workflow.errors import WorkflowFault
from workflow.store.models.trail import AuditEvent, AuditHead
from workflow.store.session import Session


class InexactEvent(WorkflowFault):
    """An event with numbers that a database may give back otherwise than they were hashed."""

    code = "inexact_event"
    message = "Tell whole numbers, truth values, texts, lists and mappings of them."


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
    """Add one event behind the newest.

    Raises UnknownAction for an undeclared one, InexactEvent for one with broken numbers.

    The head's row is locked until the transaction ends: events are numbered in the
    order in which they commit, without gaps.
    """
    check_action(action, before, after)
    if not (_is_exact(before) and _is_exact(after)):
        raise InexactEvent(action)
    head = lock_head(session)
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


def _is_exact(told: object) -> bool:
    match told:
        case Mapping():
            return all(isinstance(key, str) and _is_exact(told[key]) for key in told)
        case list() | tuple():
            return all(map(_is_exact, told))
        case _:
            return told is None or isinstance(told, str | int)


def lock_head(session: Session) -> AuditHead:
    """The trail's newest end, which nobody else moves until the transaction ends."""
    return session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)


def describe_event(event: AuditEvent) -> dict[str, Any]:
    """What of an event is hashed."""
    return {
        "seq": event.seq,
        "at": write_instant(event.at),
        "actor": event.actor,
        "role": event.role,
        "action": event.action,
        "subject": event.subject,
        "before": event.before,
        "after": event.after,
        "law": event.law,
    }


def write_instant(moment: datetime) -> str:
    """As the chain knows it: UTC to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
