"""What pages of the web ask of documents and batches."""

import pytest

from tests.workflow.reading.scans import OTHER_FAMILY, scan
from workflow.errors import NotFound
from workflow.store.batches import (
    find_batch,
    find_documents_of_pages,
    find_file,
    find_first_files,
    list_pages_of_batch,
)
from workflow.store.documents import (
    count_documents_by_state,
    find_current_version,
    find_document,
    find_page,
    find_reading,
    list_documents,
)
from workflow.store.models.paper import DocumentState


@pytest.fixture
def documents(desk):
    return desk.read(scan(1), scan(1, seed=OTHER_FAMILY))


def test_documents_are_listed_oldest_first_page_by_page(desk, documents, people):
    unit = people["archivist"].unit_id
    with desk.store.read() as session:
        first = list_documents(session, unit, [DocumentState.RECEIVED], "application", limit=1)
        rest = list_documents(session, unit, after_id=first[-1].id)
        none = list_documents(session, states=[DocumentState.REVIEW])
        elsewhere = list_documents(session, people["other_unit_operator"].unit_id)
    assert [d.id for d in (*first, *rest)] == [d.id for d in documents]
    assert (list(none), list(elsewhere)) == ([], [])


def test_documents_are_counted_by_state(desk, documents, people):
    desk.set_state(documents[0], DocumentState.REVIEW)
    with desk.store.read() as session:
        counted = count_documents_by_state(session, people["archivist"].unit_id)
        elsewhere = count_documents_by_state(session, people["other_unit_operator"].unit_id)
    assert (counted, elsewhere) == ({"review": 1, "received": 1}, {})


def test_each_page_of_a_batch_is_led_to_its_document(desk, documents):
    with desk.store.read() as session:
        batch = find_file(session, 1).batch_id
        pages = list_pages_of_batch(session, batch)
        found = find_documents_of_pages(session, [page.id for page in pages])
    assert [found[page.id].id for page in pages] == [d.id for d in documents]


def test_a_repeat_is_led_to_the_file_that_came_first(desk):
    first, repeat = desk.bring(scan(1), scan(1))
    with desk.store.read() as session:
        files = find_batch(session, find_file(session, first).batch_id).files
        assert {id_: f.id for id_, f in find_first_files(session, files).items()} == {repeat: first}


@pytest.mark.parametrize(
    "find",
    [find_batch, find_file, find_document, find_current_version, find_page, find_reading],
)
def test_what_is_not_in_the_store_is_a_fault_with_a_name(store, find):
    with store.read() as session, pytest.raises(NotFound):
        find(session, 4711)
