"""Carries steps from the outbox into the queue, and looks after what was lost.

Killed at any point, it has either not told Redis of a step, which then still
waits in the outbox, or told it without noting so, and tells it the same again.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from threading import Event

import structlog
from redis.exceptions import RedisError

from workflow.audit.seals import seal_day
from workflow.errors import WorkflowFault
from workflow.jobs.redis_queue import JobQueue, connect_redis, open_queue
from workflow.jobs.sweeping import Sweeper
from workflow.jobs.tasks import TASK
from workflow.settings import Settings
from workflow.store.session import DatabaseFault, Store, open_store
from workflow.store.work import list_due_steps, mark_queued

_AT_ONCE = 200
"""Steps between two looks at the database."""
_BUSY_WAIT, _IDLE_WAIT, _OUTAGE_WAIT = 0.02, 0.2, 5.0
_SWEEP_SECONDS, _SEAL_SECONDS = 2.0, 60.0

_log = structlog.get_logger(__name__)


def run_relay(
    settings: Settings, clock: Callable[[], datetime], stop: Event, task: str = TASK
) -> None:
    """Relay and sweep until told to stop, whatever comes and goes meanwhile."""
    queue = open_queue(connect_redis(settings.redis_url), task)
    with closing(open_store(settings.database_url, settings.busy_seconds)) as store:
        sweeper = Sweeper(store, queue)
        chores = (
            Chore("sweep", _SWEEP_SECONDS, sweeper.sweep),
            Chore("seal", _SEAL_SECONDS, lambda now: seal_day(store, settings.seals, now)),
        )
        pace = Pace()
        while not stop.is_set():
            try:
                moved = relay_due_steps(store, queue, clock())
                pace.note_round(moved)
            except (RedisError, WorkflowFault) as fault:
                pace.note_outage(fault)
            for chore in chores:
                chore.do_if_due(clock())
            stop.wait(pace.wait)


def relay_due_steps(store: Store, queue: JobQueue, now: datetime) -> int:
    """Put every step that is due into the queue; tells how many."""
    with store.read() as session:
        steps = list_due_steps(session, now, _AT_ONCE)
    for step in steps:
        queue.put(step)
    if steps:
        with store.write() as session:
            mark_queued(session, steps, now)
    return len(steps)


@dataclass(slots=True)
class Chore:
    """What is done now and then beside relaying; it must not hold the relay up."""

    name: str
    every_seconds: float
    do: Callable[[datetime], object]
    due_at: float = float("-inf")
    failing: bool = False

    def do_if_due(self, now: datetime) -> None:
        """Do it where its time has come; a failure is said once and tried again in time."""
        if time.monotonic() < self.due_at:
            return
        self.due_at = time.monotonic() + self.every_seconds
        try:
            self.do(now)
        except (RedisError, WorkflowFault, OSError) as fault:
            self._note_failure(str(fault))
        except DatabaseFault as fault:
            self._note_failure(type(fault).__name__)  # its words may quote rows
        else:
            self.failing = False

    def _note_failure(self, words: str) -> None:
        if not self.failing:
            _log.warning("chore_failed", chore=self.name, fault=words)
        self.failing = True


@dataclass(slots=True)
class Pace:
    """How long to rest: hardly after work, longer while nothing comes, longest in an outage."""

    wait: float = _BUSY_WAIT
    away: bool = False
    """Redis or the database did not answer in the last round."""

    def note_round(self, moved: int) -> None:
        """A round went well."""
        if self.away:
            _log.warning("relay_resumed")
            self.away, self.wait = False, _BUSY_WAIT
        self.wait = _BUSY_WAIT if moved else min(_IDLE_WAIT, self.wait * 2)

    def note_outage(self, fault: Exception) -> None:
        """Something does not answer; said once, however long it takes."""
        if not self.away:
            code = getattr(fault, "code", type(fault).__name__)
            _log.warning("relay_waits", code=code, detail=str(fault))
        self.away = True
        self.wait = min(_OUTAGE_WAIT, max(_IDLE_WAIT, self.wait * 2))
