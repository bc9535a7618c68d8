"""The trail as tests look at it."""

from workflow.store.models.trail import AuditEvent
from workflow.store.session import Session


def list_events(session: Session, subject: str) -> list[AuditEvent]:
    """All events about a subject, oldest first."""
    return session.query(AuditEvent).filter_by(subject=subject).order_by(AuditEvent.seq).all()
