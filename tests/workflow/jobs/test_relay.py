from contextlib import closing

import pytest
from redis import Redis

from tests.acting import Begin
from tests.workflow.jobs.handlers import TASK
from workflow.errors import StoreBusy
from workflow.jobs.outbox import request_step
from workflow.jobs.queue import StepName
from workflow.jobs.redis_queue import JobQueue, QueueMissing, connect_redis, open_queue
from workflow.jobs.redis_server import start_redis
from workflow.jobs.relay import Chore, Pace, relay_due_steps
from workflow.jobs.sweeping import Sweeper
from workflow.store.models.work import Step, StepState


@pytest.fixture
def queue(settings):
    with start_redis(settings) as server, closing(Redis.from_url(server.url)) as connection:
        yield open_queue(connection, TASK)


@pytest.fixture
def step(act: Begin) -> Step:
    with act() as doing:
        return request_step(doing, StepName.READ_FILE, "file:1", "")


def find_state(store, step: Step) -> str:
    with store.read() as session:
        return session.get(Step, step.id).state


def test_a_step_is_put_into_the_queue_as_its_number_and_nothing_else(store, clock, queue, step):
    assert relay_due_steps(store, queue, clock()) == 1
    (job,) = queue.queue.get_jobs()
    assert (job.id, job.func_name, job.args, job.kwargs) == ("step-1-1", TASK, [step.id], {})
    assert find_state(store, step) == StepState.QUEUED
    assert relay_due_steps(store, queue, clock()) == 0


def test_a_step_waits_in_the_outbox_until_it_is_due(store, clock, queue, act):
    clock.advance(seconds=-1)
    early = clock()
    clock.advance(seconds=1)
    with act() as doing:
        step = request_step(doing, StepName.READ_FILE, "file:1", "")
    assert relay_due_steps(store, queue, early) == 0
    assert find_state(store, step) == StepState.PENDING


def test_what_is_left_of_a_job_that_no_longer_waits_is_replaced(store, clock, queue, step):
    queue.put(step)
    queue.queue.pop_job_id()
    assert queue.list_waiting() == set()
    queue.put(step)
    assert queue.list_waiting() == {"step-1-1"}


def test_a_job_is_lost_only_if_it_is_missing_twice_running(store, clock, queue, step):
    sweeper = Sweeper(store, queue)
    relay_due_steps(store, queue, clock())
    sweeper.sweep(clock())
    job = queue.queue.pop_job_id()
    sweeper.sweep(clock())
    queue.queue.push_job_id(job)
    sweeper.sweep(clock())
    queue.queue.pop_job_id()
    sweeper.sweep(clock())
    assert find_state(store, step) == StepState.QUEUED
    sweeper.sweep(clock())
    assert find_state(store, step) == StepState.PENDING


def test_a_step_that_a_worker_took_before_the_relay_noted_it_stays_with_the_worker(
    store, clock, queue, step
):
    class Taken(JobQueue):
        def put(self, step: Step) -> None:
            with store.write() as session:
                taken = session.get(Step, step.id)
                taken.state, taken.attempts = StepState.RUNNING, 1

    relay_due_steps(store, Taken(queue.queue, queue.task), clock())
    assert find_state(store, step) == StepState.RUNNING


def test_without_an_address_there_is_no_queue():
    with pytest.raises(QueueMissing, match="REDIS_URL"):
        connect_redis(None)


def test_a_chore_that_fails_is_told_once_and_tried_again(clock, capsys):
    outcomes = [OSError("no room"), OSError("no room"), None, OSError("no room")]
    done = []

    def do(now):
        done.append(now)
        if outcomes[len(done) - 1]:
            raise outcomes[len(done) - 1]

    chore = Chore("seal", 0, do)
    told = []
    for _ in outcomes:
        chore.do_if_due(clock())
        told.append(capsys.readouterr().out.count("chore_failed"))
    assert told == [1, 0, 0, 1]
    assert len(done) == 4


def test_a_chore_waits_for_its_time(clock):
    done = []
    chore = Chore("seal", 1000, done.append)
    chore.do_if_due(clock())
    chore.do_if_due(clock())
    assert done == [clock()]


def test_the_relay_rests_longer_the_longer_nothing_comes_or_answers(capsys):
    pace = Pace()
    pace.note_round(1)
    busy = pace.wait
    for _ in range(9):
        pace.note_round(0)
    idle = pace.wait
    for _ in range(9):
        pace.note_outage(StoreBusy())
    assert busy < idle < pace.wait
    pace.note_round(1)
    assert pace.wait == busy
    said = capsys.readouterr().out
    assert said.count("relay_waits") == said.count("relay_resumed") == 1
