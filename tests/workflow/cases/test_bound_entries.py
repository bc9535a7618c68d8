"""What the registry says is bound to the trail: whoever changes an entry is found out."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.workflow.audit.attacks import attack, run
from tests.workflow.cases.conftest import Desk
from workflow.audit.faults import Wrong
from workflow.audit.verification import Verdict, verify_trail
from workflow.settings import Settings
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import Version
from workflow.store.session import Session

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CHANGE = "UPDATE registry_record SET {} WHERE id = 1"


@pytest.fixture
def entered(desk: Desk) -> Desk:
    desk.check("application")
    desk.check()
    return desk


def verify(desk: Desk, settings: Settings) -> Verdict:
    with desk.store.read() as session:
        return verify_trail(session, settings.seals)


def test_entries_as_they_were_authorised_are_whole(entered: Desk, settings: Settings) -> None:
    assert verify(entered, settings).faults == ()


@pytest.mark.parametrize(
    "change",
    [
        "\"values\" = '{}'",
        "\"values\" = 'no JSON'",
        "law_day = '2020-01-01'",
        "edition = '2020-01-01'",
        "law_edition = 'another'",
        "document_id = 2",
        "form = 'correction_request'",
    ],
)
def test_a_changed_entry_is_named(entered: Desk, settings: Settings, change: str) -> None:
    try:
        attack(entered.store, run(CHANGE.format(change)))
    except Exception:  # PostgreSQL keeps what is no JSON out by itself
        assert "no JSON" in change
        return
    fault = verify(entered, settings).fault
    assert fault is not None
    assert (fault.wrong, fault.number, fault.detail) == (Wrong.ENTRY, 1, "it was changed")


def test_one_changed_value_is_enough(entered: Desk, settings: Settings) -> None:
    def change(session: Session) -> None:
        record = session.get_one(RegistryRecord, 1)
        asked = next(name for name, value in record.values.items() if isinstance(value, str))
        record.values = {**record.values, asked: "other"}
        session.flush()

    attack(entered.store, change)
    fault = verify(entered, settings).fault
    assert fault is not None and (fault.wrong, fault.number) == (Wrong.ENTRY, 1)


def test_an_entry_that_vanished_is_missed(entered: Desk, settings: Settings) -> None:
    attack(entered.store, run("DELETE FROM person_membership WHERE record_id = 1"))
    attack(entered.store, run("DELETE FROM registry_record WHERE id = 1"))
    fault = verify(entered, settings).fault
    assert fault is not None
    assert (fault.wrong, fault.number, fault.detail) == (Wrong.ENTRY, 1, "it is missing")


def test_an_entry_that_nobody_authorised_is_named(entered: Desk, settings: Settings) -> None:
    with entered.store.write() as session:
        row = session.execute(text("SELECT * FROM registry_record WHERE id = 1")).mappings().one()
        version = Version(document_id=row["document_id"], number=2, created_at=NOW)
        session.add(version)
        session.flush()
        forged = {**row, "id": 9, "version_id": version.id}
        names = ", ".join(f'"{name}"' for name in forged)
        marks = ", ".join(f":{name}" for name in forged)
        values = {k: json.dumps(v) if isinstance(v, dict) else v for k, v in forged.items()}
        session.execute(text(f"INSERT INTO registry_record ({names}) VALUES ({marks})"), values)
    fault = verify(entered, settings).fault
    assert fault is not None
    assert (fault.wrong, fault.number) == (Wrong.ENTRY, 9)
    assert fault.detail == "no event tells of it"
