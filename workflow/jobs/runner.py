"""One attempt at one step, from its claim to the one transaction of all its effects.

Whatever dies on the way, the row tells what to do: a step is RUNNING only while
the lease of its worker lasts, and its effects commit with the word DONE or not
at all. The same step handed out twice is worked on once.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from workflow.acts import SYSTEM, Act
from workflow.errors import LeaseLost, StoreBusy
from workflow.jobs import leases
from workflow.jobs.queue import UNEXPECTED, Failure, decide_retry, explain_failure
from workflow.jobs.registry import Handlers, load_handler
from workflow.jobs.work import Commit, Work
from workflow.settings import Settings
from workflow.store.models.work import Effect, Step, StepState
from workflow.store.session import Session, Store
from workflow.store.work import has_effect, insert_once, lock_step

Clock = Callable[[], datetime]

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Attempt:
    """A step under a lease that this process holds."""

    store: Store
    step_id: int
    step: str
    subject: str
    token: int
    clock: Clock
    seconds: float
    renewed_at: datetime

    @property
    def lease(self) -> str:
        return name_lease(self.step_id)

    def keep_alive(self) -> None:
        """Renew the lease once a third of it has passed; raises LeaseLost where it is gone."""
        now = self.clock()
        if (now - self.renewed_at).total_seconds() < self.seconds / 3:
            return
        try:
            with self.store.write() as session:
                kept = leases.renew(session, self.lease, self.token, now, self.seconds)
        except StoreBusy:
            return  # asked again at the next call; the lease may last as long
        if not kept:
            raise LeaseLost(self.lease)
        self.renewed_at = now


def run_step(
    store: Store,
    settings: Settings,
    step_id: int,
    holder: str,
    clock: Clock,
    handlers: Handlers = load_handler,
) -> None:
    """Work on a step unless somebody else does, or it is done already.

    A failure is written to its row, with the moment of the next attempt if there is one.
    """
    attempt = _claim_step(store, step_id, holder, clock, settings.lease_seconds)
    failure = _work_on(attempt, settings, handlers) if attempt else None
    if attempt and failure:
        # Not while the first fault is at hand: a second one would carry its words into the log.
        _record_failure(attempt, failure)


def _work_on(attempt: _Attempt, settings: Settings, handlers: Handlers) -> Failure | None:
    """One attempt, and what went wrong with it that its row must tell."""
    store, clock = attempt.store, attempt.clock
    try:
        handler = handlers(attempt.step)
        subject_id = int(attempt.subject.partition(":")[2])
        commit = handler(Work(store, settings, attempt.keep_alive, clock), subject_id)
        with store.write() as session:
            commit_effects(Act(session, SYSTEM, clock()), attempt.step_id, attempt.token, commit)
    except LeaseLost:
        _log.warning("step_taken_over", step=attempt.step, subject=attempt.subject)
    except Exception as error:
        failure = explain_failure(error)
        _log_failure(attempt, failure, error)
        return failure
    return None


def name_lease(step_id: int) -> str:
    """Name of the lease that a step's worker holds."""
    return f"step:{step_id}"


def _claim_step(
    store: Store, step_id: int, holder: str, clock: Clock, seconds: float
) -> _Attempt | None:
    """Take the step for one attempt; None where there is nothing to do."""
    now = clock()
    with store.write() as session:
        token = leases.acquire(session, name_lease(step_id), holder, now, seconds)
        step = begin_attempt(session, step_id, token, now) if token is not None else None
    if token is None or step is None:
        return None
    return _Attempt(store, step_id, step.step, step.subject, token, clock, seconds, now)


def begin_attempt(session: Session, step_id: int, token: int, now: datetime) -> Step | None:
    """Mark a step as running under the lease; the lease goes back where there is nothing to do."""
    step = lock_step(session, step_id)
    if step is None or not _is_claimable(step, now):
        leases.release(session, name_lease(step_id), token)
        return None
    if has_effect(session, step):
        _finish_step(session, step, token, now)
        return None
    step.state, step.attempts = StepState.RUNNING, step.attempts + 1
    return step


def _is_claimable(step: Step, now: datetime) -> bool:
    """A worker may have it before the relay has noted that it is queued."""
    waits = step.state == StepState.PENDING and step.not_before <= now
    return waits or step.state == StepState.QUEUED


def commit_effects(act: Act, step_id: int, token: int, commit: Commit) -> None:
    """All effects and the word DONE in the act's transaction; LeaseLost refuses both."""
    leases.check(act.session, name_lease(step_id), token, act.now)
    step = lock_step(act.session, step_id)
    assert step is not None
    if insert_once(act.session, _make_effect(step, act.now)):
        commit(act)
    _finish_step(act.session, step, token, act.now)


def _make_effect(step: Step, now: datetime) -> Effect:
    return Effect(
        step=step.step,
        subject=step.subject,
        input_hash=step.input_hash,
        step_id=step.id,
        committed_at=now,
    )


def _finish_step(session: Session, step: Step, token: int, now: datetime) -> None:
    """The step is done; nobody holds it any more."""
    step.state, step.finished_at = StepState.DONE, now
    step.error_code = step.error_detail = None
    leases.release(session, name_lease(step.id), token)


def _log_failure(attempt: _Attempt, failure: Failure, error: Exception) -> None:
    """One line; of what nobody foresaw the way there as well, without words that may quote."""
    way = traceback.format_tb(error.__traceback__) if failure.code == UNEXPECTED else ()
    _log.warning(
        "step_failed",
        step=attempt.step,
        subject=attempt.subject,
        code=failure.code,
        detail=failure.detail,
        **({"way": "".join(way)} if way else {}),
    )


def _record_failure(attempt: _Attempt, failure: Failure) -> None:
    """Write down why, unless somebody else has the step by now."""
    now = attempt.clock()
    with attempt.store.write() as session:
        try:
            leases.check(session, attempt.lease, attempt.token, now)
        except LeaseLost:
            return
        end_attempt(Act(session, SYSTEM, now), attempt.step_id, attempt.token, failure)


def end_attempt(act: Act, step_id: int, token: int, failure: Failure) -> None:
    """Let the step wait for its next attempt, or give it up and say so in the trail."""
    step = lock_step(act.session, step_id)
    assert step is not None
    delay = decide_retry(failure, step.attempts)
    step.error_code, step.error_detail, step.queued_at = failure.code, failure.detail, None
    leases.release(act.session, name_lease(step_id), token)
    if delay is not None:
        step.state, step.not_before = StepState.PENDING, act.now + delay
        return
    step.state, step.finished_at = StepState.FAILED, act.now
    told = {"step": step.step, "attempts": step.attempts}
    told |= {"code": failure.code, "detail": failure.detail}
    act.record("step:fail", f"step:{step_id}", after=told)
