"""The processes of the queue with the handlers of the tests: `python -m … WORD`."""

import os
import signal
import sys
from contextlib import closing

from tests.workflow.jobs.handlers import TASK
from workflow.jobs.logs import log_to_stderr
from workflow.jobs.redis_queue import JobQueue, connect_redis, open_queue
from workflow.jobs.relay import relay_due_steps, run_relay
from workflow.jobs.supervisor import stop_on_signals
from workflow.jobs.tasks import read_clock
from workflow.jobs.worker import run_worker
from workflow.settings import read_settings
from workflow.store.models.work import Step
from workflow.store.session import open_store


class DeadlyQueue(JobQueue):
    """Whoever would put something into it dies before."""

    def put(self, step: Step) -> None:
        """Neither Redis nor the database knows."""
        os.kill(os.getpid(), signal.SIGKILL)


class PoisonedQueue(DeadlyQueue):
    """Whoever puts something into it dies of it."""

    def put(self, step: Step) -> None:
        """Redis has it, the database does not know."""
        JobQueue.put(self, step)
        super().put(step)


def relay_once(kind: type[JobQueue]) -> None:
    settings = read_settings()
    queue = open_queue(connect_redis(settings.redis_url), TASK)
    with closing(open_store(settings.database_url)) as store:
        relay_due_steps(store, kind(queue.queue, queue.task), read_clock())


def main(word: str) -> None:
    log_to_stderr()
    if word == "worker":
        run_worker(read_settings(), ("tests.workflow.jobs.handlers",))
    elif word == "relay-dying-before":
        relay_once(DeadlyQueue)
    elif word == "relay-dying-after":
        relay_once(PoisonedQueue)
    else:
        with stop_on_signals() as stop:
            run_relay(read_settings(), read_clock, stop, TASK)


if __name__ == "__main__":
    main(sys.argv[1])
