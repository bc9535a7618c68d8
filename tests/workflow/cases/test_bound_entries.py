"""What the registry says is bound to the trail: whoever changes an entry is found out."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.acting import Begin
from tests.workflow.audit.attacks import attack, run
from tests.workflow.cases.conftest import Desk
from workflow.audit.entries import AUTHORISED, hash_record
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
        "law_day = '2020-01-01'",
        "edition = '2020-01-01'",
        "law_edition = 'another'",
        "document_id = 2",
        "case_id = NULL",
        "authorised_by = 'somebody'",
        "authorised_at = '2020-01-01 00:00:00'",
        "form = 'correction_request'",
    ],
)
def test_a_changed_entry_is_named(entered: Desk, settings: Settings, change: str) -> None:
    attack(entered.store, run(CHANGE.format(change)))
    fault = verify(entered, settings).fault
    assert fault is not None
    assert (fault.wrong, fault.number, fault.detail) == (Wrong.ENTRY, 1, "it was changed")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "harm",
    [
        "\"values\" = 'no JSON'",
        '"values" = \'{"a": NaN}\'',
        "law_day = 'never'",
        "\"values\" = '7'",
    ],
)
def test_an_entry_that_cannot_be_read_is_named(
    entered: Desk, settings: Settings, harm: str
) -> None:
    """PostgreSQL keeps such things out by itself."""
    attack(entered.store, run(CHANGE.format(harm)))
    fault = verify(entered, settings).fault
    assert fault is not None and (fault.wrong, fault.number) == (Wrong.ENTRY, 1)


def test_an_event_that_tells_of_an_entry_again_does_not_bless_a_change(
    entered: Desk, settings: Settings, act: Begin
) -> None:
    attack(entered.store, run(CHANGE.format("law_edition = 'another'")))
    with act() as forging:
        record = forging.session.get_one(RegistryRecord, 1)
        told = {"record": 1, "version": 1, "case": record.case_id, "content": hash_record(record)}
        forging.record(AUTHORISED, "document:1", after=told)
    fault = verify(entered, settings).fault
    assert fault is not None and (fault.wrong, fault.number) == (Wrong.ENTRY, 1)


def test_an_event_with_no_number_of_an_entry_is_named_as_changed(
    entered: Desk, settings: Settings
) -> None:
    change = (
        "UPDATE audit_event SET after = '{\"record\": [1]}' WHERE action = 'registry:authorise'"
    )
    attack(entered.store, run(change))
    fault = verify(entered, settings).fault
    assert fault is not None and fault.wrong is Wrong.CHANGED


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
