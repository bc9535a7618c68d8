"""Does once, before the first fork, what every work-horse will do, and undoes it.

A fresh process spends more time on preparing its statements than on the step's
own bookkeeping. What the rehearsal has prepared, every fork finds prepared.
"""

import secrets
from contextlib import suppress

import structlog

from workflow.acts import SYSTEM, Act
from workflow.errors import WorkflowFault
from workflow.jobs import leases
from workflow.jobs.outbox import request_step
from workflow.jobs.queue import StepName
from workflow.jobs.runner import begin_attempt, commit_effects, name_lease
from workflow.jobs.tasks import name_holder, open_own_store, read_clock
from workflow.settings import Settings

_log = structlog.get_logger(__name__)


class _Undo(Exception):
    """Ends the rehearsal's transaction."""


def rehearse(settings: Settings) -> None:
    """Ask for a step, take it and finish it, in a transaction that leaves nothing.

    No connection stays open: the store may be used on the other side of a fork.
    """
    store = open_own_store(settings)
    try:
        with suppress(_Undo), store.write() as session:
            _go_through_the_motions(Act(session, SYSTEM, read_clock()))
            raise _Undo
    except WorkflowFault as fault:
        _log.warning("rehearsal_failed", fault=str(fault))  # the first steps are slower
    finally:
        store.close()


def _go_through_the_motions(act: Act) -> None:
    step = request_step(act, StepName.READ_FILE, "rehearsal:0", secrets.token_hex(16))
    token = leases.acquire(act.session, name_lease(step.id), name_holder(), act.now, 60)
    assert token is not None
    begin_attempt(act.session, step.id, token, act.now)
    commit_effects(act, step.id, token, lambda act: None)
