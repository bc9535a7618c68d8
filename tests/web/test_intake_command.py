import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.workflow.reading.scans import scan
from web.cli.main import blanki
from workflow.jobs.runner import run_step
from workflow.jobs.tasks import read_clock
from workflow.settings import Settings
from workflow.store.batches import find_batch, list_batches
from workflow.store.models.paper import Batch
from workflow.store.session import Store, open_store
from workflow.store.work import list_due_steps


def call(settings: Settings, *words: object) -> Result:
    environment = {
        "BLANKI_DATA": str(settings.data),
        "BLANKI_DATABASE_URL": settings.database_url,
    }
    return CliRunner().invoke(blanki, ["intake", *map(str, words)], env=environment)


def load_batch(store: Store, result: Result) -> Batch:
    """The batch whose number was printed."""
    with store.read() as session:
        return find_batch(session, int(result.stdout))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for number, path in enumerate(paths):
        path.write_bytes(b"scan %d" % number)
    return paths


def test_files_come_in_as_one_batch_of_the_home_unit(settings, store, people, files):
    result = call(settings, *files)
    batch = load_batch(store, result)
    assert result.exit_code == 0
    assert (batch.unit_id, batch.source) == (people["archivist"].unit_id, "command")
    assert [(file.name, file.state) for file in batch.files] == [
        ("a.pdf", "waiting"),
        ("b.pdf", "waiting"),
    ]


def test_unit_and_label_are_as_they_are_given(settings, store, people, files):
    batch = load_batch(store, call(settings, *files, "--unit", "1104", "--label", "ორშაბათი"))
    assert (batch.unit_id, batch.label) == (people["other_unit_operator"].unit_id, "ორშაბათი")


def test_a_file_that_cannot_be_opened_is_named_and_stops_no_other(settings, store, files):
    result = call(settings, files[0], files[0].with_name("gone.pdf"))
    assert result.exit_code == 1
    assert "gone.pdf" in result.stderr and "[missing]" in result.stderr
    assert [file.name for file in load_batch(store, result).files] == ["a.pdf"]


def test_nothing_comes_in_where_no_file_can_be_opened(settings, store, tmp_path):
    result = call(settings, tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    with store.read() as session:
        assert list_batches(session, None, None, 1) == []


def test_an_unknown_unit_is_an_error_and_nothing_comes_in(settings, store, files):
    result = call(settings, *files, "--unit", "9999")
    assert getattr(result.exception, "code", None) == "not_found"
    with store.read() as session:
        assert list_batches(session, None, None, 1) == []


def work(settings: Settings, stop: threading.Event) -> None:
    """Does what is due, as a worker would."""
    with closing(open_store(settings.database_url)) as store:
        while not stop.wait(0.05):
            with store.read() as session:
                due = [step.id for step in list_due_steps(session, read_clock(), 10)]
            for step_id in due:
                run_step(store, settings, step_id, "test", read_clock)


def test_waiting_ends_when_the_files_are_read_and_tells_what_became_of_each(
    settings, store, tmp_path
):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(scan(1, 2))
    bad.write_bytes(b"no scan at all")
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(settings, stop))
    worker.start()
    try:
        result = call(settings, good, bad, "--wait")
    finally:
        stop.set()
        worker.join()
    assert result.exit_code == 1
    assert "good.pdf: read" in result.stderr and "bad.pdf: faulty" in result.stderr
    assert len(load_batch(store, result).files) == 2
