"""`blanki watch`: takes in what is put into the watched folder."""

from contextlib import closing

import click

from workflow.jobs.supervisor import stop_on_signals
from workflow.jobs.tasks import read_clock
from workflow.reception.inbox import watch_inbox
from workflow.settings import read_settings
from workflow.store.session import open_store


@click.command()
def watch() -> None:
    """Take in whatever is put into the watched folder, until told to stop."""
    settings = read_settings()
    store = open_store(settings.database_url, settings.busy_seconds)
    with closing(store), stop_on_signals() as stop:
        watch_inbox(store, settings, read_clock, stop)
