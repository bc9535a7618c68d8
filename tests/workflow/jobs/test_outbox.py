from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.acting import Begin
from workflow.errors import NotAllowed, NotFound
from workflow.jobs.outbox import hash_input, request_step, retry_step
from workflow.jobs.queue import StepName
from workflow.store.models.paper import Batch, File, Original
from workflow.store.models.work import Step, StepState
from workflow.store.work import count_open_steps, list_failed_steps, list_steps


def test_a_step_asked_for_twice_stands_once_and_unchanged(act: Begin, clock, store):
    with act() as doing:
        first = request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "a")
    clock.advance(hours=1)
    with act() as doing:
        again = request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "a")
        assert again.created_at == first.created_at
        assert again.id == first.id
        other = request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "b")
    assert other.id != first.id


def test_a_step_asked_for_by_many_at_once_stands_once(act: Begin, store):
    barrier = Barrier(4)

    def ask(_: int) -> int:
        barrier.wait()
        with act() as doing:
            return request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "a").id

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(ask, range(4)))) == 1
    with store.read() as session:
        assert session.query(Step).count() == 1


def test_a_change_that_is_undone_takes_its_step_with_it(act: Begin, store):
    with pytest.raises(ZeroDivisionError), act() as doing:
        request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "a")
        raise ZeroDivisionError
    with store.read() as session:
        assert session.query(Step).count() == 0


@pytest.mark.parametrize("state", [s for s in StepState if s != StepState.FAILED])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_a_failed_step_can_be_asked_for_again(act: Begin, state: StepState):
    with act() as doing:
        step = request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "a")
        step.state = state
    with pytest.raises(NotAllowed), act() as doing:
        retry_step(doing, step.id)


def test_a_step_that_is_not_there_cannot_be_asked_for_again(act: Begin):
    with pytest.raises(NotFound), act() as doing:
        retry_step(doing, 4711)


def test_the_parts_of_an_input_are_told_apart():
    hashes = {
        hash_input("ab", "c"),
        hash_input("a", "bc"),
        hash_input("abc"),
        hash_input("c", "ab"),
    }
    assert len(hashes) == 4
    assert hash_input("ab", "c") == hash_input("ab", "c")


def test_steps_are_listed_by_what_they_work_on(act: Begin, store):
    with act() as doing:
        for subject in ("document:1", "document:2", "document:10", "document:1"):
            request_step(doing, StepName.CHECK_DOCUMENT, subject, subject)
        request_step(doing, StepName.CHECK_DOCUMENT, "document:1", "new pages")
    with store.read() as session:
        found = list_steps(session, ["document:1", "document:10"])
    assert [step.subject for step in found] == ["document:1", "document:10", "document:1"]


def test_steps_that_still_go_on_are_counted_by_state(act: Begin, store):
    with act() as doing:
        for number, state in enumerate([*StepState, StepState.QUEUED]):
            request_step(doing, StepName.READ_FILE, f"file:{number}", "").state = state
    with store.read() as session:
        assert count_open_steps(session) == {"pending": 1, "queued": 2, "running": 1}


def test_failed_steps_are_listed_for_the_unit_whose_paper_it_is(act: Begin, store, people, clock):
    units = {people["operator"].unit_id, people["other_unit_operator"].unit_id}
    of_unit = {}
    with act() as doing:
        doing.session.add(Original(sha256="0" * 64, size=1, received_at=clock()))
        for unit in units:
            file = add_file(doing, unit)
            of_unit[unit] = request_step(doing, StepName.READ_FILE, f"file:{file.id}", "")
            of_unit[unit].state = StepState.FAILED
            of_unit[unit].finished_at = clock()
        request_step(doing, StepName.READ_FILE, "file:0", "")
    with store.read() as session:
        for unit in units:
            assert [s.id for s in list_failed_steps(session, unit)] == [of_unit[unit].id]
        assert [s.id for s in list_failed_steps(session)] == sorted(
            (step.id for step in of_unit.values()), reverse=True
        )


def add_file(doing, unit: int) -> File:
    batch = Batch(
        label="", source="upload", unit_id=unit, created_at=doing.now, created_by="archivist"
    )
    file = File(
        batch=batch,
        name="scan.pdf",
        sha256="0" * 64,
        size=1,
        state="waiting",
        received_at=doing.now,
    )
    doing.session.add(file)
    doing.session.flush()
    return file
