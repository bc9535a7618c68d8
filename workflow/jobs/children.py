"""One child process of the supervisor, through all its lives.

Each child has a session of its own, so a Ctrl-C at the terminal reaches the
supervisor alone, and whatever the child leaves behind can be found. Where the
supervisor itself is killed, the kernel tells the child to stop.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from workflow.errors import WorkflowFault

_QUICK_SECONDS = 5.0
"""A child that dies sooner has not really run."""
_QUICK_DEATHS = 5
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 10.0
_LOOK_SECONDS = 0.05

_log = structlog.get_logger(__name__)


class ChildDied(WorkflowFault):
    """A process cannot be kept running."""

    code = "child_died"
    message = "A part of the program does not stay up."


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """A process to be kept running."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    """On top of the supervisor's own."""
    is_ready: Callable[[], bool] | None = None
    """Whether the children behind it, which rely on it, may start; None: none relies on it."""
    ready_seconds: float = 30.0
    stop_seconds: float = 10.0
    """How long it may take to end after SIGTERM."""
    explain: Callable[[], str] = lambda: ""
    """What people should be told when it dies."""


@dataclass(slots=True)
class Child:
    """A spec, and the process that runs for it now, if any."""

    spec: ChildSpec
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    quick_deaths: int = 0
    left_sessions: set[int] = field(default_factory=set)
    """Of children that died, where what they had started may live on."""

    def start(self) -> None:
        """Start the process."""
        self.process = subprocess.Popen(
            [*_bind_to_parent(), *self.spec.argv],
            env={**os.environ, **self.spec.env},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def wait_until_ready(self) -> None:
        """Come back once others may rely on it; raises ChildDied where that never comes."""
        until = time.monotonic() + self.spec.ready_seconds
        while self.spec.is_ready is not None and not self.spec.is_ready():
            if self._is_dead():
                raise self._describe_death("did not start")
            if time.monotonic() > until:
                raise self._describe_death(f"was not ready after {self.spec.ready_seconds:g} s")
            time.sleep(_LOOK_SECONDS)

    def look_after(self) -> None:
        """Start it again if it died and its time has come; raises ChildDied at the last."""
        if self._is_dead():
            self._bury()
        if self.process is None and time.monotonic() >= self.restart_at:
            self.start()
        if self.left_sessions:  # a number that is free again may be given to strangers
            members = map(_read_session, _list_members(self.left_sessions))
            self.left_sessions = {session for session in members if session is not None}

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None:
            self.process.terminate()

    def finish(self) -> None:
        """Wait for its end, and end by force whatever is left of it."""
        if self.process is not None:
            self.left_sessions.add(self.process.pid)
            self._wait()
            self.process = None
        for pid in _list_members(self.left_sessions):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.left_sessions.clear()

    def _wait(self) -> None:
        assert self.process is not None
        try:
            self.process.wait(self.spec.stop_seconds)
        except subprocess.TimeoutExpired:
            _log.warning("child_killed", child=self.spec.name)
            self.process.kill()
            self.process.wait()

    def _is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _bury(self) -> None:
        """Note the death and when the next start is due."""
        assert self.process is not None
        status = self.process.returncode
        self.left_sessions.add(self.process.pid)
        self.process = None
        lived = time.monotonic() - self.started_at
        self.quick_deaths = self.quick_deaths + 1 if lived < _QUICK_SECONDS else 0
        if self.quick_deaths >= _QUICK_DEATHS:
            raise self._describe_death(f"died {_QUICK_DEATHS} times at once, exit status {status}")
        wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2**self.quick_deaths)
        self.restart_at = time.monotonic() + wait
        _log.warning("child_died", child=self.spec.name, status=status, restart_seconds=wait)

    def _describe_death(self, how: str) -> ChildDied:
        return ChildDied(" ".join(f"{self.spec.name} {how}. {self.spec.explain()}".split()))


def _bind_to_parent() -> tuple[str, ...]:
    """Where the kernel can, it tells the child to stop when its parent is gone."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM", "--") if setpriv else ()


def _list_members(sessions: Collection[int]) -> list[int]:
    """Processes that belong to one of the sessions."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if _read_session(pid) in sessions]


def _read_session(pid: int) -> int | None:
    """The session of a process; None where it is gone."""
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None
