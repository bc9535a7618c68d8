"""What is printed on papers of others stands beside them, with what it seems to say."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update

from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.paperwork import SimulatedPaper, bring_in
from tests.workflow.reading.scans import save, scan_foreign_print
from workflow.acts import Actor
from workflow.settings import Settings
from workflow.store.models.paper import Page
from workflow.store.session import Store

TEXT = "<b>ცნობა</b>\nპაციენტი: ნინო ბერიძე\nკოდი I50.1"


@pytest.fixture
def letter(
    app: Flask, store: Store, settings: Settings, clock: Clock, people: dict[str, Actor]
) -> int:
    """A letter of somebody else, whose print was read."""
    paper = SimulatedPaper(save([scan_foreign_print()]), {})
    (document_id,) = bring_in(store, settings, clock, people["archivist"], paper)
    with store.write() as session:
        session.execute(update(Page).values(text=TEXT))
    return document_id


def test_the_text_is_shown_as_it_is_with_what_it_suggests(letter: int, sign_in: SignIn) -> None:
    shown = sign_in("archivist").get(f"/documents/{letter}").get_data(as_text=True)
    assert "<b>ცნობა" not in shown and "<b>ცნობა</b>" in unescape(shown)
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown)))
    assert "Name: ნინო ბერიძე" in words
    assert "Code of a disease: I50.1" in words


@pytest.mark.parametrize(("words", "found"), [("ბერიძე+I50", True), ("ბერიძე+კაპანაძე", False)])
def test_the_list_finds_papers_by_words_on_them(
    letter: int, sign_in: SignIn, words: str, found: bool
) -> None:
    page = sign_in("archivist").get(f"/documents?words={words}").get_data(as_text=True)
    assert (f"/documents/{letter}" in page) == found
