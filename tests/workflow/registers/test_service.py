"""A service over HTTP, asked for real: what it may say, and what is refused."""

import json
import ssl
import subprocess
import time
from collections.abc import Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.registers.extracts import GIORGI, NINO, NOBODY
from tests.workflow.registers.serving import (
    AS_OF,
    CIVIL_ENTRY,
    Say,
    make_answer,
    say_bytes,
    say_json,
    say_known,
    serve,
)
from validation.registers import CivilEntry, Register
from workflow.registers.faults import (
    ServiceFault,
    ServiceGarbled,
    ServiceRefused,
    ServiceUnreached,
    WrongAddress,
)
from workflow.registers.service import RegisterService
from workflow.settings import RegisterAddress

TODAY = date(2026, 3, 2)
CIVIL = Register.CIVIL


def ask(address: RegisterAddress, *numbers: str) -> Mapping[str, Any]:
    return RegisterService(address, TODAY).ask(CIVIL, numbers or (NINO,))


def saying(told: object, status: int = 200) -> Say:
    return lambda handler, _: say_json(handler, told, status)


def test_people_are_asked_about_as_agreed_and_answers_name_their_source() -> None:
    def say(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
        say_json(handler, make_answer({NINO: [CIVIL_ENTRY], NOBODY: []}))

    with serve(say) as service:
        answers = ask(service.address(), NINO, NOBODY)
    assert service.asked == [{"schema": 1, "register": "civil", "personal_numbers": [NINO, NOBODY]}]
    assert service.tokens == ["Bearer secret"]
    (entry,) = answers[NINO].entries
    assert entry == CivilEntry("ნინო", "ბერიძე", date(1950, 3, 1), "female", True, None, None)
    assert (answers[NOBODY].entries, answers[NOBODY].as_of) == ((), date.fromisoformat(AS_OF))
    assert answers[NINO].source == "service at 127.0.0.1"


def test_the_token_shows_nowhere() -> None:
    assert "secret" not in repr(RegisterAddress(CIVIL, "https://x.example", "secret"))


def test_a_service_answers_for_its_own_register_alone() -> None:
    with serve() as service:
        assert RegisterService(service.address(), TODAY).ask(Register.INCOME, [NINO]) == {}
    assert service.asked == []


def test_many_people_are_asked_about_in_several_requests() -> None:
    numbers = [f"{number:011d}" for number in range(250)]
    with serve() as service:
        assert set(ask(service.address(), *numbers)) == set(numbers)
    assert [len(asked["personal_numbers"]) for asked in service.asked] == [100, 100, 50]


def test_amounts_may_be_numbers_and_stay_exact() -> None:
    entry = {"month": "2026-01", "kind": "C3_01", "amount": 0.1}
    with serve(saying(make_answer({NINO: [entry]}))) as service:
        address = service.address(register=Register.INCOME)
        answers = RegisterService(address, TODAY).ask(Register.INCOME, [NINO])
    assert [str(entry.amount) for entry in answers[NINO].entries] == ["0.1"]  # type: ignore[union-attr]


GARBLED = {
    "another schema": make_answer({NINO: []}, schema=2),
    "no day": {"schema": 1, "answers": {NINO: []}},
    "a day that is none": make_answer({NINO: []}, as_of="2026-02-30"),
    "a day to come": make_answer({NINO: []}, as_of="2026-03-03"),
    "a day before our law": make_answer({NINO: []}, as_of="2001-01-01"),
    "a day before our law, of nobody": make_answer({}, as_of="2001-01-01"),
    "somebody missing": make_answer({}),
    "a stranger": make_answer({NINO: [], GIORGI: []}),
    "no list of answers": make_answer([NINO]),
    "an answer that is no list": make_answer({NINO: CIVIL_ENTRY}),
    "an entry that is no object": make_answer({NINO: ["x"]}),
    "a part missing": make_answer({NINO: [{"first_name": "x"}]}),
    "a part too many": make_answer({NINO: [CIVIL_ENTRY | {"iban": "x"}]}),
    "a list for a part": make_answer({NINO: [CIVIL_ENTRY | {"first_name": ["x"]}]}),
    "a code that is none": make_answer({NINO: [CIVIL_ENTRY | {"sex": "x"}]}),
    "a day of an entry to come": make_answer({NINO: [CIVIL_ENTRY | {"died_on": "2026-03-02"}]}),
    "two entries about one person": make_answer({NINO: [CIVIL_ENTRY, CIVIL_ENTRY]}),
    "a list": [],
    "nothing": None,
}


@pytest.mark.parametrize("told", GARBLED.values(), ids=GARBLED)
def test_an_answer_of_another_form_is_refused_for_good(told: object) -> None:
    with serve(saying(told)) as service, pytest.raises(ServiceGarbled) as fault:
        ask(service.address())
    assert not fault.value.retry
    assert NINO not in str(fault.value)


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b"NaN"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with (
        serve(lambda handler, _: say_bytes(handler, body)) as service,
        pytest.raises(ServiceGarbled),
    ):
        ask(service.address())


def test_an_answer_without_end_is_refused() -> None:
    def say(handler: BaseHTTPRequestHandler, _: object) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(12):
            handler.wfile.write(b" " * (1 << 20))

    with serve(say) as service, pytest.raises(ServiceGarbled, match="too large"):
        ask(service.address(seconds=20))


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (500, ServiceUnreached),
        (503, ServiceUnreached),
        (429, ServiceUnreached),
        (400, ServiceRefused),
        (401, ServiceRefused),
        (404, ServiceRefused),
        (204, ServiceRefused),
    ],
)
def test_a_status_says_whether_asking_again_may_help(
    status: int, fault: type[ServiceFault]
) -> None:
    with (
        serve(saying(make_answer({}), status)) as service,
        pytest.raises(fault, match=str(status)) as raised,
    ):
        ask(service.address())
    assert raised.value.retry is (fault is ServiceUnreached)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with serve() as other:

        def say(handler: BaseHTTPRequestHandler, _: object) -> None:
            handler.send_response(status)
            handler.send_header("Location", other.address().url)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        with serve(say) as service, pytest.raises(ServiceRefused):
            ask(service.address())
    assert (len(service.asked), other.asked) == (1, [])


def sleep_first(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
    time.sleep(3.0)
    say_known(handler, asked)


def drip_the_head(handler: BaseHTTPRequestHandler, _: object) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for _ in range(100):
        handler.wfile.write(b"X-A: b\r\n")
        time.sleep(0.05)


def drip_the_body(handler: BaseHTTPRequestHandler, _: object) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        time.sleep(0.05)


@pytest.mark.parametrize("say", [sleep_first, drip_the_head, drip_the_body])
def test_a_slow_service_is_left_in_time_even_if_a_byte_comes_now_and_then(say: Say) -> None:
    with serve(say) as service:
        begun = time.monotonic()
        with pytest.raises(ServiceUnreached) as fault:
            ask(service.address(seconds=0.3))
        assert time.monotonic() - begun < 2.0
    assert fault.value.retry


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    def say(handler: BaseHTTPRequestHandler, _: object) -> None:
        body = json.dumps(make_answer({NINO: [CIVIL_ENTRY]})).encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) + 10))
        handler.end_headers()
        handler.wfile.write(body)

    with serve(say) as service, pytest.raises(ServiceUnreached, match="broke off"):
        ask(service.address())


def test_nobody_there_is_worth_another_attempt() -> None:
    with serve() as service:
        address = service.address()
    with pytest.raises(ServiceUnreached, match="ConnectionRefused"):
        ask(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://registry.example/ask",
        "ftp://127.0.0.1/ask",
        "127.0.0.1:80",
        "https://",
        "http://127.0.0.1:0/ask",
        "http://127.0.0.1:99999/ask",
        "http://[::1/ask",
    ],
)
def test_personal_data_goes_nowhere_in_the_clear(url: str) -> None:
    with pytest.raises(WrongAddress):
        ask(RegisterAddress(CIVIL, url))


def test_a_token_with_strange_characters_is_named_as_the_fault() -> None:
    with serve() as service, pytest.raises(WrongAddress):
        ask(service.address(token="a\r\nHost: b"))
    assert service.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a service that nobody vouches for."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    command = ["openssl", *made, "-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run(command, check=True, capture_output=True)
    return path


def test_a_service_must_prove_who_it_is(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_suffix(".crt"), certificate)
    wrap = lambda plain: context.wrap_socket(plain, server_side=True)  # noqa: E731
    with serve(wrap=wrap) as service:
        address = service.address(url=f"https://localhost:{service.port}/ask")
        with pytest.raises(ServiceRefused, match="certificate"):
            ask(address)
        assert service.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
        assert ask(address)[NINO].entries
