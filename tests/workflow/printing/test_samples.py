"""Samples of prefilled forms are printed, scanned and read back, value by value."""

import json
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest

import workflow.printing
from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.printing import print_form
from intake.pages import PageImage
from ocr.pipeline import PageReader
from ocr.readings import FieldReading, PageStatus
from workflow.printing.issuing import choose_fitting
from workflow.printing.prefill import ASSIGNMENT_FORM, DECLARATION, MEMBERS, count_rows

SAMPLES = Path(workflow.printing.__file__).parent / "samples"
AGENCY_COLUMNS = (1, 3, 4, 5, 8, 9, 12, 13)
"""Of C3: order 01-14, annex 1, art. 5(7)."""


def load_sample(form: str) -> dict[str, str]:
    return json.loads((SAMPLES / f"{form}.json").read_text(encoding="utf-8"))


def read_print(document: bytes) -> dict[str, FieldReading]:
    """What is read of a print without a pen having come near it."""
    with pdfium.PdfDocument(document) as pdf:
        pictures = [page.render(scale=200 / 72, grayscale=True).to_numpy() for page in pdf]
    images = [
        PageImage(
            "print.pdf", index, np.array(picture[..., 0] if picture.ndim == 3 else picture), 200.0
        )
        for index, picture in enumerate(pictures)
    ]
    pages = list(PageReader().read_file(images))
    assert {page.status for page in pages} == {PageStatus.READ}
    return {field.spec.id: field for page in pages for field in page.fields}


@pytest.mark.parametrize("form", [DECLARATION, ASSIGNMENT_FORM])
def test_what_is_printed_into_a_form_is_read_back(form):
    values = load_sample(form)
    document = print_form(catalog.load(form), count_rows(values), (7,), values)
    read = read_print(document)
    cells = {id_: read[id_] for id_ in values}
    assert {id_: (field.value or "").strip() for id_, field in cells.items()} == {
        id_: value.strip() for id_, value in values.items()
    }
    strangers = {id_ for id_, field in read.items() if field.value and id_ not in values}
    assert strangers == set()


@pytest.mark.parametrize("form", [DECLARATION, ASSIGNMENT_FORM])
def test_every_value_of_a_sample_has_its_room(form):
    values = load_sample(form)
    assert choose_fitting(catalog.load(form), count_rows(values), values) == values


def test_the_sample_holds_what_the_agency_supplies():
    values = load_sample(DECLARATION)
    adults = [n for n in range(1, 4) if f"{MEMBERS}[{n}].first_name" in values]
    columns = {f"{MEMBERS}[{n}].C3_{column:02d}" for n in adults for column in AGENCY_COLUMNS}
    assert {id_ for id_ in values if ".C3_" in id_} == columns


def test_a_name_stands_at_the_head_of_every_card_of_its_row():
    template, values = catalog.load(DECLARATION), load_sample(DECLARATION)
    named = {f"{MEMBERS}[2].first_name": values[f"{MEMBERS}[2].first_name"]}
    pages = [page for page in lay_out(template, count_rows(values)) if page.template.free]
    with pdfium.PdfDocument(print_form(template, count_rows(values), (7,), named)) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    (name,) = named.values()
    assert len([text for text in texts if name in text]) == len(
        [p for p in pages if any(f.row == 2 for f in p.template.fields)]
    )
