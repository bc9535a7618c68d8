"""`blanki web`: the pages, for browsers."""

import logging
import signal
from contextlib import closing

import click

from workflow.settings import read_settings
from workflow.store.session import open_store


@click.command()
def web() -> None:
    """Serve the pages on the host and port of the settings, until told to stop."""
    from web import create_app
    from web.serving import make_server  # only here: no other word needs it

    signal.signal(signal.SIGTERM, _end)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = read_settings()
    with closing(open_store(settings.database_url, settings.busy_seconds)) as store:
        server = make_server(create_app(settings, store), settings)
        server.print_listen("Serving on http://{}:{}")
        server.run()


def _end(*_: object) -> None:
    """Ends the server as Ctrl-C does: requests that are answered come to their end."""
    raise SystemExit(0)
