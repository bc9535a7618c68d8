"""The server before the application: how much it takes in, and whose word it takes for HTTPS."""

from copy import copy
from functools import partial
from typing import Any

import waitress
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadData
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from werkzeug.http import parse_cookie

from workflow.settings import Settings

_THREADS = 8
"""A person waits for one page at a time; pictures of a page come several at once."""
_LONGEST_BODY = 2 * 1024**3 + 2**20
"""A little over what the application takes, so that it answers with a page of its own."""
_LONGEST_OF_STRANGERS = 64 * 1024
"""Far more than a name and a password; the server keeps a whole body before anybody asks whose."""


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # the library has no types
    """Takes long bodies only from people of the house."""

    def __init__(self, limits: Any, app: Flask) -> None:
        super().__init__(limits)
        self.adj: Any = limits
        self._app = app

    def parse_header(self, header_plus: bytes) -> None:
        """Ends by choosing the limit for what follows the header."""
        super().parse_header(header_plus)
        if self.body_rcv is not None and not _was_signed_in(self._app, self.headers):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = _LONGEST_OF_STRANGERS


def make_server(app: Flask, settings: Settings) -> Any:
    """The application behind waitress, on the host and port of the settings; not yet running."""
    parts: dict[int, Any] = {}
    server = waitress.create_server(
        app,
        parts,
        host=settings.host,
        port=settings.port,
        threads=_THREADS,
        max_request_body_size=_LONGEST_BODY,
        ident=None,
        **_trust(settings.trusted_proxy),
    )
    parser = staticmethod(partial(_Parser, app=app))
    channel = type("_Channel", (HTTPChannel,), {"parser_class": parser})
    for part in parts.values():
        if isinstance(part, BaseWSGIServer):  # one for each address of the host
            part.channel_class = channel
    return server


def _trust(proxy: str | None) -> dict[str, Any]:
    """Whoever else says where a request came from, and how, is not heard."""
    if proxy is None:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _was_signed_in(app: Flask, headers: dict[str, str]) -> bool:
    """Whether a session of ours comes along in which somebody signed in, however long ago.

    Whether it still holds is for the application to say, with a page.
    """
    cookie = parse_cookie(headers.get("COOKIE", "")).get(app.config["SESSION_COOKIE_NAME"], "")
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    try:
        return serializer is not None and "_user_id" in serializer.loads(cookie)
    except BadData:
        return False
