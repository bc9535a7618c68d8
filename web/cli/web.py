"""`blanki web`: the pages, for browsers."""

import logging
import signal
from contextlib import closing

import click

from workflow.settings import read_settings
from workflow.store.session import open_store

_THREADS = 8
"""A person waits for one page at a time; pictures of a page come several at once."""
_LONGEST_BODY = 2 * 1024**3 + 2**20
"""A little over what the application takes, so that it answers with a page of its own."""


@click.command()
def web() -> None:
    """Serve the pages on the host and port of the settings, until told to stop."""
    import waitress  # only here: no other word needs it

    from web import create_app

    signal.signal(signal.SIGTERM, _end)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = read_settings()
    with closing(open_store(settings.database_url, settings.busy_seconds)) as store:
        waitress.serve(
            create_app(settings, store),
            host=settings.host,
            port=settings.port,
            threads=_THREADS,
            max_request_body_size=_LONGEST_BODY,
            ident=None,
        )


def _end(*_: object) -> None:
    """Ends the server as Ctrl-C does: requests that are answered come to their end."""
    raise SystemExit(0)
