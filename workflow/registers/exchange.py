"""One exchange over HTTP with the service of a register, within its time and size."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from workflow.registers.faults import (
    ServiceGarbled,
    ServiceRefused,
    ServiceUnreached,
    WrongAddress,
)
from workflow.settings import RegisterAddress

_MOST_BYTES = 8 << 20
"""Of an answer."""
_OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Where nothing leaves the machine, so that it may go without TLS."""
_LATER = frozenset({408, 425, 429})
"""Statuses of a service that would answer another time; so would one with an error of its own."""


def post(address: RegisterAddress, body: bytes) -> bytes:
    """The body of the answer to one request; raises a ServiceFault. No redirect is followed."""
    parts = _split_address(address)
    try:
        with _connect(address, parts) as (connection, was_cut):
            connection.request("POST", _name_target(parts), body, _make_headers(address))
            response = connection.getresponse()
            content = response.read(_MOST_BYTES + 1)
            if was_cut.is_set():
                raise ServiceUnreached("the answer took too long")
            _check_status(response.status)
            if len(content) > _MOST_BYTES:
                raise ServiceGarbled("the answer is too large")
            if response.length:
                raise ServiceUnreached("the answer broke off")
            return content
    except ssl.SSLCertVerificationError as error:
        raise ServiceRefused(f"its certificate: {error.verify_message}") from error
    except (http.client.HTTPException, OSError) as error:
        raise ServiceUnreached(type(error).__name__) from error
    except ValueError as error:
        raise WrongAddress("no address or token may hold such characters") from error


def _split_address(address: RegisterAddress) -> SplitResult:
    """The parts of an address; raises WrongAddress where personal data would go in the clear."""
    try:
        parts = urlsplit(address.url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise WrongAddress("this is no address") from error
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _OWN_HOSTS)
    if not host or port == 0 or not is_safe:
        raise WrongAddress("begin it with https://")
    return parts


@contextmanager
def _connect(
    address: RegisterAddress, parts: SplitResult
) -> Iterator[tuple[http.client.HTTPConnection, Event]]:
    """A connection that is cut when all takes too long, even if a byte comes now and then."""
    connection = _make_connection(address, parts)
    opened: list[socket.socket] = []  # the connection lets go of its own once an answer begins
    was_cut = Event()
    cut = Timer(address.seconds, _cut, [connection, opened, was_cut])
    cut.daemon = True
    cut.start()
    try:
        connection.connect()
        opened.append(connection.sock)
        yield connection, was_cut
    finally:
        cut.cancel()
        connection.close()


def _make_connection(address: RegisterAddress, parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=address.seconds)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, parts.port, timeout=address.seconds, context=context)


def _cut(
    connection: http.client.HTTPConnection, opened: list[socket.socket], was_cut: Event
) -> None:
    was_cut.set()  # before the end of what is read could be taken for the end of the answer
    for sock in opened or [connection.sock]:
        with suppress(OSError, AttributeError):
            sock.shutdown(socket.SHUT_RDWR)


def _name_target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _make_headers(address: RegisterAddress) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return headers | ({"Authorization": f"Bearer {address.token}"} if address.token else {})


def _check_status(status: int) -> None:
    if status == http.client.OK:
        return
    if status >= http.client.INTERNAL_SERVER_ERROR or status in _LATER:
        raise ServiceUnreached(f"status {status}")
    raise ServiceRefused(f"status {status}")
