"""The runner and its lease: late commits, signs of life, workers that are lost."""

from datetime import timedelta

import pytest

from tests.acting import Clock
from tests.workflow.jobs.handlers import EFFECT, make_effect
from tests.workflow.jobs.steps import always, find, list_events
from workflow.errors import Conflict, LeaseLost
from workflow.jobs import leases
from workflow.jobs.queue import WORKER_LOST
from workflow.jobs.runner import name_lease, run_step
from workflow.jobs.sweeping import free_abandoned_steps
from workflow.jobs.work import Commit, Work
from workflow.settings import Settings
from workflow.store.models.work import StepState


def test_a_commit_after_the_lease_ran_out_is_refused(store, settings, step_id, clock: Clock):
    def handle(work: Work, subject_id: int) -> Commit:
        clock.advance(seconds=settings.lease_seconds)
        return make_effect(subject_id)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert find(store, step_id).state == StepState.RUNNING
    assert list_events(store, EFFECT) == []


def test_a_late_failure_does_not_end_the_attempt_of_another(store, settings, step_id, clock):
    def handle(work: Work, subject_id: int) -> Commit:
        clock.advance(seconds=settings.lease_seconds)
        free_abandoned_steps(store, clock())
        run_step(store, settings, step_id, "another", clock, always(make_effect(7)))
        raise Conflict

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert find(store, step_id).state == StepState.DONE
    assert len(list_events(store, EFFECT)) == 1


def test_signs_of_life_keep_a_step_for_as_long_as_they_come(store, settings, step_id, clock):
    def handle(work: Work, subject_id: int) -> Commit:
        for _ in range(10):
            clock.advance(seconds=settings.lease_seconds * 0.9)
            work.keep_alive()
            free_abandoned_steps(store, clock())
        return make_effect(subject_id)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert find(store, step_id).state == StepState.DONE


def test_a_sign_of_life_renews_the_lease_only_once_a_third_of_it_has_passed(
    store, settings: Settings, step_id, clock
):
    end_of_claim = clock() + timedelta(seconds=settings.lease_seconds)
    holders = []

    def handle(work: Work, subject_id: int) -> Commit:
        for part in (0.3, 0.1):
            clock.advance(seconds=settings.lease_seconds * part)
            work.keep_alive()
            with store.read() as session:
                holders.append(leases.find_holder(session, name_lease(step_id), end_of_claim))
        return make_effect(subject_id)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert holders == [None, "worker"]


def test_a_sign_of_life_that_comes_too_late_ends_the_attempt(store, settings, step_id, clock):
    after = []

    def handle(work: Work, subject_id: int) -> Commit:
        clock.advance(seconds=settings.lease_seconds)
        with pytest.raises(LeaseLost):
            work.keep_alive()
        after.append(find(store, step_id).state)
        raise LeaseLost

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert after == [StepState.RUNNING]
    assert find(store, step_id).state == StepState.RUNNING


def test_a_step_that_always_loses_its_worker_is_given_up_with_the_reason(
    store, settings, step_id, clock
):
    def vanish(work: Work, subject_id: int) -> Commit:
        clock.advance(hours=1)
        raise LeaseLost

    for _ in range(20):
        run_step(store, settings, step_id, "worker", clock, lambda name: vanish)
        free_abandoned_steps(store, clock())
        clock.advance(hours=1)
    failed = find(store, step_id)
    assert (failed.state, failed.error_code) == (StepState.FAILED, WORKER_LOST)
    assert failed.attempts == 3
    assert len(list_events(store, "step:fail")) == 1


def test_a_step_whose_worker_still_lives_is_not_abandoned(store, settings, step_id, clock):
    def handle(work: Work, subject_id: int) -> Commit:
        free_abandoned_steps(store, clock())
        assert find(store, step_id).state == StepState.RUNNING
        return make_effect(subject_id)

    run_step(store, settings, step_id, "worker", clock, lambda name: handle)
    assert find(store, step_id).state == StepState.DONE
