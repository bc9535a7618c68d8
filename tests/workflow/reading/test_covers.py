"""Separators and covers as they come out of the scanner, on their way into the store."""

from functools import cache

import pytest

from form_templates import catalog
from form_templates.printing import render_pages
from ocr.readings import PageStatus
from ocr.simulation.document import SimulatedDocument, invent_intents, prepare_paper, simulate_on
from ocr.simulation.scanner import Scan
from tests.workflow.reading.scans import (
    as_scan,
    fill_application,
    save,
    scan_empty_sheet,
    scan_foreign_print,
)
from workflow.reading.stored import load_reading
from workflow.store.documents import find_document

ATTACHMENT_COVER, BATCH_COVER = "attachment_cover", "batch_cover"


@cache
def fill_cover(form: str, serial: int = 0) -> SimulatedDocument:
    paper = prepare_paper(catalog.load(form), serial=serial)
    return simulate_on(paper, invent_intents(paper, 3), 0, 3)


def scan_cover(form: str, serial: int = 0) -> Scan:
    """The first page of a filled cover."""
    return fill_cover(form, serial).scans[0]


def scan_separator() -> Scan:
    (picture,) = render_pages(catalog.load("separator_sheet"), [(1, 1)])
    return as_scan(picture)


@pytest.fixture
def letter() -> Scan:
    return scan_foreign_print()


def test_a_separator_parts_two_plain_papers_and_is_left_for_nobody(desk):
    first, second = fill_application().scans[0], fill_application().scans[1]
    found = desk.read(save([first, scan_separator(), second]))
    pages = [[page.page for page in desk.load(document).pages] for document in found]
    assert pages == [[1], [2]]


def test_a_file_of_separators_makes_no_document(desk):
    assert desk.read(save([scan_separator(), scan_empty_sheet()])) == []


def test_papers_of_others_stay_with_the_cover_before_them(desk, letter):
    scans = [scan_cover(ATTACHMENT_COVER), letter, scan_empty_sheet(), letter]
    (document,) = desk.read(save([*scans, fill_application().scans[0]]))[:1]
    statuses = [page.status for page in desk.load(document).pages]
    assert document.form == ATTACHMENT_COVER
    assert statuses == [PageStatus.READ, PageStatus.UNIDENTIFIED, PageStatus.UNIDENTIFIED]


def test_a_cover_that_is_scanned_anew_brings_its_papers_anew(desk, letter):
    cover = scan_cover(ATTACHMENT_COVER, serial=9)
    (document,) = desk.read(save([cover, letter]))
    desk.set_state(document, "rescan")
    (document,) = desk.read(save([cover, letter, letter]))
    assert [len(desk.load(document, version).pages) for version in (0, 1)] == [2, 3]


def test_a_batch_knows_what_lies_under_its_cover(desk, letter):
    scans = [scan_cover(BATCH_COVER), *fill_application().scans, scan_separator(), letter]
    documents = desk.read(save([*scans, scan_empty_sheet()]))
    with desk.store.read() as session:
        cover = next(document for document in documents if document.form == BATCH_COVER)
        pile = load_reading(session, find_document(session, cover.id).current).pile
    assert pile is not None and pile.documents == {"application": 1}
    assert pile.pages == 3
