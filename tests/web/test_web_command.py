import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from workflow.settings import Settings


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_answer(url: str, server: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                return str(answer.read().decode())
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)


def test_the_pages_are_served_until_the_server_is_told_to_stop(
    settings: Settings, tmp_path: Path
) -> None:
    port = find_free_port()
    environment = os.environ | {
        "BLANKI_DATA": str(settings.data),
        "BLANKI_DATABASE_URL": settings.database_url,
        "BLANKI_PORT": str(port),
    }
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "web.cli.main", "web"], env=environment, stdout=log, stderr=log
        )
        try:
            assert wait_for_answer(f"http://127.0.0.1:{port}/health", server) == '{"status":"ok"}\n'
            assert "<h1" in wait_for_answer(f"http://127.0.0.1:{port}/", server)
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(30)
    assert code == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
