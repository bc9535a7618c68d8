import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workflow.contents import ContentStore
from workflow.errors import StoreBusy
from workflow.reception.inbox import Inbox, watch_inbox
from workflow.reception.troubles import read_troubles
from workflow.store.batches import list_batches

SCAN, OTHER = b"one scan", b"another scan"


class Watched:
    """The folder, looked at as time goes by."""

    def __init__(self, store, settings, clock) -> None:
        self.store, self.settings, self.clock = store, settings, clock
        self.folder = settings.inbox
        self.folder.mkdir(parents=True)
        self.passed = 0.0
        self.inbox = Inbox(store, settings, clock, self.tick)

    def put(self, name: str | bytes, content: bytes = SCAN) -> Path:
        """Writes a file into the folder."""
        path = self.folder / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def look(self, times: int = 2, seconds: float = 5) -> None:
        """Sweeps so often, with time between."""
        for _ in range(times):
            self.inbox.sweep()
            self.pass_time(seconds)

    def tick(self) -> float:
        """Seconds that have passed, wherever the clock is set."""
        return self.passed

    def pass_time(self, seconds: float) -> None:
        """Time goes by, and the clock with it."""
        self.passed += seconds
        self.clock.advance(seconds=seconds)

    @property
    def batches(self) -> list[tuple[int, list[tuple[str, str]]]]:
        """Unit, and the names and states of the files, of each batch."""
        with self.store.read() as session:
            found = reversed(list_batches(session, None, None, 10))
            return [(b.unit_id, [(f.name, f.state) for f in b.files]) for b in found]

    @property
    def files(self) -> list[tuple[str, str]]:
        """Name and state of every file that came in."""
        return [file for _, files in self.batches for file in files]

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """What is shown to people."""
        return [(trouble.name, trouble.code) for trouble in read_troubles(self.settings)]


@pytest.fixture
def watched(store, settings, clock) -> Watched:
    return Watched(store, settings, clock)


def test_what_is_put_in_whole_comes_in_as_one_batch_and_leaves_the_folder(watched, settings):
    paths = [watched.put("a.pdf"), watched.put("b.pdf", OTHER)]
    watched.look()
    ((_, files),) = watched.batches
    assert files == [("a.pdf", "waiting"), ("b.pdf", "waiting")]
    assert not any(path.exists() for path in paths)
    originals = ContentStore(settings.originals).folder
    stored = {path.read_bytes() for path in originals.rglob("*") if path.is_file()}
    assert stored == {SCAN, OTHER}


def test_a_file_is_left_alone_until_it_has_not_changed_for_a_while(watched):
    path = watched.put("a.pdf", b"half")
    watched.look(times=1)
    path.write_bytes(b"half and half")
    watched.look(times=1)
    assert watched.batches == [] and path.exists()
    watched.look(times=1)
    assert watched.files == [("a.pdf", "waiting")]


def test_a_file_that_a_program_has_open_for_writing_is_left_alone(watched):
    path = watched.put("a.pdf")
    script = f"import sys; f = open({str(path)!r}, 'ab'); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == b"open\n"
        watched.look(times=3)
        assert watched.batches == [] and path.exists()
        writer.communicate(b"\n")
    watched.look()
    assert watched.files == [("a.pdf", "waiting")]


@pytest.mark.parametrize("name", [".hidden.pdf", "scan.pdf.part", "scan.TMP", "scan.pdf~"])
def test_names_under_which_programs_write_are_passed_over(watched, name):
    path = watched.put(name)
    watched.look()
    assert watched.batches == [] and path.exists() and watched.troubles == []


def test_a_name_of_any_bytes_comes_in(watched):
    path = watched.put(b"\xff\xfe scan\n.pdf")
    watched.look()
    assert watched.files == [("\\udcff\\udcfe scan\\n.pdf", "waiting")] and not path.exists()


def test_a_folder_named_by_a_unit_is_that_units(watched, people):
    watched.put("1104/a.pdf")
    watched.put("b.pdf", OTHER)
    watched.look()
    units = {files[0][0]: unit for unit, files in watched.batches}
    assert units == {
        "a.pdf": people["other_unit_operator"].unit_id,
        "b.pdf": people["archivist"].unit_id,
    }


def test_a_folder_that_names_no_unit_is_shown_and_stops_no_other(watched):
    path = watched.put("nowhere/a.pdf")
    watched.put("b.pdf", OTHER)
    watched.look()
    assert watched.files == [("b.pdf", "waiting")] and path.exists()
    assert watched.troubles == [("a.pdf", "not_found")]


def test_what_is_no_file_is_shown_and_left_where_it_is(watched):
    os.mkfifo(watched.folder / "pipe.pdf")
    (watched.folder / "link.pdf").symlink_to("/etc/hostname")
    watched.look()
    assert watched.batches == []
    assert watched.troubles == [("link.pdf", "not_a_file"), ("pipe.pdf", "not_a_file")]


def test_a_trouble_is_gone_when_its_file_is(watched):
    path = watched.put("nowhere/a.pdf")
    watched.look()
    assert watched.troubles
    path.unlink()
    watched.look(times=1)
    assert watched.troubles == []


def test_a_full_disk_loses_nothing_is_shown_and_tried_again_after_a_while(
    watched, settings, small_disk
):
    settings.originals.symlink_to(small_disk)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(900_000))
    huge = watched.put("huge.pdf", os.urandom(500_000))
    watched.put("small.pdf")
    watched.look()
    assert watched.files == [("small.pdf", "waiting")]
    assert huge.exists() and watched.troubles == [("huge.pdf", "disk_full")]
    filler.unlink()
    watched.look(times=1)
    assert huge.exists()
    watched.look(times=1, seconds=60)
    watched.look(times=1)
    assert not huge.exists() and ("huge.pdf", "waiting") in watched.files
    assert watched.troubles == []


def test_a_store_that_refuses_loses_nothing(watched, settings, clock, store):
    path = watched.put("a.pdf")

    class Refusing:
        """A database that is busy when rows are written."""

        read = staticmethod(store.read)

        def write(self):
            raise StoreBusy

    busy = Inbox(Refusing(), settings, clock, watched.tick)
    for _ in range(2):
        busy.sweep()
        watched.pass_time(5)
    assert path.exists() and watched.batches == []
    assert watched.troubles == [("a.pdf", "store_busy")]
    watched.look()
    assert watched.files == [("a.pdf", "waiting")]


def test_a_file_that_came_before_is_a_repeat_never_dropped(watched):
    for name in ("a.pdf", "b.pdf"):
        watched.put(name)
        watched.look()
    assert watched.files == [("a.pdf", "waiting"), ("b.pdf", "repeat")]


def test_a_clock_that_is_set_back_holds_nothing_up(watched, clock):
    path = watched.put("a.pdf")
    watched.look(times=1)
    clock.advance(hours=-1)
    watched.look(times=1)
    assert not path.exists()


def test_watching_goes_on_until_it_is_told_to_stop(watched, store, settings, clock):
    stop = threading.Event()
    watching = (store, settings, clock, stop, 0.01, watched.tick)
    threads = [
        threading.Thread(target=watch_inbox, args=watching),
        threading.Thread(target=_let_time_pass, args=(watched, stop)),
    ]
    watched.put("a.pdf")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert watched.files == [("a.pdf", "waiting")]


def _let_time_pass(watched, stop) -> None:
    for _ in range(2000):
        watched.pass_time(1)
        if watched.files or stop.wait(0.01):
            break
    stop.set()


def test_a_folder_inside_that_of_a_unit_names_the_scanner(watched, store):
    inside = watched.folder / "1104" / "front desk"
    inside.mkdir(parents=True)
    (inside / "a.pdf").write_bytes(SCAN)
    watched.put("1104/b.pdf", OTHER)
    watched.look()
    with store.read() as session:
        files = [file for batch in list_batches(session, None, None, 10) for file in batch.files]
    assert {(file.name, file.scanner) for file in files} == {
        ("a.pdf", "front desk"),
        ("b.pdf", None),
    }
