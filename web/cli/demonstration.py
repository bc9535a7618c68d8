"""The demonstration on the terminal: its accounts, its progress, its end."""

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask_security import hash_password
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from web import create_app
from workflow.demonstration.office import employ_people, list_employees, open_office
from workflow.demonstration.show import Show, is_shown
from workflow.jobs.tasks import read_clock
from workflow.settings import Settings
from workflow.store.session import Store

_PASSWORD_BYTES = 6
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Terminal:
    """What people see of `blanki run`; everything goes to stderr."""

    console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    def say(self, text: str) -> None:
        """One line."""
        self.console.print(text, soft_wrap=True, markup=False)

    def show_accounts(self, password: str) -> None:
        """Who may sign in to the demonstration."""
        table = Table("user", "roles", "password", title="Accounts of the demonstration")
        for person in list_employees():
            table.add_row(person.username, ", ".join(person.roles), password)
        self.console.print(table)

    def show_outcome(self, counts: Mapping[str, int]) -> None:
        """Where the documents of the demonstration stand."""
        told = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in counts.items())
        self.say(f"Simulated documents: {told}")

    def show_progress(self) -> Progress:
        """A bar with what is under way."""
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
        )


def prepare_people(store: Store, settings: Settings) -> str:
    """Employ the people of the demonstration; the password that all of them share.

    It is made at the first start and kept in a file that only its owner may read.
    """
    password = _keep_password(settings.data / "secrets" / "demonstration")
    with create_app(settings, store).app_context():
        employ_people(store, read_clock(), lambda: str(hash_password(password)))
    return password


def demonstrate(
    store: Store, settings: Settings, stop: threading.Event, terminal: Terminal
) -> None:
    """Send the simulated batch on its way and show how far it is; once in a store's life."""
    if is_shown(store):
        return
    show = Show(open_office(store, settings, read_clock), stop)
    started = time.monotonic()
    with terminal.show_progress() as progress:
        bar = progress.add_task("Simulated paper", total=show.total)
        for done, doing in show.run():
            progress.update(bar, completed=done, description=doing)
    terminal.show_outcome(show.count_documents())
    terminal.say(f"The demonstration took {time.monotonic() - started:.0f} s")


def _keep_password(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(_PASSWORD_BYTES), "ascii")
    return file.read_text("ascii")
