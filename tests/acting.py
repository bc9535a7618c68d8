"""What most tests of the workflow and the web start from: a store, a clock, people who act."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.people import load_actors
from workflow.acts import SYSTEM, Act, Actor
from workflow.settings import Settings
from workflow.store.session import Store, open_store

Begin = Callable[..., AbstractContextManager[Act]]
"""`with act(actor) as doing:`; the system acts where nobody is named."""


@dataclass(slots=True)
class Clock:
    """Stands still until a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def advance(self, **duration: float) -> None:
        """As timedelta: `clock.advance(days=1)`."""
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    """A Monday morning."""
    return Clock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """A data folder and a migrated database of its own."""
    data = tmp_path / "data"
    data.mkdir()
    return Settings(data=data, database_url=database_url, redis_url=None, busy_seconds=5.0)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The database of `settings`; each test that asks runs on SQLite and on PostgreSQL."""
    with closing(open_store(settings.database_url, settings.busy_seconds)) as opened:
        yield opened


@pytest.fixture
def people(store: Store) -> dict[str, Actor]:
    """Actors by the names in tests/people.py."""
    with store.read() as session:
        return load_actors(session)


@pytest.fixture
def act(store: Store, clock: Clock) -> Begin:
    """Begins an act in a write transaction of its own."""

    @contextmanager
    def begin(actor: Actor = SYSTEM) -> Iterator[Act]:
        with store.write() as session:
            yield Act(session, actor, clock())

    return begin
