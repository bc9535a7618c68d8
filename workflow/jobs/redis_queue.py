"""The queue in Redis; it carries ids of steps and may be lost at any moment."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from workflow.errors import WorkflowFault
from workflow.jobs.queue import QUEUE, STEP_SECONDS
from workflow.store.models.work import Step

_FAILED_JOB_SECONDS = 60
"""RQ's own note of a job whose work-horse died; why it failed stands in the database."""
_SHORTEST_WAIT, _LONGEST_WAIT = 0.1, 5.0

_log = structlog.get_logger(__name__)


class QueueMissing(WorkflowFault):
    """Nobody said where Redis is."""

    code = "queue_missing"
    message = (
        "There is no queue to connect to. Set REDIS_URL, or use `blanki run`,"
        " which starts a Redis of its own."
    )


@dataclass(frozen=True, slots=True)
class JobQueue:
    """Jobs that wait in Redis, each under an id made of its step and attempt."""

    queue: Queue
    task: str
    """Dotted name of the function that a worker calls with the id of the step."""

    def put(self, step: Step) -> None:
        """Let a worker have the step; one that waits already under the same id stays alone.

        What is left of a job that no longer waits (its worker died) is replaced.
        """
        job = self._describe_job(step)
        try:
            self.queue.enqueue_call(**job, unique=True)
        except DuplicateJobError:
            if self.queue.get_job_position(job["job_id"]) is None:
                self.queue.enqueue_call(**job)

    def _describe_job(self, step: Step) -> dict[str, Any]:
        name = name_job(step.id, step.attempts)
        return {
            "func": self.task,
            "args": (step.id,),
            "job_id": name,
            "description": name,
            "timeout": STEP_SECONDS,
            "result_ttl": 0,
            "failure_ttl": _FAILED_JOB_SECONDS,
        }

    def list_waiting(self) -> set[str]:
        """Ids of the jobs that no worker has taken yet."""
        return set(self.queue.get_job_ids())


def name_job(step_id: int, attempts: int) -> str:
    """The id of the job for a step's next attempt."""
    return f"step-{step_id}-{attempts + 1}"


def open_queue(connection: Redis, task: str) -> JobQueue:
    """The queue in that Redis."""
    return JobQueue(Queue(QUEUE, connection=connection, serializer=JSONSerializer), task)


def connect_redis(url: str | None) -> Redis:
    """A Redis by its URL; nothing is opened yet. Raises QueueMissing without one."""
    if url is None:
        raise QueueMissing
    return Redis.from_url(url)


def wait_for_redis(connection: Redis) -> None:
    """Come back once Redis answers; says so if that takes a while."""
    for wait in grow_waits(_SHORTEST_WAIT, _LONGEST_WAIT):
        try:
            connection.ping()
        except RedisError as fault:
            if wait > 4 * _SHORTEST_WAIT:
                _log.warning("redis_away", fault=str(fault), retry_seconds=wait)
            time.sleep(wait)
        else:
            return


def grow_waits(first: float, longest: float) -> Iterator[float]:
    """Seconds, each twice the one before, up to the longest."""
    wait = first
    while True:
        yield wait
        wait = min(longest, wait * 2)
