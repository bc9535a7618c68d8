"""What a person at the review station does, as requests."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.web.visiting import Visitor
from workflow.store.models.decisions import Verdict


def take_next(visitor: Visitor, **fields: object) -> str:
    """Presses the large button; the address one is led to."""
    return str(visitor.submit("/review/next", **fields).location)


def open_question(visitor: Visitor, document_id: int, field: str) -> str:
    return visitor.get(f"/review/{document_id}", query_string={"field": field}).text


def read_hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return unescape(found[1])


def read_proof(page: str) -> dict[str, str]:
    """What the form of a field carries: whose hold it rests on, and what was seen."""
    return {name: read_hidden(page, name) for name in ("token", "seen")}


def say(
    visitor: Visitor, document_id: int, field: str, verdict: Verdict = Verdict.VALUE, **sent: object
) -> TestResponse:
    """Sends the form of a field as the page holds it, with another answer."""
    page = open_question(visitor, document_id, field)
    return visitor.submit(
        f"/review/{document_id}/fields/{field}", **read_proof(page), verdict=verdict.value, **sent
    )
