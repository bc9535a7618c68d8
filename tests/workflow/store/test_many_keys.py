"""More keys than a database takes in one statement."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from workflow.store.batches import find_documents_of_pages
from workflow.store.session import Store
from workflow.store.work import list_steps, requeue_steps

MANY = 70_000
"""PostgreSQL takes 65,535."""


def test_a_queue_of_many_that_was_lost_is_asked_about_in_parts(store: Store) -> None:
    with store.write() as session:
        assert requeue_steps(session, range(MANY)) == 0
        assert list_steps(session, [f"file:{number}" for number in range(MANY)]) == []
        assert find_documents_of_pages(session, range(MANY)) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_the_database_refuses_is_told_without_the_values(store: Store) -> None:
    row = {"seq": 1, "hash": "01024012345"}
    with pytest.raises(IntegrityError) as refused, store.write() as session:
        session.execute(text("INSERT INTO audit_head VALUES (1, :seq, :hash)"), row)
    assert "01024012345" not in str(refused.value)
