"""A relay, workers and a Redis as real processes, for tests that kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.workflow.jobs.handlers import EFFECT, read_started
from workflow.acts import SYSTEM, Act
from workflow.jobs.children import Child
from workflow.jobs.outbox import hash_input, request_step, retry_step
from workflow.jobs.queue import StepName
from workflow.jobs.tasks import read_clock
from workflow.settings import Settings
from workflow.store.models.trail import AuditEvent
from workflow.store.models.work import Effect, Step
from workflow.store.session import Store

PROJECT = Path(__file__).parents[3]
Process = subprocess.Popen[bytes]


@dataclass(slots=True)
class Workshop:
    """Starts processes on one data folder and ends what is left of them."""

    settings: Settings
    store: Store
    redis: Child
    processes: list[Process] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """Where it all lies."""
        return self.settings.data

    def start(self, word: str) -> Process:
        """A relay or a worker with the handlers of the tests."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.workflow.jobs.processes", word],
            cwd=PROJECT,
            env=os.environ | describe_environment(self.settings),
            stderr=(self.data / "log").open("ab"),
        )
        self.processes.append(process)
        return process

    def ask(self, step: StepName, subject_id: int = 1) -> int:
        """Ask for a step as a change would; its id."""
        with self.store.write() as session:
            act = Act(session, SYSTEM, read_clock())
            return request_step(act, step, f"document:{subject_id}", hash_input("input")).id

    def say_go(self) -> None:
        """Let everybody who waits finish."""
        (self.data / "go").touch()

    def find(self, step_id: int) -> Step:
        """The step as it stands."""
        with self.store.read() as session:
            step = session.get(Step, step_id)
        assert step is not None
        return step

    def wait_for_state(self, step_id: int, state: str) -> Step:
        """The step, once it is in that state."""
        wait_until(lambda: self.find(step_id).state == state, lambda: self.tell(step_id))
        return self.find(step_id)

    def wait_for_start(self, times: int = 1) -> list[int]:
        """Work-horses that have begun, once there are so many attempts."""
        wait_until(lambda: len(read_started(self.data)) >= times, lambda: str(self.read_log()))
        return [pid for _, pid in read_started(self.data)]

    def count_effects(self, step_id: int) -> tuple[int, int]:
        """Rows that say that the effects were committed, and the effects themselves."""
        step = self.find(step_id)
        with self.store.read() as session:
            rows = session.query(Effect).filter_by(step_id=step_id).count()
            effects = session.query(AuditEvent).filter_by(action=EFFECT, subject=step.subject)
            return rows, effects.count()

    def tell(self, step_id: int) -> str:
        """What to know where a step does not come to its end."""
        step = self.find(step_id)
        return f"{step.state} {step.attempts} {step.error_code}\n{self.read_log()}"

    def read_log(self) -> str:
        """What all processes said."""
        return (self.data / "log").read_text()

    def kill_redis(self) -> None:
        """Leave Redis no time for anything."""
        assert self.redis.process is not None
        self.redis.process.kill()
        self.redis.finish()

    def start_redis(self) -> None:
        """On the same address, from what it left in its folder."""
        self.redis.start()
        self.redis.wait_until_ready()

    def retry(self, step_id: int) -> None:
        """Ask for a failed step again, as from its page."""
        with self.store.write() as session:
            retry_step(Act(session, SYSTEM, read_clock()), step_id)

    def end(self) -> None:
        """Kill what still runs, work-horses included, and stop Redis."""
        horses = [pid for _, pid in read_started(self.data) if pid != os.getpid()]
        for pid in [*(p.pid for p in self.processes if p.poll() is None), *horses]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self.processes:
            process.wait(10)
        self.redis.ask_to_stop()
        self.redis.finish()


def describe_environment(settings: Settings) -> dict[str, str]:
    return {
        "BLANKI_DATA": str(settings.data),
        "BLANKI_DATABASE_URL": settings.database_url,
        "BLANKI_BUSY_SECONDS": str(settings.busy_seconds),
        "BLANKI_LEASE_SECONDS": str(settings.lease_seconds),
        "REDIS_URL": settings.redis_url or "",
    }


def wait_until(
    happened: Callable[[], bool], explain: Callable[[], str], seconds: float = 240
) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, explain()
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
