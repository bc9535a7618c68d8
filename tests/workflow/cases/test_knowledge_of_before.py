"""People whom the registry named before it kept a list of them."""

import json
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

from alembic import command
from sqlalchemy import text

from workflow.store.knowing import list_memberships
from workflow.store.migrate import configure, upgrade
from workflow.store.session import open_store

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("unit", {"id": 1, "code": "1001", "name": "Unit"}),
    (
        "family_case",
        {
            "id": 1,
            "family_code": "0000000018",
            "unit_id": 1,
            "state": "declared",
            "state_since": NOW,
            "opened_at": NOW,
            "simulated": False,
        },
    ),
    (
        "document",
        {
            "id": 1,
            "form": "family_declaration",
            "serial": 0,
            "unit_id": 1,
            "state": "authorised",
            "state_since": NOW,
            "created_at": NOW,
            "revision": 0,
            "simulated": False,
        },
    ),
    ("version", {"id": 1, "document_id": 1, "number": 1, "created_at": NOW, "run": 1, "doubts": 0}),
)
NAMED = {
    "members[1].personal_number": "01001012345",
    "members[2].personal_number": "01001012345",
    "members[10].personal_number": "01001012346",
    "members[11].personal_number": None,
    "representative_personal_number": "01001012399",
}


def test_entries_of_before_are_searched_for_people_too(empty_database: str) -> None:
    record = {
        "id": 1,
        "version_id": 1,
        "document_id": 1,
        "case_id": 1,
        "form": "family_declaration",
        "edition": date(2015, 5, 1),
        "values": json.dumps(NAMED),
        "law_day": date(2015, 11, 23),
        "law_edition": "test",
        "authorised_by": "system",
        "authorised_at": NOW,
    }
    with closing(open_store(empty_database)) as store:
        with store.write() as session:
            command.upgrade(configure(session.connection()), "0004_registers")
            for table, row in (*ROWS, ("registry_record", record)):
                names = ", ".join(f'"{name}"' for name in row)
                places = ", ".join(f":{name}" for name in row)
                insert = text(f"INSERT INTO {table} ({names}) VALUES ({places})")
                session.execute(insert, row)
        upgrade(empty_database)
        with store.read() as session:
            people = [*NAMED.values(), "01001012345"]
            found = list_memberships(session, [p for p in people if p], [])
            told = [(row.personal_number, row.since, case.id) for row, case in found]
    day = date(2015, 11, 23)
    assert told == [("01001012345", day, 1), ("01001012346", day, 1)]
