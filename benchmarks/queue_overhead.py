"""What a step costs beside its own work: the outbox, the relay, Redis, RQ, its claim and commit."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from benchmarks.result import Result
from workflow.acts import SYSTEM, Act
from workflow.jobs.outbox import request_step
from workflow.jobs.queue import QUEUE, StepName
from workflow.jobs.redis_queue import connect_redis
from workflow.jobs.redis_server import start_redis
from workflow.jobs.relay import run_relay
from workflow.jobs.runner import run_step
from workflow.jobs.supervisor import stop_on_signals
from workflow.jobs.tasks import read_clock, run_with
from workflow.jobs.work import Commit, Handler, Work
from workflow.jobs.worker import PRELOADED, prepare_forks, run_worker
from workflow.settings import Settings, read_settings
from workflow.store.migrate import upgrade
from workflow.store.session import Store, open_store
from workflow.store.work import count_open_steps

QUESTION = "What does the queue cost for each step, beside the step's own work?"

_PROJECT = Path(__file__).parents[1]
_TASK = "benchmarks.queue_overhead.do_nothing"
_WAYS = {
    "forking": "outbox, relay, Redis, a forked work-horse each",
    "simple": "the same, all in one worker process",
}


def do_nothing(step_id: int) -> None:
    """What the workers of this benchmark call."""
    run_with(find_handler, step_id)


def find_handler(step: str) -> Handler:
    """Whatever the step, nothing is to be done for it."""
    return _work_on_nothing


def _work_on_nothing(work: Work, subject_id: int) -> Commit:
    return lambda act: None


@dataclass(frozen=True, slots=True)
class Cost:
    """Of all steps together."""

    cpu_seconds: float
    wall_seconds: float
    parts: dict[str, float]
    """CPU seconds of each process with the processes that it started."""


def run(arguments: Sequence[str]) -> Result:
    """Send steps that do nothing through the queue, and time what that takes."""
    parser = argparse.ArgumentParser(prog="queue_overhead", description=__doc__)
    parser.add_argument("--steps", type=int, default=100)
    steps = parser.parse_args(arguments).steps
    costs = {_WAYS[word]: _measure_queue(word, steps) for word in _WAYS}
    costs["run_step called directly, one process"] = _measure_direct(steps)
    per_step = 1000 / steps
    return Result(
        f"{steps} steps that do nothing",
        ("way", "CPU ms/step", "wall ms/step"),
        tuple((w, c.cpu_seconds * per_step, c.wall_seconds * per_step) for w, c in costs.items()),
        notes=(
            "one transaction each asks, claims, commits and notes what is queued; SQLite with"
            " synchronous=FULL in the folder for temporary files, redis-server with its file",
            "CPU of all processes together, what they need when idle included",
            f"processes of the forking way, CPU ms/step: {_tell_parts(costs, per_step)}",
        ),
        extra={"parts": {way: cost.parts for way, cost in costs.items()}},
    )


def _tell_parts(costs: dict[str, Cost], per_step: float) -> str:
    parts = costs[_WAYS["forking"]].parts
    return ", ".join(f"{name} {seconds * per_step:.1f}" for name, seconds in parts.items())


@contextmanager
def _make_store() -> Iterator[tuple[Settings, Store]]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        settings = Settings(data, f"sqlite:///{data / 'blanki.sqlite'}", None)
        upgrade(settings.database_url)
        with closing(open_store(settings.database_url)) as store:
            yield settings, store


def _measure_direct(steps: int) -> Cost:
    with _make_store() as (settings, store):
        cpu, wall = time.process_time(), time.perf_counter()
        for number in range(steps):
            step_id = _ask(store, number)
            run_step(store, settings, step_id, "benchmark", read_clock, find_handler)
        used = time.process_time() - cpu
        return Cost(used, time.perf_counter() - wall, {"this process": used})


def _measure_queue(word: str, steps: int) -> Cost:
    """A relay and one worker that are warm already."""
    with _make_store() as (settings, store), start_redis(settings) as server:
        settings = replace(settings, redis_url=server.url)
        redis = connect_redis(server.url).info("server")["process_id"]
        with _start(settings, "relay") as relay, _start(settings, word) as worker:
            _ask(store, steps)
            _wait_until_done(store)
            processes = {"asking": os.getpid(), "relay": relay, "worker": worker, "redis": redis}
            before = {name: _read_cpu(pid) for name, pid in processes.items()}
            wall = time.perf_counter()
            for number in range(steps):
                _ask(store, number)
            before["asking"] += _wait_until_done(store)
            wall = time.perf_counter() - wall
            parts = {name: _read_cpu(pid) - before[name] for name, pid in processes.items()}
    return Cost(sum(parts.values()), wall, parts)


def _ask(store: Store, number: int) -> int:
    with store.write() as session:
        act = Act(session, SYSTEM, read_clock())
        return request_step(act, StepName.READ_FILE, f"file:{number}", "").id


def _wait_until_done(store: Store) -> float:
    """CPU seconds that the looking took, which are no cost of the queue."""
    cpu = time.process_time()
    while True:
        with store.read() as session:
            if not count_open_steps(session):
                return time.process_time() - cpu
        time.sleep(0.02)


def _read_cpu(pid: int) -> float:
    return float(sum(psutil.Process(pid).cpu_times()[:4]))


@contextmanager
def _start(settings: Settings, word: str) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "benchmarks.queue_overhead", word],
        cwd=_PROJECT,
        env={
            **os.environ,
            "PYTHONPATH": str(_PROJECT),
            "BLANKI_DATA": str(settings.data),
            "BLANKI_DATABASE_URL": settings.database_url,
            "REDIS_URL": str(settings.redis_url),
            "OMP_NUM_THREADS": "1",
        },
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _run_process(word: str) -> None:
    """What the processes that this benchmark starts are."""
    settings = read_settings()
    if word == "relay":
        with stop_on_signals() as stop:
            run_relay(settings, read_clock, stop, _TASK)
    elif word == "forking":
        run_worker(settings, (*PRELOADED, "benchmarks.queue_overhead"))
    else:
        prepare_forks(settings, (*PRELOADED, "benchmarks.queue_overhead"))
        connection = connect_redis(settings.redis_url)
        queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
        SimpleWorker([queue], connection=connection, serializer=JSONSerializer).work(
            logging_level="ERROR"
        )


if __name__ == "__main__":
    _run_process(sys.argv[1])
