"""`blanki run` as people start it: one process that brings everything up and takes it down."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from workflow.audit.verification import verify_trail
from workflow.store.demonstration import holds_demonstration
from workflow.store.documents import count_documents_by_state
from workflow.store.session import open_store

PATIENCE_SECONDS = 240.0
STARTED_PARTS = {"relay", "worker", "watch", "web"}


@dataclass(slots=True)
class Running:
    """A started program and what it has said."""

    process: subprocess.Popen[str]
    data: Path
    log: Path

    def wait_for(self, pattern: str) -> str:
        """Waits until it has said something."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = re.search(pattern, self.log.read_text("utf-8"))
            if found:
                return found[0]
            assert self.process.poll() is None, self.log.read_text("utf-8")
            time.sleep(0.2)
        raise AssertionError(f"{pattern} was never said:\n{self.log.read_text('utf-8')}")

    def list_family(self) -> list[psutil.Process]:
        """Lists all processes that it started."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in family if process.status() != psutil.STATUS_ZOMBIE]

    def list_relays(self) -> list[int]:
        """The processes that relay."""
        with contextlib.suppress(psutil.Error):
            return [p.pid for p in self.list_family() if p.cmdline()[-1:] == ["relay"]]
        return []

    def interrupt(self) -> int:
        """Sends it what Ctrl-C sends; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    @property
    def database(self) -> str:
        """Where its rows are."""
        return f"sqlite:///{self.data / 'blanki.sqlite'}"


def start(data: Path, *options: str) -> Running:
    data.mkdir(exist_ok=True)
    log = data / "said"
    with log.open("a") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "web.cli.main", "run", *options],
            env=os.environ | {"BLANKI_DATA": str(data), "REDIS_URL": ""},
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            text=True,
        )
    return Running(process, data, log)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A program whose demonstration has come to its end."""
    running = start(tmp_path_factory.mktemp("run"))
    try:
        running.wait_for("Ready: ")
        yield running
    finally:
        if running.process.poll() is None:
            running.interrupt()


def test_the_demonstration_brings_a_family_from_application_to_assignment(shown: Running) -> None:
    store = open_store(shown.database)
    with store.read() as session:
        counts = count_documents_by_state(session)
        assert holds_demonstration(session)
    assert counts["authorised"] == 4  # the family's three papers, and a clear declaration
    for state in ("review", "confirm_return", "confirm_rejection", "returned", "rescan"):
        assert counts[state] >= 1
    assert counts["new_declaration"] == counts["unidentified"] == 1
    store.close()


def test_its_address_answers_and_its_pages_ask_who_one_is(shown: Running) -> None:
    address = shown.wait_for(r"http://[^\s]+")
    with urllib.request.urlopen(f"{address}/health") as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"{address}/documents") as answer:
        assert "sign-in" in answer.url


def test_nothing_listens_beyond_this_machine(shown: Running) -> None:
    listening = [
        connection.laddr.ip
        for process in shown.list_family()
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert set(listening) == {"127.0.0.1"}


def test_a_second_program_on_the_same_data_is_refused(shown: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-P", "-m", "web.cli.main", "run"],
        env=os.environ | {"BLANKI_DATA": str(shown.data)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 3
    assert "already_running" in second.stderr


def test_an_interrupt_stops_everything_and_leaves_a_sealed_trail(tmp_path: Path) -> None:
    running = start(tmp_path / "data", "--no-demonstration")
    running.wait_for("Ready: ")
    family = running.list_family()
    words = {word for process in family for word in process.cmdline()}
    assert words >= STARTED_PARTS
    assert running.interrupt() == 0
    assert not [process for process in family if process.is_running()]
    store = open_store(running.database)
    with store.read() as session:
        verdict = verify_trail(session, running.data / "seals.jsonl")
    assert verdict.fault is None
    store.close()


def test_what_dies_is_started_again(tmp_path: Path) -> None:
    running = start(tmp_path / "data", "--no-demonstration")
    running.wait_for("Ready: ")
    (relay,) = running.list_relays()
    os.kill(relay, signal.SIGKILL)
    until = time.monotonic() + PATIENCE_SECONDS
    while not set(running.list_relays()) - {relay}:
        assert time.monotonic() < until, "the relay stays dead"
        time.sleep(0.2)
    assert running.interrupt() == 0
