from datetime import date

import numpy as np
import pytest

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.marks import CODE_REGIONS
from form_templates.model import TemplateKey
from form_templates.printing import render_pages
from intake.errors import PageFault
from intake.pages import PageImage
from ocr.pipeline import ABOLISHED, CODE_LOST, TITLE_ALONE, TOO_SMALL, PageReader
from ocr.readings import PageStatus, Reason
from tests.form_templates.editions import put_edition
from tests.ocr.test_titles import ABOLISHED as ABOLISHED_FORM
from tests.ocr.test_titles import draw_paper

APPLICATION = catalog.load("application")
READ = PageStatus.READ
NUMBERS = list_pages(APPLICATION, {"members": 3})


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return PageReader()


@pytest.fixture(scope="module")
def blanks() -> list[np.ndarray]:
    return list(render_pages(APPLICATION, NUMBERS, serial=5))


def image(pixels: np.ndarray | None, index: int = 0, fault: PageFault | None = None) -> PageImage:
    return PageImage("a.pdf", index, pixels, 203.0, fault)


def without_codes(page: np.ndarray) -> np.ndarray:
    spoilt = page.copy()
    for region in CODE_REGIONS:
        x, y = round(region.x_mm * 8) - 8, round(region.y_mm * 8) - 8
        spoilt[y : y + 216, x : x + 216] = 255
    return spoilt


def test_a_blank_form_reads_as_empty_everywhere(reader, blanks):
    page = reader.read_page(image(blanks[0]))
    assert (page.status, page.page, page.serial) == (PageStatus.READ, 1, 5)
    assert all(f.value in (None, False) and not f.review for f in page.fields)


def test_the_fault_of_a_page_that_was_not_decoded_is_passed_on(reader):
    fault = PageFault("truncated", "The page ends too early.")
    page = reader.read_page(image(None, fault=fault))
    assert (page.status, page.reason, page.detail) == (
        PageStatus.UNREADABLE,
        fault.code,
        fault.message,
    )


def test_a_page_without_its_code_is_named_by_its_print_and_its_neighbours(reader, blanks):
    pages = list(reader.read_file([image(blanks[0]), image(without_codes(blanks[1]), 1)]))
    assert (pages[1].page, pages[1].serial, pages[1].reason) == (2, 5, CODE_LOST)
    assert pages[1].status is PageStatus.READ and pages[1].fields


def test_of_sheets_that_look_alike_none_is_guessed() -> None:
    declaration = catalog.load("family_declaration")
    numbers = [n for n in list_pages(declaration) if n != (14, 2)]
    drawn = list(render_pages(declaration, [*numbers, (14, 3)], serial=5))
    scans = [image(page, at) for at, page in enumerate(drawn[:-1])]
    last = list(PageReader().read_file([*scans, image(without_codes(drawn[-1]), len(scans))]))[-1]
    assert (last.status, last.reason, last.fields) == (PageStatus.UNIDENTIFIED, CODE_LOST, ())


@pytest.mark.parametrize("size", [(2, 3000), (20000, 10), (1, 1), (150, 150)])
@pytest.mark.parametrize("shade", [128, 250])
def test_a_strip_of_a_few_pixels_is_named_and_stops_no_other_page(reader, blanks, size, shade):
    strip = np.full(size, shade, np.uint8)
    strip[:, ::7] = 30
    pages = list(reader.read_file([image(blanks[0]), image(strip, 1), image(blanks[1], 2)]))
    assert [page.status for page in pages] == [READ, PageStatus.UNREADABLE, READ]
    assert pages[1].reason == TOO_SMALL


def test_alone_a_page_without_its_code_is_not_guessed(reader, blanks):
    page = reader.read_page(image(without_codes(blanks[0])))
    assert page.status is PageStatus.UNIDENTIFIED and page.reason == CODE_LOST
    assert not page.fields and "application" in page.detail


def test_between_two_papers_a_page_without_its_code_is_not_guessed(reader, blanks):
    (other,) = render_pages(APPLICATION, NUMBERS[:1], serial=6)
    scans = [image(blanks[0]), image(other, 1), image(without_codes(blanks[1]), 2)]
    assert list(reader.read_file(scans))[2].status is PageStatus.UNIDENTIFIED


def test_an_empty_side_is_blank(reader):
    assert reader.read_page(image(np.full((2339, 1654), 250, np.uint8))).status is PageStatus.BLANK


def test_what_the_scan_cuts_off_is_unreadable_and_never_empty(reader, blanks):
    torn = blanks[0].copy()
    torn[1200:1500, 900:] = 255
    page = reader.read_page(image(torn))
    lost = [f for f in page.fields if f.reason is Reason.IMAGE]
    assert lost and all(f.value is None and f.review for f in lost)


def test_a_page_keeps_a_fingerprint_of_its_ink_only(reader, blanks):
    inked = blanks[0].copy()
    inked[700:1400, 500:900:20] = 40
    empty, full = (reader.read_page(image(p)).fingerprint for p in (blanks[0], inked))
    assert empty.sum() < full.sum() / 5


def test_a_separator_keeps_a_page_from_the_neighbours_behind_it(reader, blanks):
    (separator,) = render_pages(catalog.load("separator_sheet"), [(1, 1)])
    scans = [blanks[0], separator, without_codes(blanks[1])]
    pages = list(reader.read_file([image(scan, index) for index, scan in enumerate(scans)]))
    assert pages[2].status is PageStatus.UNIDENTIFIED and pages[2].reason == CODE_LOST


def test_a_cover_between_them_does_not_keep_a_page_from_its_neighbours(reader, blanks):
    (cover,) = render_pages(catalog.load("attachment_cover"), [(1, 1)])
    scans = [blanks[0], cover, without_codes(blanks[1])]
    pages = list(reader.read_file([image(scan, index) for index, scan in enumerate(scans)]))
    assert (pages[2].page, pages[2].serial, pages[2].reason) == (2, 5, CODE_LOST)


def test_a_form_of_another_folder_is_read_beside_those_that_ship(reader, blanks, tmp_path):
    key = TemplateKey("application", date(2031, 1, 1))
    put_edition(tmp_path, key, 400)
    own = catalog.load("application", key.edition, tmp_path)
    (later,) = render_pages(own, [(1, 1)])
    assert reader.read_page(image(later)).reason == "unknown_edition"
    both = PageReader(root=tmp_path)
    assert both.read_page(image(later)).key == key
    assert both.read_page(image(blanks[0])).key == APPLICATION.key


def test_an_abolished_form_is_named(reader):
    page = reader.read_page(image(draw_paper(ABOLISHED_FORM.titles[-1])))
    assert (page.status, page.reason) == (PageStatus.UNIDENTIFIED, ABOLISHED)
    assert page.detail == ABOLISHED_FORM.id


def test_a_print_that_is_only_headed_like_ours_is_not_read(reader):
    title = catalog.load("family_declaration").label("title")
    page = reader.read_page(image(draw_paper(title)))
    assert (page.status, page.reason, page.detail) == (
        PageStatus.UNIDENTIFIED,
        TITLE_ALONE,
        title,
    )
    assert page.key is None and not page.fields
