import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workflow.jobs.workshop import PROJECT, is_alive, wait_until
from workflow.jobs.children import ChildDied
from workflow.jobs.supervisor import ChildSpec, Supervisor, stop_on_signals

STUBBORN = "trap '' TERM; while :; do sleep 0.1; done"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def describe_child(name: str, notes: Path, script: str = "sleep 1000", **more: object) -> ChildSpec:
    """A shell that notes its start and its end."""
    started = f"echo {name} $$ >> {notes}; "
    ended = f"trap 'echo {name} ended >> {notes}; kill $!; exit' TERM; "
    waiting = f"{script} & wait $!" if script == "sleep 1000" else script
    return ChildSpec(name, ("sh", "-c", ended + started + waiting), **more)  # type: ignore[arg-type]


def read_notes(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []


def read_pids(notes: Path) -> list[int]:
    return [int(n.split()[1]) for n in read_notes(notes) if not n.endswith("ended")]


def wait_for_notes(notes: Path, number: int) -> None:
    wait_until(lambda: len(read_notes(notes)) >= number, lambda: str(read_notes(notes)))


def test_children_start_in_order_once_those_before_are_ready(notes):
    first = describe_child("first", notes, is_ready=lambda: len(read_notes(notes)) == 1)
    with Supervisor([first, describe_child("second", notes)]):
        wait_for_notes(notes, 2)
    assert [note.split()[0] for note in read_notes(notes)[:2]] == ["first", "second"]


def test_children_stop_before_those_that_they_rely_on(notes):
    first = describe_child("first", notes, is_ready=lambda: len(read_notes(notes)) == 1)
    with Supervisor([first, describe_child("second", notes), describe_child("third", notes)]):
        wait_for_notes(notes, 3)
    assert sorted(read_notes(notes)[3:5]) == ["second ended", "third ended"]
    assert read_notes(notes)[5:] == ["first ended"]


def test_a_child_that_dies_is_started_again(notes):
    with Supervisor([describe_child("child", notes)]) as supervisor:
        wait_for_notes(notes, 1)
        os.kill(read_pids(notes)[0], signal.SIGKILL)
        wait_until(lambda: poll(supervisor) and len(read_pids(notes)) == 2, lambda: "no restart")
        assert is_alive(read_pids(notes)[1])


def poll(supervisor: Supervisor) -> bool:
    supervisor.poll()
    return True


def test_a_child_that_dies_again_and_again_is_given_up_with_what_it_said(notes):
    child = describe_child("child", notes, "exit 7", explain=lambda: "the port is taken")
    with pytest.raises(ChildDied) as caught, Supervisor([child]) as supervisor:
        wait_until(lambda: not poll(supervisor), lambda: "never given up")
    assert "child died 5 times" in caught.value.detail
    assert "exit status 7" in caught.value.detail
    assert "the port is taken" in caught.value.detail
    assert len(read_pids(notes)) == 5


def test_a_child_that_never_becomes_ready_stops_those_before_it(notes):
    first = describe_child("first", notes)
    second = describe_child("second", notes, is_ready=lambda: False, ready_seconds=0.2)
    with pytest.raises(ChildDied, match="not ready"), Supervisor([first, second]):
        pytest.fail("it started")
    assert not any(is_alive(pid) for pid in read_pids(notes))


def test_a_child_that_dies_before_it_is_ready_is_told_of(notes):
    child = describe_child("child", notes, "exit 3", is_ready=lambda: False)
    with pytest.raises(ChildDied, match="did not start"), Supervisor([child]):
        pytest.fail("it started")


def test_a_child_that_does_not_heed_is_killed(notes):
    child = ChildSpec(
        "stubborn", ("sh", "-c", f"echo x $$ >> {notes}; {STUBBORN}"), stop_seconds=0.3
    )
    with Supervisor([child]):
        wait_for_notes(notes, 1)
    assert not is_alive(read_pids(notes)[0])


def test_nothing_that_a_child_started_outlives_the_supervisor(notes):
    script = f"echo x $$ >> {notes}; (echo x $(sh -c 'echo $PPID') >> {notes}; exec sleep 1000) & "
    script += "sleep 1000"
    with Supervisor([ChildSpec("parent", ("sh", "-c", script))]) as supervisor:
        wait_for_notes(notes, 2)
        parent, *orphan = sorted(read_pids(notes))
        os.kill(parent, signal.SIGKILL)
        wait_until(lambda: poll(supervisor) and len(read_pids(notes)) == 4, lambda: "no restart")
        assert is_alive(orphan[0])
    wait_until(lambda: not any(map(is_alive, read_pids(notes))), lambda: "one lives")


def test_children_end_when_their_supervisor_is_killed(notes):
    program = (
        "from workflow.jobs.supervisor import *\n"
        "from threading import Event\n"
        f"spec = ChildSpec('child', ('sh', '-c', 'echo x $$ >> {notes}; exec sleep 1000'))\n"
        "with Supervisor([spec]) as supervisor: supervisor.run(Event())"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT)
    wait_for_notes(notes, 1)
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(read_pids(notes)[0]), lambda: "it lives")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_to_stop_and_is_handled_as_before_afterwards(number):
    before = signal.getsignal(number)
    with stop_on_signals() as stop:
        assert not stop.is_set()
        signal.raise_signal(number)
        assert stop.is_set()
    assert signal.getsignal(number) == before
