import os
import shutil
import signal
import subprocess

import pytest
from redis import Redis

from tests.workflow.jobs.handlers import (
    ASKING,
    BROKEN,
    INSTANT,
    PATIENT,
    SILENT,
    TASK,
    read_started,
)
from tests.workflow.jobs.workshop import Workshop, is_alive, wait_until
from workflow.jobs.redis_queue import open_queue
from workflow.store.models.work import Step, StepState

ONCE = (1, 1)
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_step_goes_from_the_outbox_through_the_queue_to_its_effect(workshop: Workshop):
    step = workshop.ask(INSTANT)
    workshop.start("relay")
    workshop.start("worker")
    assert workshop.wait_for_state(step, StepState.DONE).attempts == 1
    assert workshop.count_effects(step) == ONCE
    assert workshop.read_log() == ""


def test_a_step_whose_work_horse_is_killed_is_done_by_another(workshop: Workshop):
    step = workshop.ask(PATIENT)
    workshop.start("relay")
    workshop.start("worker")
    (horse,) = workshop.wait_for_start()
    os.kill(horse, signal.SIGKILL)
    workshop.wait_for_start(2)
    workshop.say_go()
    assert workshop.wait_for_state(step, StepState.DONE).attempts == 2
    assert workshop.count_effects(step) == ONCE


def test_the_orphan_of_a_killed_worker_finishes_its_step(workshop: Workshop):
    step = workshop.ask(PATIENT)
    workshop.start("relay")
    worker = workshop.start("worker")
    (orphan,) = workshop.wait_for_start()
    worker.kill()
    worker.wait()
    workshop.start("worker")
    other = workshop.ask(INSTANT, 2)
    workshop.wait_for_state(other, StepState.DONE)
    assert is_alive(orphan)
    workshop.say_go()
    assert workshop.wait_for_state(step, StepState.DONE).attempts == 1
    assert workshop.count_effects(step) == ONCE


def test_an_orphan_that_gave_no_sign_comes_too_late(workshop: Workshop):
    step = workshop.ask(SILENT)
    workshop.start("relay")
    worker = workshop.start("worker")
    (orphan,) = workshop.wait_for_start()
    worker.kill()
    worker.wait()
    os.kill(orphan, signal.SIGSTOP)
    workshop.start("worker")
    workshop.wait_for_start(2)
    workshop.say_go()
    assert workshop.wait_for_state(step, StepState.DONE).attempts == 2
    os.kill(orphan, signal.SIGCONT)
    wait_until(lambda: not is_alive(orphan), workshop.read_log)
    assert workshop.count_effects(step) == ONCE
    assert "step_taken_over" in workshop.read_log()


@on_one_database
def test_steps_survive_a_redis_that_is_killed_and_comes_back(workshop: Workshop):
    running = workshop.ask(PATIENT)
    workshop.start("relay")
    workshop.start("worker")
    workshop.wait_for_start()
    waiting = workshop.ask(INSTANT, 2)
    workshop.wait_for_state(waiting, StepState.QUEUED)
    workshop.kill_redis()
    meanwhile = workshop.ask(INSTANT, 3)
    wait_until(lambda: "relay_waits" in workshop.read_log(), workshop.read_log)
    workshop.say_go()
    workshop.wait_for_state(running, StepState.DONE)
    workshop.start_redis()
    workshop.start("worker")
    for step in (waiting, meanwhile):
        workshop.wait_for_state(step, StepState.DONE)
    assert [workshop.count_effects(step) for step in (running, waiting, meanwhile)] == [ONCE] * 3
    assert workshop.read_log().count("relay_waits") == 1


@on_one_database
@pytest.mark.parametrize("wipe", ["flush", "delete"])
def test_steps_survive_a_redis_that_forgot_everything(workshop: Workshop, wipe: str):
    step = workshop.ask(INSTANT)
    workshop.start("relay")
    workshop.wait_for_state(step, StepState.QUEUED)
    if wipe == "flush":
        Redis.from_url(str(workshop.settings.redis_url)).flushall()
    else:
        workshop.kill_redis()
        shutil.rmtree(workshop.data / "redis")
        (workshop.data / "redis").mkdir()
        workshop.start_redis()
    workshop.start("worker")
    workshop.wait_for_state(step, StepState.DONE)
    assert workshop.count_effects(step) == ONCE


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_relay_killed_around_its_call_to_redis_loses_and_doubles_nothing(
    workshop: Workshop, moment: str
):
    step = workshop.ask(INSTANT)
    assert workshop.start(f"relay-dying-{moment}").wait() == -signal.SIGKILL
    assert workshop.find(step).state == StepState.PENDING
    workshop.start("relay")
    workshop.wait_for_state(step, StepState.QUEUED)
    queue = open_queue(Redis.from_url(str(workshop.settings.redis_url)), TASK)
    assert queue.queue.get_job_ids() == [f"step-{step}-1"]
    workshop.start("worker")
    workshop.wait_for_state(step, StepState.DONE)
    assert workshop.count_effects(step) == ONCE


def test_two_workers_given_the_same_step_work_on_it_once(workshop: Workshop):
    step = workshop.ask(PATIENT)
    queue = open_queue(Redis.from_url(str(workshop.settings.redis_url)), TASK)
    for word in ("first", "second"):
        queue.queue.enqueue_call(TASK, args=(step,), job_id=word, result_ttl=0)
    workshop.start("worker")
    workshop.start("worker")
    workshop.wait_for_start()
    wait_until(lambda: queue.queue.started_job_registry.count == 1, workshop.read_log)
    wait_until(lambda: not queue.list_waiting(), workshop.read_log)
    workshop.say_go()
    assert workshop.wait_for_state(step, StepState.DONE).attempts == 1
    assert workshop.count_effects(step) == ONCE


@on_one_database
def test_a_failed_step_succeeds_once_it_is_mended_and_asked_for_again(workshop: Workshop):
    step = workshop.ask(BROKEN)
    workshop.start("relay")
    workshop.start("worker")
    assert workshop.wait_for_state(step, StepState.FAILED).error_code == "not_allowed"
    (workshop.data / "mended").touch()
    workshop.retry(step)
    workshop.wait_for_state(step, StepState.DONE)
    assert workshop.count_effects(step) == ONCE


@on_one_database
def test_steps_survive_a_database_that_somebody_holds_for_long(workshop: Workshop):
    step = workshop.ask(INSTANT)
    workshop.start("relay")
    workshop.wait_for_state(step, StepState.QUEUED)
    with workshop.store.write():
        workshop.start("worker")
        wait_until(lambda: "step_left" in workshop.read_log(), workshop.read_log)
    workshop.wait_for_state(step, StepState.DONE)
    assert workshop.count_effects(step) == ONCE


@on_one_database
def test_redis_keeps_nothing_of_steps_that_are_done(workshop: Workshop):
    steps = [workshop.ask(INSTANT, number) for number in range(5)]
    workshop.start("relay")
    worker = workshop.start("worker")
    for step in steps:
        workshop.wait_for_state(step, StepState.DONE)
    worker.terminate()
    worker.wait()
    redis = Redis.from_url(str(workshop.settings.redis_url))
    assert [key for key in redis.scan_iter() if b"step-" in key] == []


@on_one_database
def test_a_worker_told_to_stop_finishes_its_step_first(workshop: Workshop):
    step = workshop.ask(PATIENT)
    later = workshop.ask(INSTANT, 2)
    workshop.start("relay")
    worker = workshop.start("worker")
    workshop.wait_for_start()
    worker.terminate()
    workshop.say_go()
    assert worker.wait(20) == 0
    assert workshop.find(step).state == StepState.DONE
    assert workshop.find(later).state == StepState.QUEUED
    assert len(read_started(workshop.data)) == 1


@on_one_database
def test_a_worker_without_work_waits_in_silence(workshop: Workshop):
    worker = workshop.start("worker")
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(8)  # longer than the client waits for an answer by default
    assert workshop.read_log() == ""


@on_one_database
def test_a_work_horse_goes_on_with_what_its_step_asked_for(workshop: Workshop):
    step = workshop.ask(ASKING)
    relay = workshop.start("relay")
    workshop.wait_for_state(step, StepState.QUEUED)
    relay.kill()
    workshop.start("worker")
    workshop.wait_for_state(step, StepState.DONE)
    workshop.wait_for_start()
    with workshop.store.read() as session:
        (follower,) = session.query(Step).filter(Step.id != step).all()
    assert workshop.wait_for_state(follower.id, StepState.DONE).attempts == 1
    assert workshop.count_effects(follower.id) == ONCE
