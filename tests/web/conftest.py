"""The program with its pages, people who sign in, a real server and a real browser."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.acting import Begin, Clock, act, clock, people, settings, store
from tests.databases import cluster, database_url, postgres_template, sqlite_template
from tests.web.browsing import SCREEN, Open, start_next
from tests.web.paperwork import SimulatedPaper, bring_in
from tests.web.station import DOUBTS, FAULTY, Station
from tests.web.visiting import PASSWORD, Complaints, Server, Visitor, sign_in_by_hand
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from web import create_app
from workflow.acts import Actor
from workflow.cases.families import open_case
from workflow.settings import Settings
from workflow.store.models.paper import DocumentState
from workflow.store.people import list_users
from workflow.store.session import Store

__all__ = [
    "act",
    "clock",
    "cluster",
    "database_url",
    "people",
    "postgres_template",
    "settings",
    "sqlite_template",
    "store",
]

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
"""A busy machine may be slow; only what never comes is a fault."""
SECRETS = {"secret_key": "a key for tests", "password_salt": "a salt for tests"}
SignIn = Callable[..., Visitor]


@pytest.fixture
def database() -> str:
    """Pages do not see which database it is: tests/workflow tries both."""
    return "sqlite"


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """The program on a store where everybody of tests/people.py has the same password."""
    keep_secrets(settings)
    made = create_app(settings, store, clock)
    made.test_client_class = Visitor
    with made.app_context(), store.write() as session:
        for user in list_users(session):
            user.password = hash_once(PASSWORD)
    return made


def keep_secrets(settings: Settings) -> None:
    """The same secrets for all tests, so that the password is hashed only once."""
    folder = settings.data / "secrets"
    folder.mkdir()
    for name, secret in SECRETS.items():
        (folder / name).write_text(secret, encoding="ascii")


@cache
def hash_once(password: str) -> str:
    return str(hash_password(password))


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """A client that is not signed in."""
    client = app.test_client()
    assert isinstance(client, Visitor)
    return client


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Makes a client and signs it in: `sign_in("operator")`; pages come in English."""

    def make(username: str, language: str = "en") -> Visitor:
        client = app.test_client()
        assert isinstance(client, Visitor)
        client.set_cookie("language", language)
        assert client.sign_in(username).status_code == 302
        return client

    return make


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """The program, for browsers."""
    running = Server(app)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def browser_page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of a new browser window, in English; fails the test where the browser complains."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints = Complaints(server.url)
    complaints.listen(page)
    yield page
    context.close()
    assert complaints.heard == []


@pytest.fixture
def operator(sign_in: SignIn) -> Visitor:
    return sign_in("operator")


@pytest.fixture
def second(sign_in: SignIn) -> Visitor:
    return sign_in("second_operator")


@pytest.fixture
def desk(app: Flask, store: Store, act: Begin, clock: Clock, people: dict[str, Actor]) -> Desk:
    """Papers in the store, and the family that they name."""
    with act() as doing:
        open_case(doing, 1, KNOWN_CODE)
    return Desk(store, act, clock, people)


@pytest.fixture
def faulty(desk: Desk) -> int:
    """A declaration whose fault a coordinator confirms."""
    document_id = desk.check(changes=FAULTY)
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN
    return document_id


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Open]:
    """Opens a window of its own for a person who is signed in; none of them may complain."""
    contexts: list[BrowserContext] = []
    complaints = Complaints(server.url)

    def make(username: str = "", **how: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", "viewport": SCREEN, **how})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        if username:
            sign_in_by_hand(page, server.url, username)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints.heard == []


@pytest.fixture
def bring(
    app: Flask, store: Store, settings: Settings, clock: Clock, people: dict[str, Actor]
) -> Callable[..., list[int]]:
    """Brings papers in, reads and checks them; their documents."""

    def make(*papers: SimulatedPaper) -> list[int]:
        return bring_in(store, settings, clock, people["archivist"], *papers)

    return make


@pytest.fixture
def station(app: Flask, store: Store, act: Begin) -> Station:
    """Papers without pictures, for what does not need any."""
    return Station(store, act)


@pytest.fixture
def doubts_page(open_page: Open, server: Server, station: Station) -> Page:
    """The first question of a paper with doubts, before an operator."""
    station.bring(DOUBTS)
    page = open_page("operator")
    start_next(page, server)
    return page
