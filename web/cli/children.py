"""The processes that `blanki run` keeps running, beside redis-server."""

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

from workflow.jobs.logs import read_end
from workflow.jobs.supervisor import ChildSpec
from workflow.settings import Settings

_PORTS_TO_TRY = 20
_ANSWER_SECONDS = 1.0
_READY_SECONDS = 60.0
_JOB_SECONDS = 30.0
"""A worker finishes the job at hand before it ends."""


def list_children(settings: Settings) -> Iterator[ChildSpec]:
    """Relay, workers, the watched folder and the web server, in the order of their start."""
    yield _describe_child(settings, "relay", "relay")
    for number in range(1, settings.workers + 1):
        yield _describe_child(settings, f"worker-{number}", "worker")
    yield _describe_child(settings, "inbox", "watch")
    yield _describe_web(settings)


def name_address(settings: Settings) -> str:
    """Where a browser finds the program."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def choose_port(host: str, first: int) -> int:
    """The first port from there on that nobody listens on; the first itself if none is free."""
    for port in range(first, first + _PORTS_TO_TRY):
        if _is_free(host, port):
            return port
    return first


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def _describe_web(settings: Settings) -> ChildSpec:
    web = _describe_child(settings, "web", "web")
    return ChildSpec(
        name=web.name,
        argv=web.argv,
        env=web.env,
        is_ready=lambda: _answers(f"{name_address(settings)}/health"),
        ready_seconds=_READY_SECONDS,
        explain=web.explain,
    )


def _describe_child(settings: Settings, name: str, word: str) -> ChildSpec:
    """One word of the command line; what it says goes to a log of its own."""
    log = settings.data / "logs" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    program = (sys.executable, "-P", "-m", "web.cli.main", word)
    return ChildSpec(
        name=name,
        argv=("sh", "-c", 'exec "$@" >>"$0" 2>&1', str(log), *program),
        env=_list_variables(settings),
        stop_seconds=_JOB_SECONDS,
        explain=lambda: read_end(log),
    )


def _list_variables(settings: Settings) -> dict[str, str]:
    return {
        "BLANKI_DATA": str(settings.data),
        "BLANKI_DATABASE_URL": settings.database_url,
        "BLANKI_HOST": settings.host,
        "BLANKI_PORT": str(settings.port),
        "REDIS_URL": settings.redis_url or "",
    }


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=_ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
