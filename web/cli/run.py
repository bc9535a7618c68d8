"""`blanki run`: everything on this machine, with a demonstration at the first start."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace

import click

from web.cli.children import choose_port, list_children, name_address
from web.cli.demonstration import Terminal, demonstrate, prepare_people
from web.cli.migrate import prepare_store
from workflow.audit.seals import seal_trail
from workflow.errors import WorkflowFault
from workflow.holding import hold_folder
from workflow.jobs.logs import log_to_stderr
from workflow.jobs.redis_server import plan_redis
from workflow.jobs.supervisor import Supervisor, stop_on_signals
from workflow.jobs.tasks import read_clock
from workflow.settings import Settings, read_settings
from workflow.store.session import Store, open_store


@click.command()
@click.option("--host", help="Address to listen on; else this machine alone (127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Else 8000, or the next free one.")
@click.option("--demonstration/--no-demonstration", default=True, show_default=True)
def run(host: str | None, port: int | None, demonstration: bool) -> None:
    """Start everything: database, queue, workers, web; Ctrl-C stops it all."""
    log_to_stderr()
    settings = _choose_address(read_settings(), host, port)
    terminal = Terminal()
    with hold_folder(settings.data), stop_on_signals() as stop, ExitStack() as stack:
        terminal.say(f"Everything is kept in {settings.data}")
        store = stack.enter_context(_open_whole_store(settings))
        password = prepare_people(store, settings) if demonstration else ""
        settings = stack.enter_context(_queue(settings))
        supervisor = stack.enter_context(Supervisor(list(list_children(settings))))
        keeper = stack.enter_context(_keep(supervisor, stop))
        terminal.say(f"Open {name_address(settings)}")
        if demonstration:
            terminal.show_accounts(password)
            demonstrate(store, settings, stop, terminal)
        else:
            terminal.say("Add people with: blanki users add NAME --role ROLE --unit CODE")
        terminal.say(f"Ready: {name_address(settings)} (Ctrl-C stops everything)")
        stop.wait()
        terminal.say("Stopping")
    terminal.say("Stopped")
    if keeper.fault:
        raise keeper.fault


@contextmanager
def _open_whole_store(settings: Settings) -> Iterator[Store]:
    """The database with all its tables, roles and units; its trail is sealed at the end."""
    prepare_store(settings)
    with closing(open_store(settings.database_url, settings.busy_seconds)) as store:
        try:
            yield store
        finally:
            seal_trail(store, settings.seals, read_clock())


def _choose_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    """What the command line says, else the environment, else a free port on this machine."""
    settings = replace(settings, host=host or settings.host)
    return replace(settings, port=port or choose_port(settings.host, settings.port))


@contextmanager
def _queue(settings: Settings) -> Iterator[Settings]:
    """The settings with a Redis: the one they name, or a private one that runs meanwhile."""
    if settings.redis_url is not None:
        yield settings
        return
    with (
        plan_redis(settings) as server,
        Supervisor([server.child]) as supervisor,
        _keep(supervisor, threading.Event()),
    ):
        yield replace(settings, redis_url=server.url)


@dataclass(slots=True)
class _Keeper:
    """Looks after processes in a thread, and remembers why it could not."""

    supervisor: Supervisor
    stop: threading.Event
    fault: WorkflowFault | None = None

    def run(self) -> None:
        try:
            self.supervisor.run(self.stop)
        except WorkflowFault as fault:
            self.fault = fault
            self.stop.set()


@contextmanager
def _keep(supervisor: Supervisor, stop: threading.Event) -> Iterator[_Keeper]:
    """Restart what dies, until told to stop; a fault sets `stop` as well."""
    keeper = _Keeper(supervisor, stop)
    thread = threading.Thread(target=keeper.run, daemon=True)
    thread.start()
    try:
        yield keeper
    finally:
        stop.set()
        thread.join()
