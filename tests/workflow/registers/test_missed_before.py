"""Registers that did not answer before it was kept about whom they were asked."""

from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.workflow.cases.test_knowledge_of_before import NOW, ROWS
from workflow.store.migrate import configure, upgrade
from workflow.store.registers import list_services, list_unreached
from workflow.store.session import open_store

MISSED = {
    "id": 1,
    "version_id": 1,
    "register": "civil",
    "code": "register_unreached",
    "given_up_at": NOW,
}


def test_what_was_kept_before_names_nobody_and_stays_as_it_is(empty_database: str) -> None:
    with closing(open_store(empty_database)) as store:
        with store.write() as session:
            command.upgrade(configure(session.connection()), "0005_memberships")
            for table, row in (*ROWS, ("register_unreached", MISSED)):
                names = ", ".join(f'"{name}"' for name in row)
                places = ", ".join(f":{name}" for name in row)
                session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)
        upgrade(empty_database)
        with store.read() as session:
            (kept,) = list_unreached(session, 1)
            assert (kept.register, kept.people) == ("civil", [])
            assert list_services(session) == ()
        with pytest.raises(DBAPIError, match="only ever added"), store.write() as session:
            session.execute(text("UPDATE register_unreached SET code = 'x'"))
