"""A register's service on this machine, that answers as a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from validation.registers import Register
from workflow.settings import RegisterAddress

AS_OF = "2026-03-01"
CIVIL_ENTRY = {
    "first_name": "ნინო",
    "surname": "ბერიძე",
    "birth_date": "1950-03-01",
    "sex": "female",
    "citizen": True,
    "died_on": None,
    "kept_by_state": None,
}
Say = Callable[[BaseHTTPRequestHandler, Mapping[str, Any]], None]


@dataclass(slots=True)
class Service:
    """What it was asked, and what it says."""

    say: Say
    asked: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    port: int = 0

    def address(self, seconds: float = 5.0, **changes: Any) -> RegisterAddress:
        """Where it is."""
        about = {"register": Register.CIVIL, "url": f"http://127.0.0.1:{self.port}/ask"}
        return RegisterAddress(**about | {"token": "secret", "seconds": seconds} | changes)


def say_known(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
    """Everybody asked about is the same woman."""
    say_json(handler, make_answer({number: [CIVIL_ENTRY] for number in asked["personal_numbers"]}))


def make_answer(answers: object, **changes: object) -> dict[str, object]:
    return {"schema": 1, "as_of": AS_OF, "answers": answers} | changes


def say_json(handler: BaseHTTPRequestHandler, told: object, status: int = 200) -> None:
    say_bytes(handler, json.dumps(told).encode(), status)


def say_bytes(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serve(say: Say = say_known, wrap: Callable[[Any], Any] | None = None) -> Iterator[Service]:
    """The service for as long as the block lasts."""
    service = Service(say)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.asked.append(asked)
            service.tokens.append(self.headers["Authorization"])
            service.say(self, asked)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that went away is what some tests want."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        if wrap is not None:
            server.socket = wrap(server.socket)
        service.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
