import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text

from tests.workflow.other_process import NOW, held_by_another
from workflow.acts import SYSTEM, Act
from workflow.errors import DiskFull, StoreBusy, StoreUnavailable
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Session, Store, open_store


def count_events(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_a_database_that_another_process_holds_is_busy_and_unchanged(
    store: Store, database_url: str
) -> None:
    with closing(open_store(database_url, busy_seconds=0.2)) as impatient:
        with held_by_another(database_url):
            with pytest.raises(StoreBusy), impatient.write() as session:
                record(session)
            assert count_events(impatient) == 0  # readers are not held up
        with impatient.write() as session:
            record(session)
    assert count_events(store) == 1


def record(session: Session, told: str = "") -> None:
    Act(session, SYSTEM, NOW).record("step:retry", "step:1", after={"step": told})


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_is_named_and_changes_nothing(store: Store) -> None:
    with store.write() as session:
        record(session)
        pages = session.scalar(text("PRAGMA page_count"))
    store.close()

    @event.listens_for(store.engine, "connect")
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(DiskFull), store.write() as session:
        record(session, "x" * 100_000)
    assert count_events(store) == 1
    with store.write() as session:
        record(session)
    assert count_events(store) == 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_is_named(database_url: str) -> None:
    refuse_to_open(database_url.replace("host=", "host=/nowhere"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_whose_folder_is_gone_is_named(database_url: str) -> None:
    refuse_to_open(database_url.replace("blanki.sqlite", "gone/blanki.sqlite"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_that_may_only_be_read_is_named(store: Store) -> None:
    @event.listens_for(store.engine, "connect")
    def protect(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    store.close()
    with pytest.raises(StoreUnavailable), store.write() as session:
        record(session)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_may_only_be_read_is_named(store: Store) -> None:
    with pytest.raises(StoreUnavailable), store.write() as session:
        session.execute(text("SET TRANSACTION READ ONLY"))
        record(session)


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    refuse_to_open(f"sqlite:///{damaged}")


def refuse_to_open(url: str) -> None:
    store = open_store(url)
    with pytest.raises(StoreUnavailable), store.read() as session:
        session.execute(text("SELECT 1"))
