"""What the store and the queue's rows add to the reading of a document."""

import argparse
import resource
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF

from benchmarks.result import Result
from form_templates import catalog
from intake.files import read_pages
from ocr.pipeline import PageReader
from ocr.simulation.document import simulate_document
from ocr.simulation.files import save_scan
from validation.documents import validate_document
from workflow.acts import SYSTEM
from workflow.cases.checking import check_document
from workflow.jobs.runner import run_step
from workflow.jobs.work import Handler, Work
from workflow.reading.pictures import keep_picture
from workflow.reading.read_file import read_file
from workflow.reading.stored import load_reading
from workflow.reception.receiving import receive_files
from workflow.settings import Settings
from workflow.store.batches import find_batch, find_home_unit, list_documents_of_batch
from workflow.store.documents import find_current_version
from workflow.store.migrate import upgrade
from workflow.store.models.paper import Source
from workflow.store.models.work import StepState
from workflow.store.people import ensure_unit
from workflow.store.session import Store, open_store
from workflow.store.work import list_steps

QUESTION = "How much processor time do store and queue add to the reading of a declaration?"

READING = "decoding and reading alone"
RECEIVING = "receiving: bytes and rows"
ROWS = "rows of pages and fields, joining"
CHECK = "the check with its rows"
RULES = "the rules themselves"
PICTURES = "pictures of the pages (once a page, beside that)"


def run(arguments: Sequence[str]) -> Result:
    """Take declarations of six through reception, reading and check, part by part."""
    parser = argparse.ArgumentParser(prog="overhead", description=__doc__)
    parser.add_argument("--documents", type=int, default=5)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--database", help="URL of an empty database; else a file of SQLite")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = chosen.database or f"sqlite:///{data / 'blanki.sqlite'}"
        upgrade(url)
        settings = Settings(data=data, database_url=url, redis_url=None)
        with closing(open_store(url)) as store:
            with store.write() as session:
                ensure_unit(session, "1001", "A unit")
            bench = _Bench(store, settings, _simulate(data, chosen.seed))
            for number in range(chosen.documents + 1):
                bench.take_through(number)
    return _describe(bench)


def _simulate(folder: Path, seed: int) -> bytes:
    document = simulate_document("family_declaration", None, {"members": 6}, 1, seed)
    path = folder / "scan.pdf"
    save_scan(document.scans, path)
    return path.read_bytes()


@dataclass(slots=True)
class _Bench:
    """A store, a scan, and the processor seconds of each part."""

    store: Store
    settings: Settings
    scan: bytes
    seconds: dict[str, list[float]] = field(default_factory=dict)
    reader: PageReader = field(default_factory=PageReader)

    def take_through(self, number: int) -> None:
        """One document from its bytes to what the check leaves; each time other bytes."""
        content = self.scan + b"\n%% %d\n" % number
        path = self.settings.data / "alone.pdf"
        path.write_bytes(content)
        with self._measured(READING):
            list(self.reader.read_file(read_pages(path)))
        images = list(read_pages(path))
        with self._measured(PICTURES):
            for image in images:
                assert image.pixels is not None
                keep_picture(self.settings, "alone", image.index, image.pixels)
        with self._measured(RECEIVING):
            batch_id = self._receive(content)
        self._read(batch_id)
        self._check(batch_id)

    def _receive(self, content: bytes) -> int:
        with self.store.read() as session:
            unit = find_home_unit(session)
        files = [("scan.pdf", BytesIO(content))]
        return receive_files(
            self.store, self.settings, SYSTEM, _now, "", Source.COMMAND, unit.id, files
        )

    def _read(self, batch_id: int) -> None:
        """Enter what was read; the reading itself is not measured again."""
        with self.store.read() as session:
            file_id = find_batch(session, batch_id).files[0].id
        work = Work(self.store, self.settings, lambda: None)
        commit = read_file(work, file_id, lambda: self.reader)
        with self._measured(ROWS):
            self._run_step(f"file:{file_id}", lambda _, __: commit)

    def _check(self, batch_id: int) -> None:
        """Check the document; what the rules take by themselves is no overhead."""
        with self.store.read() as session:
            document_id = list_documents_of_batch(session, batch_id)[0].id
            reading = load_reading(session, find_current_version(session, document_id))
        assert reading.key is not None
        template = catalog.load(reading.key.form, reading.key.edition)
        with self._measured(RULES):
            validate_document(template, reading, _now().date())
        with self._measured(CHECK):
            self._run_step(f"document:{document_id}", check_document)

    def _run_step(self, subject: str, handler: Handler) -> None:
        """Claim the step, do it and commit it, as a worker does."""
        with self.store.read() as session:
            (step,) = list_steps(session, [subject])
        run_step(self.store, self.settings, step.id, "benchmark", _now, lambda _: handler)
        with self.store.read() as session:
            (step,) = list_steps(session, [subject])
        if step.state != StepState.DONE:
            raise RuntimeError(f"{step.step}: {step.error_code} {step.error_detail}")

    @contextmanager
    def _measured(self, part: str) -> Iterator[None]:
        before = _read_spent()
        yield
        self.seconds.setdefault(part, []).append(_read_spent() - before)


def _read_spent() -> float:
    """Processor seconds of this process and of its children that have ended."""
    spent = (resource.getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def _now() -> datetime:
    return datetime.now(UTC)


def _describe(bench: _Bench) -> Result:
    """The middle of all documents but the first, which draws blanks and loads networks."""
    ms = {part: 1000 * statistics.median(spent[1:]) for part, spent in bench.seconds.items()}
    added = ms[RECEIVING] + ms[ROWS] + ms[CHECK] - ms[RULES]
    rows = ((READING, ms[READING]), *((part, ms[part]) for part in (RECEIVING, ROWS, CHECK)))
    return Result(
        "Processor time for a declaration of a family of six",
        ("what", "ms of CPU"),
        (
            *rows,
            (f"of it {RULES}", ms[RULES]),
            ("store and queue together, without the rules", added),
            (PICTURES, ms[PICTURES]),
        ),
        notes=(
            f"the middle of {len(bench.seconds[READING]) - 1} documents, after one to warm up;"
            " children that decode included",
            "Redis and the fork of a worker's process for each step are not in it",
        ),
        extra={"added_share_of_reading": added / ms[READING]},
    )
