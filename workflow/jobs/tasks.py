"""What RQ calls in a work-horse: a few lines that carry an id."""

import os
import secrets
import socket
from contextlib import closing
from datetime import UTC, datetime
from functools import cache

import structlog

from workflow.errors import WorkflowFault
from workflow.jobs.registry import Handlers, load_handler
from workflow.jobs.runner import run_step
from workflow.settings import Settings, read_settings
from workflow.store.session import Store, open_store
from workflow.store.work import list_steps_that_follow

TASK = "workflow.jobs.tasks.run"

_log = structlog.get_logger(__name__)


def run(step_id: int) -> None:
    """Make one attempt at the step, and at what its effects ask for."""
    run_with(load_handler, step_id)


def run_with(handlers: Handlers, step_id: int) -> None:
    """The same with other handlers.

    What follows from a step is short, and going on with it spares a process for each.
    Should the queue have it already, the one that comes second finds nothing to do.
    """
    settings = read_settings()
    waiting = [step_id]
    with closing(open_own_store(settings)) as store:
        try:
            while waiting:
                step = waiting.pop(0)
                run_step(store, settings, step, name_holder(), read_clock, handlers)
                with store.read() as session:
                    waiting += list_steps_that_follow(session, step)
        except WorkflowFault as fault:  # the row could not be written: the sweeper will find it
            _log.warning("step_left", step_id=step_id, code=fault.code)


@cache
def open_own_store(settings: Settings) -> Store:
    """The store of this process; one that was closed opens again when it is used.

    A work-horse inherits it closed, so that no connection crosses the fork.
    """
    return open_store(settings.database_url, settings.busy_seconds)


def name_holder() -> str:
    """This process among all that ever were."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def read_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
