"""Forms of others: their places are given, and their own blank is shown and printed."""

import io
from dataclasses import replace

import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from form_templates import catalog
from form_templates.errors import MissingFile
from form_templates.fitting import LayoutFault
from form_templates.layout import lay_out, lay_out_page, list_pages
from form_templates.model import Kind, Option, Region
from form_templates.placed import BrokenBlank, NotOurs
from form_templates.printing import print_form, render_page, render_pages
from form_templates.specification import Place, PlacedPage, Section
from tests.form_templates.drafts import ask, draft
from tests.form_templates.small_form import HUGE_PNG

OURS = catalog.load("application")
YES, NO = Region(20, 30, 4, 4), Region(30, 30, 4, 4)
CELLS = (Region(20, 50, 5, 7), Region(25, 50, 5, 7))
BOX = Region(20, 70, 60, 20)
QUESTIONS = (
    ask("A1", Kind.CHECK, place=Place(1, Region(20, 30, 14, 4), (YES, NO))),
    ask("A2", Kind.DIGITS, cells=(2,), place=Place(2, Region(20, 50, 10, 7), CELLS)),
    ask("A3", Kind.SIGNATURE, place=Place(2, BOX)),
)
A4 = {"width_mm": 210.0, "height_mm": 297.0}


def placed(folder, *pages):
    template = draft(Section("S", QUESTIONS, "law"), pages=pages, folder=folder)
    return replace(template, number=0)


@pytest.fixture
def blank(tmp_path):
    """The blank of a form of two sides, as a PDF."""
    (tmp_path / "blank.pdf").write_bytes(print_form(OURS))
    return tmp_path


def test_the_fields_stand_where_the_template_says(tmp_path):
    template = placed(tmp_path, PlacedPage(200, 100), PlacedPage(**A4))
    first, second = (page.template for page in lay_out(template))
    assert (first.width_mm, first.height_mm) == (200, 100)
    assert [field.id for field in first.fields] == ["A1"]
    assert first.fields[0].options == (Option("1", YES), Option("2", NO))
    assert second.fields[0].cells == CELLS
    assert second.fields[1].region == BOX
    assert all(page.shapes == () for page in lay_out(template))


def test_pages_are_those_of_the_template(tmp_path):
    template = placed(tmp_path, PlacedPage(**A4), PlacedPage(**A4))
    assert list_pages(template) == ((1, 1), (2, 1))
    for number in ((0, 1), (3, 1), (1, 2)):
        with pytest.raises(LayoutFault):
            lay_out_page(template, *number)


def test_tables_are_refused_since_a_placed_form_has_none(tmp_path):
    with pytest.raises(LayoutFault):
        list_pages(placed(tmp_path, PlacedPage(**A4)), {"members": 2})


def test_a_page_of_the_blank_pdf_is_shown_as_it_is(blank):
    template = placed(blank, PlacedPage(**A4, blank="blank.pdf", blank_page=2), PlacedPage(**A4))
    shown, white = render_pages(template, [(1, 1), (2, 1)], px_per_mm=4)
    assert shown.shape == white.shape == (1188, 840)
    assert np.array_equal(shown, render_page(OURS, 2, 1, px_per_mm=4))
    assert white.min() == 255


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_a_picture_of_the_blank_is_brought_to_the_size_of_the_page(tmp_path, suffix):
    picture = np.full((600, 900), 255, np.uint8)
    picture[300:400, 450:600] = 0
    Image.fromarray(picture).convert("RGB").save(tmp_path / f"blank.{suffix}")
    template = placed(tmp_path, PlacedPage(150, 100, blank=f"blank.{suffix}"), PlacedPage(**A4))
    shown = render_page(template, 1, 1, px_per_mm=4)
    assert shown.shape == (400, 600)
    assert shown[205:262, 305:395].max() < 10
    assert shown[:195].min() > 245 and shown[:, :295].min() > 245


def test_the_print_is_the_blank_s_own_pages_in_the_template_s_order(blank):
    pages = (PlacedPage(**A4, blank="blank.pdf", blank_page=n) for n in (2, 1))
    template = placed(blank, *pages)
    printed = print_form(template, serials=(0, 0))
    assert printed == print_form(template, serials=(0, 0))
    texts = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(printed)).pages]
    ours = [p.extract_text() for p in pypdf.PdfReader(blank / "blank.pdf").pages]
    assert texts == [ours[1], ours[0]] * 2
    assert len(pdfium.PdfDocument(printed)) == 4


def test_a_form_of_others_is_printed_only_from_its_own_pdf(tmp_path):
    Image.new("L", (10, 10)).save(tmp_path / "blank.png")
    for paper in (PlacedPage(**A4), PlacedPage(**A4, blank="blank.png")):
        with pytest.raises(NotOurs):
            print_form(placed(tmp_path, paper, paper))


@pytest.mark.parametrize(
    "added", [{"serials": (7,)}, {"values": {"A1": "1"}}, {"note": "simulated"}], ids=str
)
def test_nothing_of_ours_is_printed_on_the_paper_of_others(blank, added):
    page = PlacedPage(**A4, blank="blank.pdf")
    with pytest.raises(NotOurs):
        print_form(placed(blank, page, page), **added)


def test_a_blank_that_is_missing_broken_or_too_short_is_named(blank):
    (blank / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (blank / "broken.png").write_bytes(b"no picture")
    (blank / "huge.png").write_bytes(HUGE_PNG)
    faults = {("none.pdf", 1): MissingFile, ("broken.pdf", 1): BrokenBlank}
    faults |= {("huge.png", 1): BrokenBlank, ("broken.png", 1): BrokenBlank}
    faults |= {("blank.pdf", 9): BrokenBlank}
    for (name, number), fault in faults.items():
        paper = PlacedPage(**A4, blank=name, blank_page=number)
        with pytest.raises(fault) as caught:
            render_page(placed(blank, paper, paper), 1, 1, px_per_mm=2)
        assert caught.value.file == blank / name
    paper = PlacedPage(**A4, blank="broken.pdf")
    with pytest.raises(BrokenBlank):
        print_form(placed(blank, paper, paper))
