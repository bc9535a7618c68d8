"""A private redis-server beside the program, for those who have no Redis of their own.

It listens on a socket in a folder that only its owner may enter, never on the
network. Its file of what was queued spares work after a restart; nothing depends
on it, the database knows every step.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from workflow.errors import WorkflowFault
from workflow.jobs.children import ChildSpec
from workflow.jobs.logs import read_end
from workflow.jobs.supervisor import Supervisor
from workflow.settings import Settings

_READY_SECONDS = 15.0
_LOCK_SECONDS = "10"


class RedisMissing(WorkflowFault):
    """There is no redis-server on this machine."""

    code = "redis_missing"
    message = (
        "redis-server is not installed. Install it (Debian: apt-get install redis-server),"
        " or set REDIS_URL to a Redis elsewhere."
    )


@dataclass(frozen=True, slots=True)
class RedisServer:
    """A private server: how to start it and where it is found."""

    child: ChildSpec
    url: str


@contextmanager
def plan_redis(settings: Settings, program: str = "redis-server") -> Iterator[RedisServer]:
    """A server that can be started, stopped and started again, with the same address.

    Its folder for the socket lasts as long as the context. Raises RedisMissing.
    """
    if shutil.which(program) is None:
        raise RedisMissing
    data = settings.data / "redis"
    data.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="blanki-"))  # its mode is 700
    try:
        yield _describe_server(program, data, folder / "redis.sock")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def start_redis(settings: Settings) -> Iterator[RedisServer]:
    """A running server; it is stopped at the end. Raises RedisMissing or ChildDied."""
    with plan_redis(settings) as server, Supervisor([server.child]):
        yield server


def _describe_server(program: str, data: Path, socket: Path) -> RedisServer:
    url, log = f"unix://{socket}", data / "redis.log"
    child = ChildSpec(
        name="redis",
        argv=(*_lock(data / "lock"), program, *_configure(data, socket, log)),
        is_ready=lambda: _answers(url),
        ready_seconds=_READY_SECONDS,
        explain=lambda: read_end(log),
    )
    return RedisServer(child, url)


def _lock(path: Path) -> tuple[str, ...]:
    """Two servers on one folder would spoil each other's file: the second waits, then ends."""
    flock = shutil.which("flock")
    return (flock, "--timeout", _LOCK_SECONDS, "--no-fork", str(path)) if flock else ()


def _configure(data: Path, socket: Path, log: Path) -> Iterator[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "aof-load-truncated": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "logfile": str(log),
        "loglevel": "warning",
        "daemonize": "no",
    }
    for name, value in options.items():
        yield from (f"--{name}", value)


def _answers(url: str) -> bool:
    with closing(Redis.from_url(url)) as connection:
        try:
            return bool(connection.ping())
        except RedisError:
            return False
