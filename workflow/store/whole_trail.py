"""The whole trail, row by row, for those who check it or copy it: never all in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select, text

from workflow.store.models.trail import AuditEvent, AuditHead, AuditSeal
from workflow.store.session import Session

_CHUNK = 2000
_COLUMNS = tuple(AuditEvent.__table__.columns)


def hold_snapshot(session: Session) -> None:
    """See the store as it is now for as long as the transaction lasts; to be called first.

    SQLite's reading transactions are like that by themselves.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def stream_events(session: Session, subject: str | None = None) -> Iterator[dict[str, Any]]:
    """Column -> value of each event, oldest first; of one subject where it is named."""
    query = select(*_COLUMNS).order_by(AuditEvent.seq)
    if subject is not None:
        query = query.where(AuditEvent.subject == subject)
    rows = session.execute(query, execution_options={"yield_per": _CHUNK})
    for row in rows.mappings():
        yield dict(row)


def read_head(session: Session) -> tuple[int, str] | None:
    """Number and hash of the newest event, as the store notes them beside the events."""
    row = session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    return (row.seq, row.hash) if row else None


def find_last_seal(session: Session) -> AuditSeal | None:
    """The newest seal."""
    return session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))


def list_seals(session: Session) -> Sequence[AuditSeal]:
    """All seals, oldest first: a few hundred a year."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.id)).all()
