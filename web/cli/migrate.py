"""`blanki migrate`: the tables, roles and units that the program needs."""

import click

from workflow.printing.issuing import renew_serials
from workflow.settings import Settings, read_settings
from workflow.store.migrate import upgrade
from workflow.store.people import ensure_roles, ensure_units
from workflow.store.session import open_store


@click.command()
def migrate() -> None:
    """Make the tables of the database, or bring them up to date; safe to repeat."""
    prepare_store(read_settings())


def prepare_store(settings: Settings) -> None:
    """Tables, roles and units; and no printed copy is ever given a number again."""
    upgrade(settings.database_url)
    store = open_store(settings.database_url, settings.busy_seconds)
    try:
        with store.write() as session:
            ensure_roles(session)
            ensure_units(session)
            renew_serials(session, settings)
    finally:
        store.close()
