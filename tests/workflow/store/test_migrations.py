import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.acting import Begin
from tests.workflow.other_process import SPAWN, run_at_once
from workflow.store.migrate import StoreNewer, pending, upgrade
from workflow.store.models.tables import METADATA
from workflow.store.session import Store, open_store

ONLY_ADDED = (
    "audit_event",
    "audit_seal",
    "reading",
    "value",
    "acknowledgement",
    "overruling",
    "finding",
    "effect",
    "registry_record",
    "person_membership",
    "threshold_set",
    "threshold",
    "enforcement",
)


def test_the_migrated_tables_are_those_of_the_models(store: Store) -> None:
    with store.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, METADATA) == []


def test_an_empty_database_waits_for_its_tables(empty_database: str) -> None:
    assert pending(empty_database)
    upgrade(empty_database)
    assert not pending(empty_database)


def test_upgrading_again_keeps_what_is_stored(
    store: Store, database_url: str, begin_event: None
) -> None:
    upgrade(database_url)
    with store.read() as session:
        assert session.scalar(text("SELECT count(*) FROM audit_event")) == 1


@pytest.fixture
def begin_event(act: Begin) -> None:
    with act() as doing:
        doing.record("step:retry", "step:1", after={"step": 1})


def test_several_that_upgrade_at_once_all_succeed(empty_database: str) -> None:
    processes = [SPAWN.Process(target=upgrade, args=(empty_database,)) for _ in range(3)]
    assert run_at_once(processes) == [0, 0, 0]
    assert not pending(empty_database)


def test_the_database_of_a_later_version_is_left_alone(store: Store, database_url: str) -> None:
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    with pytest.raises(StoreNewer, match="later"):
        upgrade(database_url)
    assert pending(database_url)


def test_a_failed_upgrade_leaves_nothing_behind(empty_database: str) -> None:
    with closing(open_store(empty_database)) as store, store.write() as session:
        session.execute(text("CREATE TABLE lease (name TEXT)"))
    with pytest.raises(DBAPIError, match="lease"):
        upgrade(empty_database)
    with closing(open_store(empty_database)) as store, store.read() as session:
        assert session.scalar(text("SELECT count(*) FROM lease")) == 0
        with pytest.raises(DBAPIError):
            session.execute(text("SELECT count(*) FROM audit_head"))


@pytest.mark.parametrize("table", ONLY_ADDED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_rows_that_are_only_added_cannot_be_changed(
    store: Store, database_url: str, table: str, statement: str
) -> None:
    column = "seq" if table == "audit_event" else "id"
    if database_url.startswith("sqlite"):
        add_bare_row(database_url, table)
    with pytest.raises(DBAPIError, match="only ever added"), store.write() as session:
        session.execute(text(statement.format(table, column, column)))


def add_bare_row(url: str, table: str) -> None:
    """SQLite asks its triggers only about rows that there are; what they point to matters not."""
    names = [f'"{column.name}"' for column in METADATA.tables[table].columns]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('1' for _ in names)})"
        )


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ONLY_ADDED)
def test_rows_that_are_only_added_cannot_be_cut_off(store: Store, table: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added"), store.write() as session:
        session.execute(text(f"TRUNCATE {table} CASCADE"))
