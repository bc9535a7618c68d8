"""Asks for work in the transaction of the change that needs it."""

import hashlib
import json

from workflow.acts import Act
from workflow.errors import NotAllowed, NotFound
from workflow.jobs.queue import StepName
from workflow.store.models.work import Step, StepState
from workflow.store.work import find_step, insert_once, lock_step


def request_step(act: Act, step: StepName, subject: str, input_hash: str) -> Step:
    """Ask for a step on this input; the same again gives the step that stands already."""
    wanted = Step(
        step=step,
        subject=subject,
        input_hash=input_hash,
        state=StepState.PENDING,
        attempts=0,
        created_at=act.now,
        not_before=act.now,
    )
    if insert_once(act.session, wanted):
        return wanted
    standing = find_step(act.session, step, subject, input_hash)
    assert standing is not None
    return standing


def retry_step(act: Act, step_id: int) -> None:
    """Let a step that was given up start anew; NotAllowed for any other."""
    step = lock_step(act.session, step_id)
    if step is None:
        raise NotFound(f"step:{step_id}")
    if step.state != StepState.FAILED:
        raise NotAllowed(f"step:{step_id}: {step.state}")
    step.state, step.attempts, step.not_before = StepState.PENDING, 0, act.now
    step.queued_at = step.finished_at = step.error_code = step.error_detail = None
    act.record("step:retry", f"step:{step_id}", after={"step": step.step})


def hash_input(*parts: str) -> str:
    """SHA-256 over the parts; where one ends and the next begins counts."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
