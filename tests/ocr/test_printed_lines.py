from functools import cache

import numpy as np
import pytest

from benchmarks.typed_paper import invent_typed_form
from form_templates.layout import lay_out_page
from form_templates.printing import render_page, render_pages
from ocr.alignment import lay_over
from ocr.blank_ready import prepare_blank
from ocr.boxes import read_boxes
from ocr.frame import RegisteredPage
from ocr.inked_page import InkedPage, find_ink
from ocr.page_sizes import shrink_page
from ocr.printed_lines import find_printed_text
from ocr.quality import measure_quality
from ocr.readings import FieldState, Reason
from ocr.references import Reference
from ocr.registration import register_page
from ocr.simulation.scanner import scan

FORM = invent_typed_form()
PAGE = lay_out_page(FORM, 1, 1).template
FIELDS = {field.id: field for field in PAGE.fields}
VALUES = {
    "rows[1].left": "რუსთაველის ქუჩა 14",
    "rows[1].right": "02.11.1987",
    "rows[2].left": "დაბა სურამი",
    "rows[2].right": "IV-100/a",
}


@cache
def scanned(level: int) -> InkedPage:
    (printed,) = render_pages(FORM, [(1, 1)], px_per_mm=10, values=VALUES)
    picture = scan(printed, level, np.random.default_rng(level), 200.0, 10.0).picture
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    blank = render_page(FORM, 1, 1)
    reference = Reference(PAGE, blank, prepare_blank(blank))
    page = lay_over(page, reference.ready.tiles)
    return find_ink(page, reference, shrink_page(page.grey))


@pytest.mark.parametrize("level", [0, 1, 2])
def test_our_own_print_needs_nobody(level: int) -> None:
    inked = scanned(level)
    read = read_boxes(inked, measure_quality(inked.page))
    for name, text in VALUES.items():
        assert (read[name].value, read[name].reason, read[name].review) == (
            text,
            Reason.NONE,
            False,
        )
    assert read["rows[3].left"].state is FieldState.EMPTY


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("rows[1].left", "რუსთაველის ქუჩა 74"),
        ("rows[1].left", "რუსთაველის ქუჩა 141"),
        ("rows[1].right", "02.11.1981"),
        ("rows[2].left", "დაბა სურაში"),
        ("rows[2].right", "IV-700/a"),
    ],
)
def test_a_text_that_is_wrong_in_one_letter_is_not_what_we_printed(name: str, wrong: str) -> None:
    page = scanned(1).page
    assert find_printed_text(page, FIELDS[name], [wrong]) is None
    assert find_printed_text(page, FIELDS[name], [wrong, VALUES[name]]) == VALUES[name]


def test_nothing_and_what_has_no_room_are_no_print() -> None:
    page = scanned(0).page
    field = FIELDS["rows[1].left"]
    assert find_printed_text(page, field, []) is None
    assert find_printed_text(page, field, ["სურამი " * 40]) is None
    assert find_printed_text(page, field, ["\U0001f600"]) is None
