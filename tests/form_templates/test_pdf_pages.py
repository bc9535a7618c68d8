"""The renderer of PDF ends the whole process where two draw with it at once."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from form_templates import catalog
from form_templates.pdf_pages import UNREADABLE, draw_pdf_page, measure_pdf_page
from form_templates.printing import print_form

_AT_ONCE = 8
_TIMES = 120


def test_pages_drawn_at_once_look_as_those_drawn_alone() -> None:
    forms = ("separator_sheet", "attachment_cover")
    documents = [print_form(catalog.load(form)) for form in forms] * _TIMES
    alone = [draw_pdf_page(document, 1, 0.2) for document in documents[:2]] * _TIMES
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        drawn = threads.map(lambda document: draw_pdf_page(document, 1, 0.2), documents)
        assert all(map(np.array_equal, drawn, alone))


def test_a_page_is_measured_and_drawn_as_large_as_it_is() -> None:
    document = print_form(catalog.load("separator_sheet"))
    assert measure_pdf_page(document, 1) == pytest.approx((210, 297), abs=0.1)
    assert draw_pdf_page(document, 1, 2.0).shape == (594, 420)


@pytest.mark.parametrize(("document", "page"), [(b"no PDF", 1), (b"%PDF-1.7 cut off", 1)])
def test_what_is_no_pdf_is_told(document: bytes, page: int) -> None:
    with pytest.raises(UNREADABLE):
        draw_pdf_page(document, page, 2.0)


def test_a_page_that_is_not_there_is_told() -> None:
    document = print_form(catalog.load("separator_sheet"))
    with pytest.raises(UNREADABLE):
        measure_pdf_page(document, 2)
