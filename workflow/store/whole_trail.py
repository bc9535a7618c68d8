"""The whole trail, row by row, for those who check it or copy it: never all in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from workflow.store.models.trail import AuditEvent, AuditHead, AuditSeal
from workflow.store.session import Session

_CHUNK = 2000
_UNREADABLE = (ValueError, TypeError, AttributeError, OperationalError)
"""What a row raises whose text is no JSON, no moment or no text at all."""
_COLUMNS = tuple(AuditEvent.__table__.columns)


def hold_snapshot(session: Session) -> None:
    """See the store as it is now for as long as the transaction lasts; to be called first.

    SQLite's reading transactions are like that by themselves.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def stream_events(session: Session, subject: str | None = None) -> Iterator[dict[str, Any]]:
    """Column -> value of each event, oldest first; of one subject where it is named.

    A row that somebody put into such a state that it cannot be read is an event without
    content.
    """
    query = select(*_COLUMNS).order_by(AuditEvent.seq)
    if subject is not None:
        query = query.where(AuditEvent.subject == subject)
    told = 0
    try:
        for row in session.execute(query, execution_options={"yield_per": _CHUNK}).mappings():
            yield dict(row)
            told = row["seq"]
    except _UNREADABLE:
        numbers = query.with_only_columns(AuditEvent.seq).where(AuditEvent.seq > told)
        for number in session.scalars(numbers).all():
            yield _read_one(session, number)


def _read_one(session: Session, number: int) -> dict[str, Any]:
    try:
        row = session.execute(select(*_COLUMNS).filter_by(seq=number)).mappings().one()
    except _UNREADABLE:
        return {}
    return dict(row)


def read_head(session: Session) -> tuple[int, str] | None:
    """Number and hash of the newest event, as the store notes them beside the events.

    None where it notes none, or several.
    """
    rows = session.execute(select(AuditHead.id, AuditHead.seq, AuditHead.hash)).all()
    return (rows[0].seq, rows[0].hash) if [row.id for row in rows] == [1] else None


def find_last_seal(session: Session) -> AuditSeal | None:
    """The newest seal."""
    return session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))


def list_seals(session: Session) -> Sequence[AuditSeal]:
    """All seals, oldest first: a few hundred a year."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.id)).all()


def list_readable_seals(session: Session) -> Sequence[AuditSeal | None]:
    """All seals as far as they can be read, oldest first."""
    numbers = session.scalars(select(AuditSeal.id).order_by(AuditSeal.id)).all()
    return [_read_seal(session, number) for number in numbers]


def _read_seal(session: Session, number: int) -> AuditSeal | None:
    try:
        return session.get_one(AuditSeal, number)
    except _UNREADABLE:
        return None
