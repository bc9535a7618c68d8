"""Locks that two transactions take in different orders without waiting for each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.acting import Begin
from tests.workflow.cases.papers import store_paper
from workflow.acts import Act
from workflow.cases.transitions import open_document
from workflow.contents import Stored
from workflow.reception.batches import open_batch, receive_file
from workflow.store.batches import lock_file
from workflow.store.models.paper import Source

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
"""On SQLite there is one writing transaction at a time."""


SCAN = Stored("1" * 64, 1)


def meet(act: Begin, lock: Callable[[Act], object], document_id: int | None = None) -> None:
    """One locks and then writes to the trail; one has written to it and brings a file."""
    both = Barrier(2)

    def decide() -> None:
        with act() as doing:
            lock(doing)
            both.wait(10)
            doing.record("document:read", "document:1", after={"page": "review"})

    def receive() -> None:
        with act() as doing:
            batch = open_batch(doing, "again", Source.UPLOAD, unit_id=1)
            both.wait(10)
            receive_file(doing, batch, "scan.pdf", SCAN, document_id)

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(decide), pool.submit(receive)]
        assert [result.result(30) for result in done] == [None, None]


def test_a_scan_for_a_document_comes_in_while_somebody_decides_on_it(act: Begin) -> None:
    with act() as doing:
        document_id = store_paper(doing.session, "application", doing.now).id
    meet(act, lambda doing: open_document(doing, document_id), document_id)


def test_a_file_comes_in_again_while_what_was_read_in_it_is_written(act: Begin) -> None:
    with act() as doing:
        batch = open_batch(doing, "first", Source.UPLOAD, unit_id=1)
        file_id = receive_file(doing, batch, "scan.pdf", SCAN).id
    meet(act, lambda doing: lock_file(doing.session, file_id))
