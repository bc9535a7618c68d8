import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.visiting import PASSWORD, Server, Visitor
from web.account.attempts import PER_ADDRESS
from workflow.settings import WrongSetting, read_settings

OTHER = "10.9.9.9"
Serve = Callable[..., Server]


@pytest.fixture
def serve(app: Flask) -> Iterator[Serve]:
    """Starts the program: `serve(trusted_proxy="127.0.0.1")`."""
    running: list[Server] = []

    def start(**how: Any) -> Server:
        running.append(Server(app, **how))
        return running[-1]

    yield start
    for server in running:
        server.stop()


def ask(
    server: Server, path: str, headers: dict[str, str], body: bytes | None = None
) -> HTTPResponse:
    """What the server answers; sends a form where there is a body."""
    place = urlsplit(server.url)
    connection = HTTPConnection(str(place.hostname), place.port, timeout=30)
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer


def come_from(address: str, scheme: str = "https") -> dict[str, str]:
    """What a server before us says of a visitor."""
    return {"X-Forwarded-For": address, "X-Forwarded-Proto": scheme, "Host": "blanki.example"}


def sign_in_from(server: Server, client: Visitor, address: str) -> int:
    """How the right password is answered there."""
    form = {"csrf_token": client.take_token(), "username": "operator", "password": PASSWORD}
    headers = {
        **come_from(address),
        "Cookie": write_cookie(client),
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": "https://blanki.example/sign-in",
    }
    return ask(server, "/sign-in", headers, urlencode(form).encode()).status


def write_cookie(client: Visitor) -> str:
    cookie = client.get_cookie("blanki")
    assert cookie is not None
    return f"blanki={cookie.value}"


def test_over_the_https_of_the_trusted_proxy_the_session_cookie_stays_there(serve: Serve) -> None:
    answer = ask(serve(trusted_proxy="127.0.0.1"), "/sign-in", come_from(OTHER))
    assert "Secure" in str(answer.headers["Set-Cookie"]).split("; ")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("trusted", [None, "10.0.0.7"])
def test_nobody_else_is_believed_that_it_is_https(serve: Serve, trusted: str | None) -> None:
    answer = ask(serve(trusted_proxy=trusted), "/sign-in", come_from(OTHER))
    assert "Secure" not in str(answer.headers["Set-Cookie"]).split("; ")
    assert "Strict-Transport-Security" not in answer.headers


def test_one_visitors_wrong_passwords_keep_out_nobody_else_behind_the_proxy(
    serve: Serve, app: Flask, stranger: Visitor, clock: Clock
) -> None:
    for number in range(PER_ADDRESS):
        app.extensions["blanki_attempts"].note_failure(f"name {number}", "10.1.1.1", clock())
    server = serve(trusted_proxy="127.0.0.1")
    assert sign_in_from(server, stranger, "10.1.1.1") == 422
    assert sign_in_from(server, stranger, OTHER) == 302


@pytest.mark.parametrize("cookie", ["", "blanki=made.up.by.somebody", "a session of a stranger"])
@pytest.mark.parametrize(
    "start",
    [
        b"Content-Length: 300000000\r\n\r\n",
        b"Content-Length: 300000000\r\nExpect: 100-continue\r\n\r\n" + b"x" * 100_000,
        b"Transfer-Encoding: chunked\r\n\r\n186A0\r\n" + b"x" * 100_000,
    ],
    ids=["told", "told and asked", "chunked"],
)
def test_of_a_stranger_no_long_body_is_taken(
    serve: Serve, stranger: Visitor, cookie: str, start: bytes
) -> None:
    if cookie.startswith("a session"):
        stranger.take_token()
        cookie = write_cookie(stranger)
    place = urlsplit(serve().url)
    head = f"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
    with socket.create_connection((str(place.hostname), place.port), timeout=30) as connection:
        try:
            connection.sendall(head.encode() + start)
            answer = connection.recv(1000)
            answer += connection.recv(1000) if b"100 Continue" in answer else b""
        except ConnectionResetError:
            # Hung up on while still sending: the refusal may be lost on the way.
            assert b"x" in start
            return
    assert b" 413 " in answer


def test_somebody_who_is_signed_in_sends_long_files(serve: Serve, sign_in: SignIn) -> None:
    client = sign_in("operator")
    token, edge = client.take_token(), "----------edge"
    fields = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    )
    body = fields.encode() + b"%PDF" + b"x" * 1_000_000 + f"\r\n--{edge}--\r\n".encode()
    headers = {
        "Cookie": write_cookie(client),
        "Content-Type": f"multipart/form-data; boundary={edge}",
    }
    answer = ask(serve(), "/intake/upload", headers, body)
    assert (answer.status // 100, "sign-in" in str(answer.headers["Location"])) == (3, False)


def test_the_environment_names_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().trusted_proxy is None
    monkeypatch.setenv("BLANKI_TRUSTED_PROXY", " 10.0.0.7 ")
    assert read_settings().trusted_proxy == "10.0.0.7"


@pytest.mark.parametrize("said", ["proxy.example", "*", "10.0.0.0/8", "10.0.0.7:443"])
def test_a_proxy_is_trusted_by_its_address_alone(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("BLANKI_TRUSTED_PROXY", said)
    with pytest.raises(WrongSetting, match="BLANKI_TRUSTED_PROXY"):
        read_settings()
