"""Brings a database to the tables that this program knows, from nothing or from an older one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url

from workflow.errors import WorkflowFault
from workflow.store.session import open_store

MIGRATIONS = Path(__file__).parent / "migrations"
_TURN_SECONDS = 600.0
"""Another process may be moving many rows."""
_TURN_KEY = 0x626C616E6B69
"""PostgreSQL's advisory lock of whoever migrates."""


class StoreNewer(WorkflowFault):
    """The database has tables that this program does not know."""

    code = "store_newer"
    message = "A newer version of the program wrote this database; run that version."


def upgrade(url: str) -> None:
    """Make every table, or change it, in one transaction; several at once wait for each other.

    Raises StoreNewer for the database of a later version.
    """
    with _first_in_folder(url), _own_turn(url) as connection:
        _check_known(connection)
        command.upgrade(configure(connection), "head")


def pending(url: str) -> bool:
    """Whether the database lacks something that `upgrade` would make."""
    path = _find_file(url)
    if path is not None and not path.exists():
        return True
    with closing(open_store(url)) as store, store.read() as session:
        return _read_revision(session.connection()) != _scripts().get_current_head()


def configure(connection: Connection | None = None) -> Config:
    """Settings of Alembic, without a file of settings."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@contextmanager
def _first_in_folder(url: str) -> Iterator[None]:
    """SQLite's file is made by one process: another is refused while it turns to WAL."""
    path = _find_file(url)
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextmanager
def _own_turn(url: str) -> Iterator[Connection]:
    """A writing transaction that no other migration runs beside."""
    with closing(open_store(url, _TURN_SECONDS)) as store:
        if store.engine.dialect.name == "sqlite":
            event.listen(store.engine, "connect", _allow_new_tables)
        with store.write() as session:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN_KEY})")
            yield connection


def _allow_new_tables(connection: object, _: object) -> None:
    """SQLite changes a table by copying it; rows that point to the old one would be in the way."""
    connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]


def _check_known(connection: Connection) -> None:
    revision = _read_revision(connection)
    if revision not in {None, *(script.revision for script in _scripts().walk_revisions())}:
        raise StoreNewer(str(revision))


def _read_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configure())


def _find_file(url: str) -> Path | None:
    """SQLite's file; None for a database behind a server, or in memory."""
    parts = make_url(url)
    is_file = parts.get_backend_name() == "sqlite" and parts.database not in (None, "", ":memory:")
    return Path(str(parts.database)) if is_file else None
