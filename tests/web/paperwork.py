"""Simulated paper brought in for real: stored, read and checked, without a queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ocr.simulation.document import simulate_document
from ocr.simulation.files import save_scan
from ocr.simulation.intents import FieldTruth
from tests.acting import Clock
from workflow.acts import Actor
from workflow.jobs.runner import run_step
from workflow.reception.receiving import receive_files
from workflow.settings import Settings
from workflow.store.models.paper import PaperDocument, Source
from workflow.store.session import Store
from workflow.store.work import list_due_steps


@dataclass(frozen=True)
class SimulatedPaper:
    """A scan, and what should be read from it."""

    scan: bytes
    truth: Mapping[str, FieldTruth]


@cache
def simulate_paper(
    form: str, seed: int, scenarios: tuple[tuple[str, str], ...] = ()
) -> SimulatedPaper:
    """A paper of an invented family, scanned as PDF; made once a test session."""
    made = simulate_document(form, None, None, 1, seed, dict(scenarios))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        save_scan(made.scans, path)
        return SimulatedPaper(path.read_bytes(), made.truth)


def bring_in(
    store: Store, settings: Settings, clock: Clock, actor: Actor, *papers: SimulatedPaper
) -> list[int]:
    """The documents that a batch of papers has become, in the order of the papers."""
    files = [(f"scan{n}.pdf", BytesIO(paper.scan)) for n, paper in enumerate(papers)]
    unit = actor.unit_id or 0
    receive_files(store, settings, actor, clock, "Monday", Source.UPLOAD, unit, files)
    work_off(store, settings, clock)
    with store.read() as session:
        return [document.id for document in session.query(PaperDocument).order_by(PaperDocument.id)]


def work_off(store: Store, settings: Settings, clock: Clock) -> None:
    """Does every step that waits, as a worker would."""
    while True:
        with store.read() as session:
            waiting = [step.id for step in list_due_steps(session, clock(), 10)]
        if not waiting:
            return
        for step_id in waiting:
            run_step(store, settings, step_id, "tests", clock)
