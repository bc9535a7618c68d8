"""A person at the review station in a browser: what they press, and what they see."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from playwright.sync_api import Page

from tests.web.visiting import Server
from workflow.store.documents import find_document
from workflow.store.models.decisions import FieldValue
from workflow.store.models.paper import DocumentState
from workflow.store.session import Store

Open = Callable[..., Page]
SCREEN = {"width": 1366, "height": 768}
WITHOUT_CRITICAL_FIELDS = 8
"""Seed of a simulated application."""


def find_state(store: Store, document_id: int) -> DocumentState:
    with store.read() as session:
        return DocumentState(find_document(session, document_id).state)


def list_entries(store: Store, field: str) -> list[object]:
    with store.read() as session:
        rows = session.query(FieldValue).filter_by(field=field).order_by(FieldValue.id)
        return [row.value["is"] if row.value else row.verdict for row in rows]


_HAS_FOCUS = """
() => !document.querySelector('[autofocus]') || document.activeElement !== document.body
"""


def start_next(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/review")
    page.wait_for_function(_HAS_FOCUS)
    with page.expect_navigation(url=re.compile(r"/review/\d+")):
        page.keyboard.press("Enter")


def press(page: Page, key: str) -> None:
    """Presses a key that leads to another page.

    A busy browser may have loaded a page and not put the focus yet where the page wants it.
    """
    page.wait_for_function(_HAS_FOCUS)
    with page.expect_navigation():
        page.keyboard.press(key)


def find_field(page: Page) -> str | None:
    """The field that is asked about; None where the page asks something else."""
    form = page.locator("form[data-entry]")
    if not form.count():
        return None
    return unquote((form.get_attribute("action") or "").rpartition("/")[2])
