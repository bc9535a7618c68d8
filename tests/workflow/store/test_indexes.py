"""What pages ask is answered from an index: a store may hold a million documents."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from tests.acting import Clock
from workflow.store.demonstration import holds_demonstration
from workflow.store.models.paper import PaperDocument
from workflow.store.models.tables import METADATA
from workflow.store.session import Session, Store
from workflow.store.trail import find_document_subjects
from workflow.store.trust import (
    count_accepted,
    list_decided_rows,
    list_drawn_rows,
    list_newest_pages,
    list_unsure_rows,
)
from workflow.store.usage import count_uses

Question = Callable[[Session, datetime], object]


def find_subjects(session: Session, _: datetime) -> object:
    """Of a document that has nothing yet."""
    paper = PaperDocument(id=1, form="application", edition=date(2010, 5, 21), serial=1)
    return find_document_subjects(session, paper)


QUESTIONS: dict[str, Question] = {
    "demonstration": lambda session, _: holds_demonstration(session),
    "decided": list_decided_rows,
    "drawn": list_drawn_rows,
    "unsure": lambda session, since: list(list_unsure_rows(session, since, ["application"])),
    "accepted": lambda session, since: count_accepted(session, since, ["read"]),
    "newest pages": lambda session, since: list_newest_pages(session, since, 10),
    "uses": lambda session, _: count_uses(session),
    "subjects": find_subjects,
}


@contextmanager
def explain_plans(store: Store) -> Iterator[list[str]]:
    """Gathers how SQLite goes about each statement."""
    steps: list[str] = []

    def explain(connection: Any, _: Any, statement: str, parameters: Any, *more: Any) -> None:
        if statement.startswith("SELECT"):
            cursor = connection.connection.dbapi_connection.cursor()
            plan = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps.extend(row[3] for row in plan)

    event.listen(store.engine, "before_cursor_execute", explain)
    yield steps
    event.remove(store.engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_table_is_read_from_end_to_end(store: Store, clock: Clock, name: str) -> None:
    with explain_plans(store) as steps, store.read() as session:
        QUESTIONS[name](session, clock())
    assert steps
    walks = [step for step in steps if "SCAN" in step and "COVERING INDEX" not in step]
    assert METADATA.tables.keys().isdisjoint(walk.split()[1] for walk in walks)
