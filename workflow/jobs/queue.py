"""What work there is, and how often a step that failed is tried again."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class StepName(StrEnum):
    """The kinds of work that the queue hands out."""

    READ_FILE = "read_file"
    CHECK_DOCUMENT = "check_document"
    RATE_FAMILY = "rate_family"
    OPEN_ASSIGNMENT = "open_assignment"
    DECIDE_ASSIGNMENT = "decide_assignment"


QUEUE = "blanki"
"""Name of the one queue in Redis."""
STEP_SECONDS = 3600
"""A step that works for so long hangs; the longest file takes minutes."""
UNEXPECTED = "unexpected"
"""Code of a failure that no part of the program foresaw."""
WORKER_LOST = "worker_lost"
"""Code of a step whose worker gave no sign until its lease ran out."""

_DELAYS_SECONDS = {
    UNEXPECTED: (2, 15),
    WORKER_LOST: (0, 15),
}
_DELAYS_OF_FAULTS_SECONDS = (2, 8, 30, 120, 300)
"""A busy database is free in seconds; room on a disk takes somebody minutes to make."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed; says nothing about people."""

    code: str
    retry: bool
    detail: str = ""


def decide_retry(failure: Failure, attempts: int) -> timedelta | None:
    """How long to wait after so many attempts before the next one; None: give up."""
    if not failure.retry:
        return None
    delays = _DELAYS_SECONDS.get(failure.code, _DELAYS_OF_FAULTS_SECONDS)
    return timedelta(seconds=delays[attempts - 1]) if attempts <= len(delays) else None


def explain_failure(error: Exception) -> Failure:
    """A fault as its class declares it; of any other exception its kind and place.

    The words of an unforeseen exception are left out: they may quote from a form.
    """
    code, retry = getattr(error, "code", None), getattr(error, "retry", None)
    if isinstance(code, str) and isinstance(retry, bool):
        return Failure(code, retry, str(getattr(error, "detail", "")))
    return Failure(UNEXPECTED, True, f"{type(error).__name__} in {_name_place(error)}")


def _name_place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    code = trace.tb_frame.f_code
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}, line {trace.tb_lineno}"
