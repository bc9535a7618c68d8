import json
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.acting import Clock
from tests.workflow.audit.attacks import attack, run
from tests.workflow.audit.conftest import MakeSeal, Tell, Verify
from tests.workflow.other_process import NOW, SPAWN, run_at_once
from workflow.acts import find_legal_day
from workflow.audit.seal_file import SealsChanged, append_lines
from workflow.audit.seals import seal_day, seal_trail
from workflow.errors import DiskFull
from workflow.store.session import Store, open_store


def test_a_seal_tells_how_far_the_trail_was(tell: Tell, make_seal: MakeSeal, seals: Path) -> None:
    tell(3)
    made = make_seal()
    assert made is not None
    (line,) = seals.read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["number"], told["seq"], told["hash"]) == (1, 3, made.hash)
    assert told["day"] == "2026-03-03"


def test_a_day_ends_in_georgia(store: Store, seals: Path, tell: Tell, clock: Clock) -> None:
    tell(1)
    clock.advance(hours=12)  # 20:00 UTC
    made = seal_day(store, seals, clock())
    assert made is not None
    assert made.day == "2026-03-03"


def test_the_same_end_is_never_sealed_twice(tell: Tell, make_seal: MakeSeal, seals: Path) -> None:
    assert make_seal() is None
    tell(1)
    assert make_seal() is not None
    assert make_seal() is None
    assert len(seals.read_text(encoding="utf-8").splitlines()) == 1


def test_a_day_is_sealed_once_however_often_one_asks(
    store: Store, seals: Path, tell: Tell, clock: Clock
) -> None:
    made = []
    for hours in (1, 1, 24):
        tell(1)
        clock.advance(hours=hours)
        made.append(seal_day(store, seals, clock()))
    assert [seal and seal.seq for seal in made] == [1, None, 3]


def test_nobody_puts_sealing_off_by_the_database_alone(
    store: Store, seals: Path, tell: Tell, clock: Clock
) -> None:
    tell(1)
    assert seal_day(store, seals, clock()) is not None
    clock.advance(days=1)
    tell(1)
    attack(store, run(f"UPDATE audit_seal SET day='{find_legal_day(clock())}'"))
    with pytest.raises(SealsChanged):
        seal_day(store, seals, clock())


@pytest.mark.parametrize("left", [0, 40], ids=["nothing", "half a line"])
def test_a_line_that_a_crash_kept_from_the_file_comes_with_the_next(
    tell: Tell, make_seal: MakeSeal, verify: Verify, seals: Path, left: int
) -> None:
    tell(1)
    make_seal()
    seals.write_bytes(seals.read_bytes()[:left])
    tell(1)
    make_seal()
    assert (verify().faults, verify().seals) == ((), 2)


def test_a_changed_file_is_left_as_evidence(
    tell: Tell, make_seal: MakeSeal, verify: Verify, seals: Path
) -> None:
    tell(1)
    make_seal()
    seals.write_bytes(changed := seals.read_bytes().replace(b"2026", b"2025"))
    tell(1)
    with pytest.raises(SealsChanged):
        make_seal()
    assert seals.read_bytes() == changed
    assert verify().fault is not None


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    seals = tmp_path / "seals.jsonl"
    append_lines(seals, ["first"])
    with no_file_longer_than(9), pytest.raises(DiskFull):
        append_lines(seals, ["first", "second"])
    assert seals.read_text(encoding="utf-8") == "first\n"


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """The kernel refuses more, as it does where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_several_that_seal_at_once_make_one_seal(
    store: Store, database_url: str, tell: Tell, verify: Verify, seals: Path
) -> None:
    tell(3)
    processes = [SPAWN.Process(target=seal_once, args=(database_url, seals)) for _ in range(3)]
    assert run_at_once(processes) == [0, 0, 0]
    assert (verify().faults, verify().seals) == ((), 1)


def seal_once(url: str, seals: Path) -> None:
    with closing(open_store(url)) as store:
        seal_trail(store, seals, NOW)
