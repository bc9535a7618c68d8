"""How tests visit the program: as a client that knows its forms, or through a browser."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import ConsoleMessage, Page, Request
from waitress.wasyncore import close_all
from werkzeug.test import TestResponse

from web.serving import make_server

PASSWORD = "a password for tests"


class Visitor(FlaskClient):
    """A client that sends forms with the proof that they come from our own page."""

    def submit(self, path: str, /, **fields: Any) -> TestResponse:
        """Posts a form; follows nothing."""
        return self.post(path, data={"csrf_token": self.take_token(), **fields})

    def take_token(self) -> str:
        """The token that a page of this session would carry."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha1(b"a test").hexdigest())
        serializer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        return str(serializer.dumps(raw))

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        """Signs in as one of the people in tests/people.py."""
        return self.submit("/sign-in", username=username, password=password)

    def sign_out(self) -> TestResponse:
        """Ends the session."""
        return self.submit("/sign-out")


class Server:
    """The program behind its own server on a free port of this machine."""

    def __init__(self, app: Flask, **how: Any) -> None:
        settings = replace(app.extensions["blanki"].settings, host="127.0.0.1", port=0, **how)
        self._server = make_server(app, settings)
        self.url = f"http://127.0.0.1:{self._server.effective_port}"
        self._thread = Thread(target=self._server.run)
        self._thread.start()

    def stop(self) -> None:
        """Hangs up on everybody: a browser keeps its connections open."""
        # A response that ends just now may wake the loop first; then it has hung up already,
        # and its pipe is closed.
        with suppress(OSError):
            self._server.trigger.pull_trigger(lambda: close_all(self._server._map, ignore_all=True))
        self._thread.join(10)
        self._server.task_dispatcher.shutdown()


@dataclass
class Complaints:
    """What a browser complained of while it showed our pages."""

    server: str
    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Notes what the page complains of from now on."""
        page.on("console", self._hear_console)
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("request", self._hear_request)

    def _hear_console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 503 on purpose is no complaint; all else is.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.heard.append(f"console: {message.text}")

    def _hear_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https", "ws") and not request.url.startswith(
            self.server
        ):
            self.heard.append(f"elsewhere: {request.url}")


def sign_in_by_hand(page: Page, url: str, username: str) -> None:
    """Fills in the sign-in form of a page in the browser."""
    page.goto(f"{url}/sign-in")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit], main button:not([type=button])")
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))
