"""What people see of papers that no form of ours explains."""

import re
from html import unescape

import pytest
from flask import Flask

from form_templates.abolished import load_abolished
from tests.acting import Clock
from tests.ocr.test_titles import draw_paper
from tests.web.conftest import SignIn
from tests.web.paperwork import SimulatedPaper, bring_in
from tests.workflow.reading.scans import as_scan, save, scan_foreign_print
from tests.workflow.reading.test_covers import ATTACHMENT_COVER, scan_cover
from workflow.acts import Actor
from workflow.settings import Settings
from workflow.store.session import Store

ABOLISHED = load_abolished()["additional_economic_assessment"]


@pytest.fixture
def documents(
    app: Flask, store: Store, settings: Settings, clock: Clock, people: dict[str, Actor]
) -> list[int]:
    """A cover with two papers of others; a form that was abolished."""
    letter = scan_foreign_print()
    attached = SimulatedPaper(save([scan_cover(ATTACHMENT_COVER), letter, letter]), {})
    refused = SimulatedPaper(save([as_scan(draw_paper(ABOLISHED.titles[-1]))]), {})
    return bring_in(store, settings, clock, people["archivist"], attached, refused)


def read_page(sign_in: SignIn, document_id: int, who: str) -> str:
    answer = sign_in(who).get(f"/documents/{document_id}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))))


def test_a_document_shows_its_attachments_page_by_page(
    documents: list[int], sign_in: SignIn
) -> None:
    page = read_page(sign_in, documents[0], "coordinator")
    assert page.count("is kept as an attachment") == 2
    assert "Scan 2 Attachment It is kept with this cover." in page
    assert "Scan 3 Attachment" in page and "Unidentified" not in page
    assert "no known form" not in page


def test_an_abolished_form_is_shown_by_name_and_act(documents: list[int], sign_in: SignIn) -> None:
    page = read_page(sign_in, documents[1], "archivist")
    assert ABOLISHED.titles[0] in page
    assert "order 01-14, article 1(3)" in page.lower()
