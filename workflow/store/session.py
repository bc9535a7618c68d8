"""The door to the database: transactions that commit whole or leave nothing.

On SQLite a writing transaction takes the one write lock at its start, so two of
them never fail at their ends; readers are never held up (WAL).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session as Session
from sqlalchemy.orm import sessionmaker

from workflow.errors import DiskFull, StoreBusy, StoreUnavailable, WorkflowFault

DatabaseFault = SQLAlchemyError
"""What it raises that nobody foresaw; its words may quote rows."""
_BUSY = ("database is locked", "database table is locked", "lock timeout", "deadlock detected")
_FULL = ("disk is full", "database or disk is full", "no space left", "disk i/o error")
_AWAY = (
    "connection",
    "unable to open",
    "read-only",
    "readonly",
    "read only",
    "malformed",
    "not a database",
)
_WRITES = "blanki_writes"


@dataclass(frozen=True, slots=True)
class Store:
    """A database with its tables; safe to share between threads, not across a fork."""

    engine: Engine
    sessions: sessionmaker[Session]

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that may change rows: committed at the end, undone by any exception.

        Raises StoreBusy, DiskFull or StoreUnavailable where the database refuses.
        """
        with _explained(), self.sessions() as session, session.begin():
            session.connection(execution_options={_WRITES: True})
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One view of the rows; changes are not kept."""
        with _explained(), self.sessions() as session:
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_store(url: str, busy_seconds: float = 15.0) -> Store:
    """A store by its SQLAlchemy URL; nothing is opened before the first transaction."""
    engine = (
        _make_sqlite(url, busy_seconds)
        if make_url(url).get_backend_name() == "sqlite"
        else create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=_postgres_waits(busy_seconds),
        )
    )
    return Store(engine, sessionmaker(engine, expire_on_commit=False))


def _postgres_waits(busy_seconds: float) -> dict[str, Any]:
    return {"options": f"-c lock_timeout={int(busy_seconds * 1000)}", "connect_timeout": 10}


def _make_sqlite(url: str, busy_seconds: float) -> Engine:
    # What a fault quotes ends in a log, and values are people's.
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # else the driver begins and commits as it likes
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _explained() -> Iterator[None]:
    """Turns what the database refuses into a fault with a way forward."""
    try:
        yield
    except DBAPIError as error:
        fault = _name_fault(error)
        if fault is None:
            raise
        raise fault from error


def _name_fault(error: DBAPIError) -> WorkflowFault | None:
    said = str(error.orig).lower()
    if any(words in said for words in _BUSY):
        return StoreBusy()
    if any(words in said for words in _FULL):
        return DiskFull()
    if error.connection_invalidated or any(words in said for words in _AWAY):
        return StoreUnavailable(str(error.orig).strip().splitlines()[0])
    return None
