"""What every page works with: the store, the settings, the clock and the person's transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, current_app

from web.access import current_actor
from workflow.acts import Act
from workflow.settings import Settings
from workflow.store.session import Session, Store

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the program is connected to."""

    store: Store
    settings: Settings
    clock: Clock


def read_system_clock() -> datetime:
    """The machine's time, as an aware moment in UTC."""
    return datetime.now(UTC)


def connect(app: Flask, wiring: Wiring) -> None:
    """Makes store, settings and clock known to all views of the application."""
    app.extensions["blanki"] = wiring


def find_store() -> Store:
    """The store of this application."""
    return _find_wiring().store


def find_settings() -> Settings:
    """The settings of this application."""
    return _find_wiring().settings


def find_clock() -> Clock:
    """The clock of this application, for services that ask the time more than once."""
    return _find_wiring().clock


def read_clock() -> datetime:
    """The present moment, by the application's clock."""
    return _find_wiring().clock()


@contextmanager
def begin_act() -> Iterator[Act]:
    """A write transaction of the signed-in person, in the role that the view asks for.

    It is committed at the end and undone by any exception.
    """
    with find_store().write() as session:
        yield Act(session, current_actor(), read_clock())


@contextmanager
def read_rows() -> Iterator[Session]:
    """One view of the rows; changes are not kept."""
    with find_store().read() as session:
        yield session


def _find_wiring() -> Wiring:
    wiring = current_app.extensions["blanki"]
    assert isinstance(wiring, Wiring)
    return wiring
