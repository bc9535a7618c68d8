"""Handlers for tests: they write who works, wait where they are told to, fail where told to.

The effect of each is one event in the trail, so that two of them would show.
"""

import os
import time
from pathlib import Path

from workflow.acts import Act
from workflow.errors import NotAllowed
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.jobs.tasks import run_with
from workflow.jobs.work import Commit, Handler, Work

TASK = "tests.workflow.jobs.handlers.run"
EFFECT = "document:read"
PATIENT = StepName.READ_FILE
SILENT = StepName.CHECK_DOCUMENT
INSTANT = StepName.RATE_FAMILY
BROKEN = StepName.OPEN_ASSIGNMENT
ASKING = StepName.DECIDE_ASSIGNMENT


def run(step_id: int) -> None:
    """What the workers of the tests call."""
    run_with(find_handler, step_id)


def find_handler(step: str) -> Handler:
    return {
        PATIENT: work_patiently,
        SILENT: work_silently,
        INSTANT: work_at_once,
        BROKEN: work_when_mended,
        ASKING: ask_for_more,
    }[StepName(step)]


def work_at_once(work: Work, subject_id: int) -> Commit:
    sign_in(work, subject_id)
    return make_effect(subject_id)


def work_patiently(work: Work, subject_id: int) -> Commit:
    """Waits for the file `go`, and says all the time that it lives."""
    sign_in(work, subject_id)
    while not (work.settings.data / "go").exists():
        work.keep_alive()
        time.sleep(0.05)
    return make_effect(subject_id)


def work_silently(work: Work, subject_id: int) -> Commit:
    """Waits for the file `go`, and gives no sign meanwhile."""
    sign_in(work, subject_id)
    while not (work.settings.data / "go").exists():
        time.sleep(0.05)
    return make_effect(subject_id)


def work_when_mended(work: Work, subject_id: int) -> Commit:
    sign_in(work, subject_id)
    if not (work.settings.data / "mended").exists():
        raise NotAllowed("not mended")
    return make_effect(subject_id)


def make_effect(subject_id: int) -> Commit:
    def commit(act: Act) -> None:
        act.record(EFFECT, f"document:{subject_id}", after={"page": 1})

    return commit


def sign_in(work: Work, subject_id: int) -> None:
    """A line in `started` for each attempt: subject and process."""
    with (work.settings.data / "started").open("a") as file:
        file.write(f"{subject_id} {os.getpid()}\n")


def read_started(data: Path) -> list[tuple[int, int]]:
    """(subject, process) of each attempt so far."""
    path = data / "started"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(int(line.split()[0]), int(line.split()[1])) for line in lines]


def ask_for_more(work: Work, subject_id: int) -> Commit:
    """Its effect asks for another step."""

    def commit(act: Act) -> None:
        request_step(act, INSTANT, f"document:{subject_id}", hash_input("more"))

    return commit
