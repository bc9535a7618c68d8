"""The whole trail and registry, row by row, for those who check or copy them: never in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import InstrumentedAttribute

from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.trail import AuditEvent, AuditHead, AuditSeal
from workflow.store.session import Session

_CHUNK = 2000
_UNREADABLE = (ValueError, TypeError, AttributeError, OperationalError)
"""What a row raises whose text is no JSON, no moment or no text at all."""
_Row = dict[str, Any]
"""Column -> value."""


def hold_snapshot(session: Session) -> None:
    """See the store as it is now for as long as the transaction lasts; to be called first.

    SQLite's reading transactions are like that by themselves.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def stream_events(session: Session, subject: str | None = None) -> Iterator[_Row]:
    """Column -> value of each event, oldest first; of one subject where it is named.

    A row that somebody put into such a state that it cannot be read is an event without
    content.
    """
    query = select(*AuditEvent.__table__.columns)
    if subject is not None:
        query = query.where(AuditEvent.subject == subject)
    for _, row in _stream_rows(session, query, AuditEvent.seq):
        yield row


def stream_records(session: Session) -> Iterator[tuple[int, _Row]]:
    """The registry's entries by number; one that cannot be read is an entry without content."""
    return _stream_rows(session, select(*RegistryRecord.__table__.columns), RegistryRecord.id)


def _stream_rows(
    session: Session, query: Select[Any], key: InstrumentedAttribute[int]
) -> Iterator[tuple[int, _Row]]:
    """Number and content of each row, by number; where reading stops it goes on row by row."""
    ordered, told = query.order_by(key), 0
    try:
        for row in session.execute(ordered, execution_options={"yield_per": _CHUNK}).mappings():
            yield row[key.key], dict(row)
            told = row[key.key]
    except _UNREADABLE:
        numbers = ordered.with_only_columns(key).where(key > told)
        for number in session.scalars(numbers).all():
            yield number, _read_one(session, query.where(key == number))


def _read_one(session: Session, query: Select[Any]) -> _Row:
    try:
        row = session.execute(query).mappings().one()
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
