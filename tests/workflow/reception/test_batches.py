from collections import Counter
from io import BytesIO

import pytest

from tests.workflow.other_process import SPAWN, run_at_once
from workflow.acts import Actor
from workflow.contents import ContentStore, Stored
from workflow.errors import DiskFull, NotAllowed
from workflow.reception.batches import RepeatChoice, choose_repeat, open_batch
from workflow.reception.receiving import enter_files, receive_files
from workflow.store.batches import count_files, find_batch, list_batches
from workflow.store.models.paper import FileState, Source
from workflow.store.session import open_store
from workflow.store.trail import EventFilter, list_newest_events
from workflow.store.work import list_steps

SCAN, OTHER = b"one scan", b"another scan"


@pytest.fixture
def receive(store, settings, clock, people):
    """Takes named bytes in; their batch with its files."""

    def receive(*named: tuple[str, bytes]):
        archivist = people["archivist"]
        files = [(name, BytesIO(content)) for name, content in named]
        batch_id = receive_files(
            store, settings, archivist, clock, "Monday", Source.UPLOAD, archivist.unit_id, files
        )
        with store.read() as session:
            return find_batch(session, batch_id)

    return receive


def states(batch) -> list[str]:
    return [file.state for file in batch.files]


def steps_of(store, file) -> list[str]:
    with store.read() as session:
        return [step.step for step in list_steps(session, [f"file:{file.id}"])]


def test_a_file_is_stored_entered_and_to_be_read(store, settings, receive):
    batch = receive(("a.pdf", SCAN))
    (file,) = batch.files
    assert ContentStore(settings.originals).path(file.sha256).read_bytes() == SCAN
    assert (file.state, file.size, file.repeat_of_id) == (FileState.WAITING, len(SCAN), None)
    assert steps_of(store, file) == ["read_file"]
    assert (batch.label, batch.source, batch.created_by) == ("Monday", "upload", "archivist")


def test_a_label_gives_no_orders_to_the_terminal_that_shows_it(act):
    with act() as doing:
        batch = open_batch(doing, "Monday \x1b[2J", Source.UPLOAD, unit_id=1)
        (event,) = list_newest_events(doing.session, EventFilter(), None, 1)
    assert batch.label == event.after["label"] == "Monday \\x1b[2J"


def test_bytes_that_came_before_are_a_repeat_and_wait_for_a_person(store, receive):
    first = receive(("a.pdf", SCAN)).files[0]
    batch = receive(("again.pdf", SCAN), ("b.pdf", OTHER))
    assert states(batch) == [FileState.REPEAT, FileState.WAITING]
    assert batch.files[0].repeat_of_id == first.id
    assert steps_of(store, batch.files[0]) == []


def test_the_same_bytes_twice_in_one_batch_are_a_repeat_too(receive):
    assert states(receive(("a.pdf", SCAN), ("copy.pdf", SCAN))) == ["waiting", "repeat"]


def test_a_repeat_is_read_if_a_person_wants_it_once(store, act, people, receive):
    repeat = receive(("a.pdf", SCAN), ("copy.pdf", SCAN)).files[1]
    for _ in range(2):
        with act(people["archivist"]) as doing:
            choose_repeat(doing, repeat.id, RepeatChoice.READ)
    assert steps_of(store, repeat) == ["read_file"]


def test_a_repeat_can_be_set_aside_and_taken_up_again(store, act, people, receive):
    repeat = receive(("a.pdf", SCAN), ("copy.pdf", SCAN)).files[1]
    seen = []
    for choice in (RepeatChoice.SET_ASIDE, RepeatChoice.READ):
        with act(people["archivist"]) as doing:
            choose_repeat(doing, repeat.id, choice)
        with store.read() as session:
            seen.append(states(find_batch(session, repeat.batch_id))[1])
    assert seen == [FileState.SET_ASIDE, FileState.WAITING]


def test_only_a_repeat_leaves_a_choice(act, people, receive):
    file = receive(("a.pdf", SCAN)).files[0]
    with pytest.raises(NotAllowed), act(people["archivist"]) as doing:
        choose_repeat(doing, file.id, RepeatChoice.SET_ASIDE)


def test_the_trail_tells_of_the_batch_each_file_and_each_choice(store, act, people, receive):
    repeat = receive(("a.pdf", SCAN), ("copy.pdf", SCAN)).files[1]
    with act(people["archivist"]) as doing:
        choose_repeat(doing, repeat.id, RepeatChoice.SET_ASIDE)
    with store.read() as session:
        events = list_newest_events(session, EventFilter(), None, 10)
    assert [event.action for event in reversed(events)] == [
        "batch:receive",
        "file:receive",
        "file:receive",
        "file:choose",
    ]


def test_a_name_of_any_bytes_is_kept_readable(receive):
    (file,) = receive(("scan\udcff\n\x00.pdf", SCAN)).files
    assert file.name == "scan\\udcff\\n\\x00.pdf"


def test_nothing_is_entered_where_a_file_cannot_be_stored(
    store, settings, clock, people, small_disk
):
    settings.originals.parent.mkdir(exist_ok=True)
    settings.originals.symlink_to(small_disk)
    archivist = people["archivist"]
    files = [("a.pdf", BytesIO(SCAN)), ("huge.pdf", BytesIO(bytes(2 << 20)))]
    with pytest.raises(DiskFull):
        receive_files(
            store, settings, archivist, clock, "", Source.UPLOAD, archivist.unit_id, files
        )
    with store.read() as session:
        assert list_batches(session, None, None, 10) == []


def test_a_batch_without_files_is_refused(receive):
    with pytest.raises(NotAllowed):
        receive()


def test_batches_are_listed_newest_first_page_by_page(store, people, receive):
    ids = [receive((f"{n}.pdf", b"%d" % n)).id for n in range(3)]
    with store.read() as session:
        first = list_batches(session, people["archivist"].unit_id, None, 2)
        rest = list_batches(session, None, first[-1].id, 2)
        elsewhere = list_batches(session, people["other_unit_operator"].unit_id, None, 2)
    assert [b.id for b in (*first, *rest)] == ids[::-1] and elsewhere == []


def test_the_files_of_a_batch_are_counted_by_their_states(store, receive):
    first = receive(("a.pdf", SCAN))
    second = receive(("again.pdf", SCAN), ("b.pdf", OTHER), ("c.pdf", b"a third"))
    with store.read() as session:
        counts = count_files(session, [first.id, second.id])
    assert counts == {first.id: {"waiting": 1}, second.id: {"repeat": 1, "waiting": 2}}


def drop(url: str, unit_id: int, gate, clock) -> None:
    """Brings a file that is stored already, as a process of its own."""
    store = open_store(url, 60)
    stored = Stored("5" * 64, 5)
    gate.wait(60)
    actor = Actor("archivist", "archivist")
    enter_files(store, actor, clock, "at once", Source.FOLDER, unit_id, [("a.pdf", stored)])
    store.close()


def test_of_one_file_dropped_twice_at_once_one_is_read_and_the_other_is_its_repeat(
    store, database_url, clock, people
):
    gate = SPAWN.Barrier(2)
    arguments = (database_url, people["archivist"].unit_id, gate, clock)
    codes = run_at_once([SPAWN.Process(target=drop, args=arguments) for _ in range(2)])
    assert codes == [0, 0]
    with store.read() as session:
        batches = list_batches(session, None, None, 5)
        files = [file for batch in batches for file in batch.files]
        counts = [dict(Counter(str(file.state) for file in batch.files)) for batch in batches]
    first, second = sorted(files, key=lambda file: file.id)
    assert sorted(map(str, counts)) == ["{'repeat': 1}", "{'waiting': 1}"]
    assert (first.state, second.state, second.repeat_of_id) == ("waiting", "repeat", first.id)
