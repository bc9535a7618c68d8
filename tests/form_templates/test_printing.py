import io

import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from form_templates import catalog
from form_templates.layout import lay_out, list_pages
from form_templates.marks import decode_page_code
from form_templates.model import Region
from form_templates.printing import PX_PER_MM, print_form, render_page, render_pages
from form_templates.typeface import FAMILIES, measure_mm

FORMS = [catalog.load(key.form, key.edition) for key in catalog.list_templates()]
DECLARATION = catalog.load("family_declaration")


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_the_same_print_is_the_same_bytes(template):
    assert print_form(template) == print_form(template)


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_every_page_carries_its_code_twice(template):
    numbers = list_pages(template)
    for number, picture in zip(numbers, render_pages(template, numbers, serial=77), strict=True):
        codes = [decode_page_code(found.text) for found in zxingcpp.read_barcodes(picture)]
        assert [(c.edition, c.page, c.sheet, c.serial) for c in codes] == [
            (template.number, *number, 77)
        ] * 2


def test_a_blank_is_vector_print_in_embedded_georgian_fonts():
    reader = pypdf.PdfReader(io.BytesIO(print_form(DECLARATION)))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert not any(page.images for page in reader.pages)
    assert any("NotoSansGeorgian" in name for name in fonts)


def test_georgian_text_can_be_copied_out_of_the_pdf():
    text = pypdf.PdfReader(io.BytesIO(print_form(DECLARATION))).pages[0].extract_text()
    assert DECLARATION.label("title") in text


def test_numbered_copies_follow_each_other_in_one_file():
    template = catalog.load("application")
    single = len(list_pages(template))
    document = pdfium.PdfDocument(print_form(template, serials=(5, 6)))
    codes = []
    for side in document:
        picture = side.render(scale=3, grayscale=True).to_numpy()
        codes += {decode_page_code(c.text).serial for c in zxingcpp.read_barcodes(picture)}
    assert codes == [5] * single + [6] * single


def test_a_rendered_page_has_the_reader_s_frame():
    assert render_page(DECLARATION, 1, 1).shape == (297 * PX_PER_MM, 210 * PX_PER_MM)


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_print_stands_where_the_geometry_says(template):
    for page, picture in zip(
        lay_out(template), render_pages(template, list_pages(template)), strict=True
    ):
        for field in page.template.fields:
            for option in field.options:
                region = option.region
                top, left = round(region.y_mm * PX_PER_MM), round(region.x_mm * PX_PER_MM)
                window = picture[
                    top : top + round(region.height_mm * PX_PER_MM),
                    left : left + round(region.width_mm * PX_PER_MM),
                ]
                rows, columns = np.nonzero(window < 128)
                middle = np.array([columns.mean(), rows.mean()]) / PX_PER_MM
                wanted = np.array([region.width_mm, region.height_mm]) / 2
                # A J reaches below its line, so its ink lies lower than that of other codes.
                assert np.abs(middle - wanted).max() < 0.8, (field.id, option.code)


def test_prefilled_values_stand_in_their_cells():
    values = {"family_code": "0123456789", "A10": "4"}
    plain = list(render_pages(DECLARATION, [(1, 1), (3, 1)]))
    filled = list(render_pages(DECLARATION, [(1, 1), (3, 1)], values=values))
    fields = {f.id: f for p in lay_out(DECLARATION) for f in p.template.fields}
    changed = [np.argwhere(a != b) / PX_PER_MM for a, b in zip(plain, filled, strict=True)]
    code, option = fields["family_code"].region, fields["A10"].options[3].region
    for place, region in zip(changed, (code, option), strict=True):
        assert place.size
        assert place[:, 0].min() >= region.y_mm and place[:, 0].max() <= region.bottom_mm
        assert place[:, 1].min() >= region.x_mm and place[:, 1].max() <= region.right_mm


@pytest.mark.parametrize(
    "values", [{"A10": "9"}, {"family_code": "01234567890"}, {"no_such_field": "1"}]
)
def test_values_that_fit_no_field_are_refused(values):
    with pytest.raises(ValueError):
        print_form(DECLARATION, values=values)


def test_every_letter_of_every_label_has_a_glyph():
    for template in FORMS:
        for wording in template.labels["ka"].values():
            for letter in set(wording):
                assert measure_mm(letter, 10.0) > 0, (letter, FAMILIES)


NOTE = "\u10e1\u10d0\u10d3\u10d4\u10db\u10dd " * 7


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_a_note_stands_on_every_page_and_on_nothing_else(template):
    noted = pdfium.PdfDocument(print_form(template, note=NOTE))
    plain = pdfium.PdfDocument(print_form(template))
    assert len(noted) == len(plain)
    for one, other, laid in zip(noted, plain, lay_out(template), strict=True):
        assert NOTE.split()[0] in one.get_textpage().get_text_range()
        pictures = [
            p.render(scale=2, grayscale=True).to_numpy().squeeze().astype(int) for p in (one, other)
        ]
        rows, columns = np.nonzero(np.abs(pictures[0] - pictures[1]) > 8)
        px_per_mm = 2 * 72 / 25.4
        assert np.all(pictures[1][rows, columns] > 200)
        place = Region(
            columns.min() / px_per_mm,
            rows.min() / px_per_mm,
            np.ptp(columns) / px_per_mm,
            np.ptp(rows) / px_per_mm,
        )
        assert not any(field.region.overlaps(place) for field in laid.template.fields)
