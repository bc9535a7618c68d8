import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from tests.acting import Clock
from tests.web.conftest import SignIn, keep_secrets
from tests.web.papers import list_files, receive
from tests.web.visiting import Visitor
from web import create_app
from web.access import public
from web.fault_wording import FAULTS
from workflow.acts import Actor
from workflow.errors import WorkflowFault
from workflow.settings import Settings
from workflow.store.models.paper import FileState
from workflow.store.session import Store, open_store

JSON = {"Accept": "application/json"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Nobody waits long for a lock in a test."""
    return replace(settings, busy_seconds=0.2)


@pytest.fixture
def locked(app: Flask, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another process writes, and does not come to an end."""
    with closing(sqlite3.connect(tmp_path / "blanki.sqlite", isolation_level=None)) as other:
        yield other


def test_while_the_database_is_locked_pages_are_read_and_changes_wait(
    sign_in: SignIn,
    store: Store,
    settings: Settings,
    people: dict[str, Actor],
    clock: Clock,
    locked: sqlite3.Connection,
) -> None:
    batch = receive(
        store, settings, people["operator"], clock, {"one.pdf": b"1", "again.pdf": b"1"}
    )
    with store.read() as session:
        choice = f"/intake/files/{list_files(session, batch)[1].id}/choice"
    operator = sign_in("operator")
    locked.execute("BEGIN IMMEDIATE")
    assert operator.get(f"/intake/batches/{batch}").status_code == 200
    refused = operator.submit(choice, choice="set_aside")
    assert refused.status_code == 503
    assert "The database is busy" in refused.text
    assert "Nothing was changed" in refused.text
    locked.execute("ROLLBACK")
    with store.read() as session:
        assert list_files(session, batch)[1].state == FileState.REPEAT
    assert operator.submit(choice, choice="set_aside").status_code == 303


def test_what_was_sent_in_vain_can_be_sent_again_from_the_page(
    sign_in: SignIn, locked: sqlite3.Connection
) -> None:
    administrator = sign_in("administrator")
    locked.execute("BEGIN IMMEDIATE")
    fields = {"name": 'Nino "N"', "username": "nino", "unit": "1001", "roles": ["operator"]}
    page = administrator.submit("/people/new", **fields).text
    assert "Try again" in page
    assert 'action="/people/new"' in page
    assert 'name="name" value="Nino &#34;N&#34;"' in page
    assert 'name="roles" value="operator"' in page


def test_a_script_gets_the_fault_as_json(sign_in: SignIn, locked: sqlite3.Connection) -> None:
    operator = sign_in("operator")
    locked.execute("BEGIN IMMEDIATE")
    data = {"csrf_token": operator.take_token(), "files": [(BytesIO(b"%PDF"), "a.pdf")]}
    answer = operator.post("/intake/upload", data=data, headers=JSON)
    assert answer.status_code == 503
    assert answer.json == {
        "code": "store_busy",
        "title": "The database is busy",
        "way": "Nothing was changed. Wait a moment, then try again.",
    }


def test_signing_in_waits_for_a_locked_database_too(
    stranger: Visitor, locked: sqlite3.Connection
) -> None:
    stranger.set_cookie("language", "en")
    locked.execute("BEGIN IMMEDIATE")
    refused = stranger.sign_in("operator")
    assert refused.status_code == 503
    assert "a password for tests" not in refused.text
    locked.execute("ROLLBACK")
    assert stranger.sign_in("operator").status_code == 302


def test_a_database_that_is_gone_gives_a_page_and_not_a_trace(
    settings: Settings, tmp_path: Path, clock: Clock
) -> None:
    keep_secrets(settings)
    nowhere = open_store(f"sqlite:///{tmp_path / 'no folder' / 'blanki.sqlite'}", 0.1)
    client = create_app(settings, nowhere, clock).test_client()
    client.set_cookie("language", "en")
    with client.session_transaction() as session:
        session.update(_user_id="operator", _fresh=True, begun=0, seen=0)
    answer = client.get("/sign-in")
    assert answer.status_code == 503
    assert "The database does not answer" in answer.text


@pytest.mark.parametrize("fault", WorkflowFault.__subclasses__(), ids=lambda fault: fault.code)
def test_every_fault_of_the_workflow_is_a_page_with_its_code(
    settings: Settings, store: Store, clock: Clock, fault: type[WorkflowFault]
) -> None:
    keep_secrets(settings)
    app = create_app(settings, store, clock)

    @public
    def fail() -> str:
        raise fault("a detail for the log")

    app.add_url_rule("/fail", "fail", fail)
    answer = app.test_client().get("/fail")
    assert answer.status_code == 503 if fault.retry else answer.status_code in (403, 404, 409, 500)
    assert f"<code>{fault.code}</code>" in answer.text
    assert "a detail for the log" not in answer.text


def test_a_mistake_of_the_program_is_a_page_too(
    settings: Settings, store: Store, clock: Clock
) -> None:
    keep_secrets(settings)
    app = create_app(settings, store, clock)
    app.add_url_rule("/fail", "fail", public(lambda: str(1 // 0)))
    answer = app.test_client().get("/fail", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert str(FAULTS.get("unexpected", "Something unexpected went wrong")) in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_too_large_an_upload_is_a_page(app: Flask, sign_in: SignIn) -> None:
    operator = sign_in("operator")
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = operator.submit("/intake/upload", files=[(BytesIO(bytes(2000)), "a.pdf")])
    assert answer.status_code == 413
    assert "This is too large" in answer.text


@pytest.mark.parametrize("number", [0, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_row_has_is_not_found(sign_in: SignIn, number: int) -> None:
    assert sign_in("operator").get(f"/intake/batches/{number}").status_code == 404


def test_a_null_character_is_refused_before_any_database_sees_it(sign_in: SignIn) -> None:
    assert sign_in("operator").get("/documents?family=%00").status_code == 400
    assert sign_in("administrator").submit("/people/new", name="a\0b").status_code == 400
