"""Pages on which pale ink would not show: nothing that is missing there is believed."""

from dataclasses import replace
from datetime import date
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.layout import lay_out_page
from intake.pages import PageImage
from ocr.documents import join_pages
from ocr.ink import study_print, take_print_out
from ocr.legibility import blame_picture
from ocr.page_sizes import shrink_page
from ocr.pipeline import PageReader
from ocr.quality import assess_paper, hides_ink
from ocr.readings import FieldReading, FieldState, PageReading, Quality, Reason, Value
from ocr.simulation.document import invent_intents, prepare_paper, simulate_on
from validation.disposition import Disposition
from validation.documents import validate_document

APPLICATION = catalog.load("application")
SPEC = lay_out_page(APPLICATION, 1, 1).template.fields[0]
GOOD = Quality(200.0, 0.0, 0.2, 0.9, 4)
LOST, GRAINY = (replace(GOOD, problems=(code,)) for code in ("ink_lost", "grainy"))
NOWHERE = ((0.0, 0.0),) * 4


def read_as(state: FieldState, value: Value, reason: Reason = Reason.NONE) -> FieldReading:
    return FieldReading(SPEC, state, reason, value, 1.0, False, NOWHERE)


def blame(reading: FieldReading, quality: Quality) -> FieldReading:
    (blamed,) = blame_picture([reading], frozenset(), quality)
    return blamed


@pytest.mark.parametrize("quality", [LOST, GRAINY])
@pytest.mark.parametrize(
    "reading",
    [
        read_as(FieldState.EMPTY, None),
        read_as(FieldState.UNANSWERED, None, Reason.UNANSWERED),
        read_as(FieldState.READ, False),
        read_as(FieldState.READ, ()),
        read_as(FieldState.READ, "  "),
    ],
)
def test_what_rests_on_nothing_being_there_is_unreadable(
    reading: FieldReading, quality: Quality
) -> None:
    blamed = blame(reading, quality)
    assert (blamed.state, blamed.reason) == (FieldState.UNREADABLE, Reason.IMAGE)
    assert (blamed.value, blamed.review) == (None, True)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (FieldState.READ, Reason.NONE),
        (FieldState.CORRECTED, Reason.SIGNED_CORRECTION),
        (FieldState.UNSIGNED, Reason.UNSIGNED_CORRECTION),
    ],
)
def test_what_was_seen_stays_to_be_looked_at(state: FieldState, reason: Reason) -> None:
    blamed = blame(read_as(state, "2", reason), LOST)
    assert (blamed.state, blamed.value) == (state, "2")
    assert (blamed.reason, blamed.review) == (Reason.IMAGE, True)


@pytest.mark.parametrize("code", ["clipped", "corner_lost", "skewed", "blurred"])
def test_other_problems_leave_what_the_reader_is_sure_of(code: str) -> None:
    reading = read_as(FieldState.EMPTY, None)
    assert blame(reading, replace(GOOD, problems=(code,))) is reading


@cache
def scan_page() -> NDArray[np.uint8]:
    """The first page of an application as a good scanner gives it."""
    paper = prepare_paper(APPLICATION, {"members": 3})
    document = simulate_on(paper, invent_intents(paper, 4), 0, 4)
    return document.sides[0].scan.picture


def copy_hard(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A copy of it that makes white of all that is not nearly black."""
    values = np.arange(256, dtype=np.float32)
    table = 255 / (1 + np.exp(-(values - 70) / 10))
    return np.asarray(cv2.LUT(page, table.astype(np.uint8)), np.uint8)


@cache
def read(kind: str) -> PageReading:
    page = copy_hard(scan_page()) if kind == "copy" else scan_page()
    return PageReader().read_page(PageImage("a.pdf", 0, pixels=page, dpi=200.0))


def test_a_good_scan_is_believed() -> None:
    page = read("scan")
    assert page.quality is not None and page.quality.problems == ()
    assert any(not field.review for field in page.fields)


def test_of_a_copy_that_swallowed_ink_no_field_is_taken_unseen() -> None:
    page = read("copy")
    assert page.quality is not None and "ink_lost" in page.quality.problems
    assert page.fields
    assert all(field.review for field in page.fields)
    assert not any(field.state is FieldState.EMPTY for field in page.fields)


def test_a_copy_that_swallowed_ink_is_scanned_again_and_not_sent_back_to_the_agent() -> None:
    document = next(d for d in join_pages([read("copy")]) if d.key is not None)
    checked = validate_document(APPLICATION, document, date(2026, 11, 21))
    assert checked.disposition is Disposition.RESCAN
    told = {finding.code for finding in checked.findings}
    assert {"image", "page_quality"} <= told
    assert "unanswered" not in told


def test_stripes_that_are_deeper_than_pale_strokes_hide_them() -> None:
    """Grain within a mm says nothing of stripes that a bad copier lays over a page."""
    blank = np.full((800, 800), 255, np.uint8)
    blank[100:700, 100:140] = 0
    wave = np.sin(np.arange(800) / 800 * 2 * np.pi * 25)[:, None]
    shares = {}
    for depth in (2, 14):
        page = np.clip(blank * 0.6 + 60 + depth * wave, 0, 255).astype(np.uint8)
        shares[depth] = take_print_out(shrink_page(page), study_print(blank))[1]
    assert shares[2] < 0.1 < 0.2 < shares[14]
    assert not hides_ink(assess_paper(GOOD, shares[2]))
    assert hides_ink(assess_paper(GOOD, shares[14]))
    assert assess_paper(GRAINY, shares[14]) == GRAINY
