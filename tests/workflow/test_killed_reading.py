"""The program's own relay and workers read a scan, and are killed while they do."""

import contextlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import pytest

from form_templates import catalog
from ocr.simulation.document import invent_intents, prepare_paper, simulate_on
from tests.workflow.jobs.workshop import describe_environment, is_alive, wait_until
from workflow.acts import SYSTEM
from workflow.audit.verification import verify_trail
from workflow.demonstration.papers import write_pdf
from workflow.jobs.redis_server import start_redis
from workflow.jobs.tasks import read_clock
from workflow.reception.receiving import receive_files
from workflow.settings import Settings
from workflow.store.documents import list_documents, list_version_pages
from workflow.store.models.paper import DocumentState, Source
from workflow.store.models.work import Effect, Step, StepState
from workflow.store.people import list_units
from workflow.store.session import Store
from workflow.store.work import list_steps

PROJECT = Path(__file__).parents[2]
READ, CHECK = "read_file", "check_document"


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A declaration of ten pages: reading it takes long enough to be killed."""
    paper = prepare_paper(catalog.load("family_declaration"), {"members": 1})
    return write_pdf(simulate_on(paper, invent_intents(paper, 5), 1, 5))


@dataclass(slots=True)
class Plant:
    """Relay and workers as `blanki run` starts them, on one store."""

    store: Store
    settings: Settings
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, word: str) -> subprocess.Popen[bytes]:
        """One more process."""
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "web.cli.main", word],
            cwd=PROJECT,
            env=os.environ | describe_environment(self.settings),
            stderr=(self.settings.data / "log").open("ab"),
        )
        self.processes.append(process)
        return process

    def receive(self, scan: bytes) -> int:
        """Bring the scan in; the id of its file's step."""
        with self.store.read() as session:
            unit = list_units(session)[0].id
        files = [("scan.pdf", io.BytesIO(scan))]
        receive_files(
            self.store, self.settings, SYSTEM, read_clock, "test", Source.COMMAND, unit, files
        )
        return self.find(READ).id

    def find(self, name: str) -> Step:
        """The one step of a name."""
        with self.store.read() as session:
            (step,) = session.query(Step).filter_by(step=name).all()
        return step

    def wait_until_running(self, worker: subprocess.Popen[bytes]) -> psutil.Process:
        """The work-horse that reads."""
        wait_until(lambda: self.find(READ).state == StepState.RUNNING, self.read_log)
        (horse, *_) = psutil.Process(worker.pid).children()
        return horse

    def wait_until_done(self) -> None:
        """Until the scan is read and its document checked."""
        wait_until(lambda: self.find(READ).state == StepState.DONE, self.read_log)
        wait_until(lambda: self.find(CHECK).state == StepState.DONE, self.read_log)

    def read_log(self) -> str:
        """What all processes said."""
        return (self.settings.data / "log").read_text("utf-8")


@pytest.fixture
def plant(settings: Settings, store: Store) -> Iterator[Plant]:
    with start_redis(settings) as server:
        plant = Plant(store, replace(settings, redis_url=server.url, lease_seconds=6))
        yield plant
        family = [
            child
            for process in plant.processes
            if process.poll() is None
            for child in psutil.Process(process.pid).children(recursive=True)
        ]
        for process in [*plant.processes, *family]:
            # A work horse may end by itself in the meantime.
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        for process in plant.processes:
            process.wait(10)


def assert_read_once(plant: Plant) -> None:
    """One document with ten pages, one effect a step, and a trail without a gap."""
    with plant.store.read() as session:
        (document,) = list_documents(session)
        pages = list_version_pages(session, document.current.id)
        effects = sorted(effect.step for effect in session.query(Effect))
        steps = list_steps(session, [f"document:{document.id}"])
    assert [page.page.page for page in pages] == list(range(1, 11))
    assert effects == [CHECK, READ]
    assert document.state != DocumentState.RECEIVED
    assert [step.state for step in steps] == [StepState.DONE]
    with plant.store.read() as session:
        assert not verify_trail(session, plant.settings.seals).faults


def test_a_reading_whose_work_horse_is_killed_is_done_anew(plant: Plant, scan: bytes) -> None:
    plant.start("relay")
    worker = plant.start("worker")
    plant.receive(scan)
    plant.wait_until_running(worker).kill()
    plant.wait_until_done()
    assert plant.find(READ).attempts == 2
    assert_read_once(plant)


def test_a_reading_whose_worker_is_killed_is_ended_by_its_orphan(plant: Plant, scan: bytes) -> None:
    plant.settings = replace(plant.settings, lease_seconds=120)  # nobody may take it over
    plant.start("relay")
    worker = plant.start("worker")
    plant.receive(scan)
    horse = plant.wait_until_running(worker)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert is_alive(horse.pid)
    plant.start("worker")
    plant.wait_until_done()
    assert plant.find(READ).attempts == 1
    assert_read_once(plant)
