"""The worker: takes jobs one by one and does each in a forked process, its work-horse.

What takes long to import is imported before the first fork; a database or a Redis
connection never crosses one.
"""

import gc
import importlib
from collections.abc import Iterable
from contextlib import closing
from types import FrameType

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.serializers import JSONSerializer

from workflow.acts import SYSTEM, Act
from workflow.errors import WorkflowFault
from workflow.jobs.queue import QUEUE
from workflow.jobs.redis_queue import connect_redis, wait_for_redis
from workflow.jobs.registry import HANDLERS
from workflow.jobs.rehearsal import rehearse
from workflow.jobs.tasks import open_own_store, read_clock
from workflow.registers.services import keep_services
from workflow.settings import Settings

PRELOADED = (
    "workflow.jobs.tasks",
    "workflow.store.models.tables",
    *(handler.partition(":")[0] for handler in HANDLERS.values()),
)
"""Modules that work-horses find already imported."""
_WORKER_SECONDS = 75
"""So long a worker that does not answer counts as alive; it asks for jobs more often."""

_log = structlog.get_logger(__name__)


class QueueLost(WorkflowFault):
    """Redis went away while a step was worked on; the step itself goes on."""

    code = "queue_lost"
    retry = True
    message = "The queue was lost. Start the worker again; no step is lost."


class StepWorker(Worker):
    """RQ's forking worker without its remote control: forking is safe without threads."""

    max_connection_wait_time = 5.0
    asked_to_stop = False

    def subscribe(self) -> None:
        """Nobody commands this worker over Redis."""

    def unsubscribe(self) -> None:
        """Nothing to end."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the job at hand."""
        self.asked_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def run_worker(settings: Settings, preload: Iterable[str] = PRELOADED) -> None:
    """Work until told to stop by SIGTERM or SIGINT; the job at hand is finished first.

    Raises QueueLost where Redis goes away in the middle of a job.
    """
    with closing(connect_redis(settings.redis_url)) as probe:
        prepare_forks(settings, preload)
        wait_for_redis(probe)
    worker = make_worker(connect_redis(settings.redis_url))
    try:
        worker.work(logging_level="WARNING")
    except RedisError as fault:
        if not worker.asked_to_stop:
            raise QueueLost(str(fault)) from fault
    if not worker.asked_to_stop:
        raise QueueLost


def make_worker(connection: Redis) -> StepWorker:
    """A worker on the one queue; the connection must be new, its timeout is set here."""
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
    return StepWorker(
        [queue],
        connection=connection,
        serializer=JSONSerializer,
        log_job_description=False,
        default_result_ttl=0,
        worker_ttl=_WORKER_SECONDS,
    )


def prepare_forks(settings: Settings, modules: Iterable[str]) -> None:
    """Have everything ready that work-horses need, in memory that they share."""
    for module in modules:
        importlib.import_module(module)
    rehearse(settings)
    _tell_services(settings)
    gc.collect()
    gc.freeze()


def _tell_services(settings: Settings) -> None:
    """Let all processes know which registers this one asks; no connection stays open."""
    store = open_own_store(settings)
    try:
        with store.write() as session:
            keep_services(Act(session, SYSTEM, read_clock()), settings.register_addresses)
    except WorkflowFault as fault:
        _log.warning("services_not_told", fault=str(fault))  # the next check tells them
    finally:
        store.close()
