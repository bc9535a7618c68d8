from traceback import format_exception

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.workflow.jobs.handlers import EFFECT, make_effect
from tests.workflow.jobs.steps import always, find, list_events
from workflow.acts import Act
from workflow.errors import Conflict, DiskFull, WorkflowFault
from workflow.jobs.outbox import request_step, retry_step
from workflow.jobs.queue import UNEXPECTED
from workflow.jobs.registry import Handlers
from workflow.jobs.runner import run_step
from workflow.jobs.work import Commit, Work
from workflow.store.models.work import Effect, Step, StepState
from workflow.store.work import list_due_steps

QUOTE = "the words of this quote a form: 01234567890"


def failing(error: Exception) -> Handlers:
    def handle(work: Work, subject_id: int) -> Commit:
        raise error

    return lambda name: handle


def test_the_handler_is_given_the_number_of_its_subject(store, settings, step_id, clock):
    seen = []

    def handle(work: Work, subject_id: int) -> Commit:
        seen.append((subject_id, work.settings, find(store, step_id).state))
        return make_effect(subject_id)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert seen == [(7, settings, StepState.RUNNING)]


def test_a_step_is_done_with_its_effects_by_the_program_itself(store, settings, step_id, clock):
    run_step(store, settings, step_id, "worker", clock, always(make_effect(7)))
    done = find(store, step_id)
    assert (done.state, done.attempts, done.finished_at) == (StepState.DONE, 1, clock())
    (event,) = list_events(store, EFFECT)
    assert (event.actor, event.role, event.subject) == ("system", "system", "document:7")


def test_a_step_that_is_done_is_not_worked_on_again(store, settings, step_id, clock):
    for _ in range(2):
        run_step(store, settings, step_id, "worker", clock, always(make_effect(7)))
    assert len(list_events(store, EFFECT)) == 1


def test_a_step_in_other_hands_is_left_alone(store, settings, step_id, clock):
    def handle(work: Work, subject_id: int) -> Commit:
        run_step(store, settings, step_id, "another", clock, always(make_effect(7)))
        return make_effect(7)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert find(store, step_id).attempts == 1
    assert len(list_events(store, EFFECT)) == 1


def test_what_went_wrong_is_not_told_again_where_it_cannot_be_written_down(
    store, settings, step_id, clock
):
    def handle(work: Work, subject_id: int) -> Commit:
        with work.store.write() as session:
            session.execute(text("ALTER TABLE outbox RENAME TO away"))
        raise RuntimeError(QUOTE)

    with pytest.raises((WorkflowFault, DBAPIError)) as refused:
        run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert QUOTE not in "".join(format_exception(refused.value))


def test_a_step_that_nobody_asked_for_is_no_work(store, settings, clock):
    run_step(store, settings, 4711, "worker", clock, failing(AssertionError()))


def test_effects_that_were_committed_before_are_not_committed_again(
    store, settings, step_id, clock
):
    with store.write() as session:
        step = session.get(Step, step_id)
        session.add(
            Effect(
                step=step.step,
                subject=step.subject,
                input_hash=step.input_hash,
                step_id=step_id,
                committed_at=clock(),
            )
        )
    run_step(store, settings, step_id, "worker", clock, always(make_effect(7)))
    assert find(store, step_id).state == StepState.DONE
    assert list_events(store, EFFECT) == []


def test_effects_committed_by_another_way_meanwhile_are_not_committed_again(
    store, settings, step_id, clock
):
    def handle(work: Work, subject_id: int) -> Commit:
        step = find(store, step_id)
        with store.write() as session:
            row = {"step": step.step, "subject": step.subject, "input_hash": step.input_hash}
            session.add(Effect(**row, step_id=step_id, committed_at=clock()))
        return make_effect(subject_id)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert find(store, step_id).state == StepState.DONE
    assert list_events(store, EFFECT) == []


def test_a_commit_that_fails_leaves_nothing_of_itself(store, settings, step_id, clock):
    def commit(act: Act) -> None:
        make_effect(7)(act)
        raise DiskFull("originals")

    run_step(store, settings, step_id, "worker", clock, always(commit))
    waiting = find(store, step_id)
    assert (waiting.state, waiting.error_code) == (StepState.PENDING, "disk_full")
    assert waiting.error_detail == "originals"
    assert list_events(store, EFFECT) == []


def test_a_step_waits_longer_after_each_failure(store, settings, step_id, clock):
    waits = []
    for _ in range(4):
        run_step(store, settings, step_id, "worker", clock, failing(DiskFull()))
        waits.append((find(store, step_id).not_before - clock()).total_seconds())
        with store.read() as session:
            assert list_due_steps(session, clock(), 10) == []
        clock.advance(seconds=waits[-1])
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


def test_a_step_is_not_tried_before_its_time(store, settings, step_id, clock):
    run_step(store, settings, step_id, "worker", clock, failing(DiskFull()))
    run_step(store, settings, step_id, "worker", clock, always(make_effect(7)))
    waiting = find(store, step_id)
    assert waiting.attempts == 1
    clock.now = waiting.not_before
    run_step(store, settings, step_id, "another", clock, always(make_effect(7)))
    assert find(store, step_id).state == StepState.DONE


def test_a_fault_that_may_pass_is_tried_again_and_given_up_in_the_end(
    store, settings, step_id, clock
):
    for _ in range(20):
        run_step(store, settings, step_id, "worker", clock, failing(DiskFull("originals")))
        clock.advance(hours=1)
    failed = find(store, step_id)
    assert (failed.state, failed.error_code) == (StepState.FAILED, "disk_full")
    assert failed.attempts > 2
    (event,) = list_events(store, "step:fail")
    assert event.subject == f"step:{step_id}"
    assert event.after == {
        "step": "read_file",
        "attempts": failed.attempts,
        "code": "disk_full",
        "detail": "originals",
    }


def test_a_fault_that_cannot_pass_is_given_up_at_once(store, settings, step_id, clock):
    run_step(store, settings, step_id, "worker", clock, failing(Conflict()))
    failed = find(store, step_id)
    assert (failed.state, failed.attempts) == (StepState.FAILED, 1)
    assert failed.error_code == "conflict"


def test_what_nobody_foresaw_is_told_by_kind_and_place_without_its_words(
    store, settings, step_id, clock, capsys
):
    for _ in range(20):
        run_step(store, settings, step_id, "worker", clock, failing(ValueError(QUOTE)))
        clock.advance(hours=1)
    failed = find(store, step_id)
    assert (failed.state, failed.error_code) == (StepState.FAILED, UNEXPECTED)
    detail = str(failed.error_detail)
    assert detail.startswith("ValueError in tests.workflow.jobs.test_runner.handle, line ")
    said = capsys.readouterr()
    assert "ValueError" in said.out
    assert QUOTE not in detail + said.out + said.err


def test_a_step_that_no_function_does_is_given_up_with_a_reason(store, settings, act, clock):
    with act() as doing:
        step = request_step(doing, "weigh_paper", "document:7", "")  # type: ignore[arg-type]
    run_step(store, settings, step.id, "worker", clock)
    assert find(store, step.id).error_code == "unknown_step"


def test_a_failed_step_that_is_asked_for_again_has_all_its_attempts(
    store, settings, step_id, clock, act
):
    run_step(store, settings, step_id, "worker", clock, failing(Conflict()))
    with act() as doing:
        retry_step(doing, step_id)
    again = find(store, step_id)
    assert (again.state, again.attempts, again.error_code) == (StepState.PENDING, 0, None)
    run_step(store, settings, step_id, "worker", clock, always(make_effect(7)))
    assert find(store, step_id).state == StepState.DONE
    assert len(list_events(store, "step:retry")) == 1
