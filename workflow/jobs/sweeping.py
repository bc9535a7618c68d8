"""Finds work that was lost on its way and lets it begin again."""

from dataclasses import dataclass, field
from datetime import datetime

import structlog

from workflow.acts import SYSTEM, Act
from workflow.jobs.queue import WORKER_LOST, Failure
from workflow.jobs.redis_queue import JobQueue, name_job
from workflow.jobs.runner import end_attempt, name_lease
from workflow.store.models.work import StepState
from workflow.store.session import Store
from workflow.store.work import (
    find_queued_attempts,
    list_abandoned_steps,
    lock_lease,
    lock_step,
    requeue_steps,
)

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Sweeper:
    """Looks for lost work; remembers from one look to the next what was missing."""

    store: Store
    queue: JobQueue
    missing: frozenset[str] = field(default=frozenset())
    """Jobs that were not waiting at the last look; a worker may just have taken them."""

    def sweep(self, now: datetime) -> None:
        """Everything lost since the last look waits in the outbox again."""
        free_abandoned_steps(self.store, now)
        self._recover_lost_jobs()

    def _recover_lost_jobs(self) -> None:
        """Steps whose job was missing twice running: Redis was wiped, or its taker died."""
        with self.store.read() as session:
            attempts = find_queued_attempts(session)
        queued = {name_job(step_id, count): step_id for step_id, count in attempts.items()}
        missing = queued.keys() - self.queue.list_waiting() if queued else set()
        lost = missing & self.missing
        if lost:
            with self.store.write() as session:
                found = requeue_steps(session, [queued[job] for job in lost])
            if found:
                _log.warning("jobs_lost", steps=found)
        self.missing = frozenset(missing - lost)


def free_abandoned_steps(store: Store, now: datetime) -> None:
    """Steps whose worker gave no sign have had an attempt, each in a transaction of its own."""
    with store.read() as session:
        abandoned = list_abandoned_steps(session, now)
    for step_id in abandoned:
        _end_abandoned_attempt(store, step_id, now)


def _end_abandoned_attempt(store: Store, step_id: int, now: datetime) -> None:
    with store.write() as session:
        lease = lock_lease(session, name_lease(step_id))
        step = lock_step(session, step_id)
        if lease is None or step is None or lease.expires_at > now:
            return  # its worker came back in time
        if step.state == StepState.RUNNING:
            _log.warning("worker_lost", step=step.step, subject=step.subject, holder=lease.holder)
            failure = Failure(WORKER_LOST, retry=True)
            end_attempt(Act(session, SYSTEM, now), step_id, lease.token, failure)
