"""The store of this machine, for a command that works in it."""

import getpass
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from workflow.acts import SYSTEM, Act, Actor
from workflow.errors import WorkflowFault
from workflow.settings import Settings, read_settings
from workflow.store.migrate import pending
from workflow.store.session import Session, Store, open_store


class StoreNotReady(WorkflowFault):
    """There is no database yet, or one of an older version."""

    code = "store_not_ready"
    message = "The database is not ready; `blanki run` makes it ready."


@dataclass(frozen=True, slots=True)
class Opened:
    """A store and where it is."""

    settings: Settings
    store: Store

    @contextmanager
    def begin_act(self) -> Iterator[Act]:
        """A write transaction of whoever runs the command."""
        with self.store.write() as session:
            yield Act(session, name_operator(), datetime.now(UTC))

    @contextmanager
    def read_rows(self) -> Iterator[Session]:
        """One view of the rows."""
        with self.store.read() as session:
            yield session


@contextmanager
def open_own_store() -> Iterator[Opened]:
    """The store that the environment names; raises StoreNotReady before its first start."""
    settings = read_settings()
    if pending(settings.database_url):
        raise StoreNotReady(settings.database_url.split("@")[-1])
    with closing(open_store(settings.database_url, settings.busy_seconds)) as store:
        yield Opened(settings, store)


def name_operator() -> Actor:
    """Whoever is signed in to the machine; the program has no account of theirs."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = f"uid {os.getuid()}"
    return Actor(f"{name} (command line)", SYSTEM.role)
