"""What a printer and a large family do to a form, read back."""

from datetime import date

import cv2
import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import MARK_KINDS, Kind
from intake.pages import PageImage
from ocr.pipeline import PageReader
from ocr.readings import PageStatus
from ocr.simulation.declaration import declare_family
from ocr.simulation.document import invent_intents, prepare_paper, simulate_on
from ocr.simulation.people import invent_family

COUNTED = MARK_KINDS | {Kind.DIGITS}
SERIAL = 4711


def read_wrongly(readings, truth):
    """Marks and digits that were taken without a look and are not what was written."""
    return [
        field.id
        for page in readings
        for field in page.fields
        if field.spec.kind in COUNTED and not field.review
        if plain(field.value) != plain(truth[field.id].value)
    ]


def plain(value):
    return (value.strip() if isinstance(value, str) else value) or None


def print_in_scale(picture, across, down):
    """The page as a printer puts it on paper of the same size, larger or smaller."""
    height, width = picture.shape
    matrix = np.array(
        [[across, 0, 0.5 * (1 - across) * width], [0, down, 0.5 * (1 - down) * height]]
    )
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=235, flags=cv2.INTER_AREA)


@pytest.fixture(scope="module")
def filled():
    """The pages of an application that somebody filled, as scanned, and what is on them."""
    paper = prepare_paper(catalog.load("application"), serial=SERIAL)
    return simulate_on(paper, invent_intents(paper, 3), 0, 3)


@pytest.mark.parametrize(
    ("across", "down"), [(0.97, 0.97), (0.97, 1.03), (1.03, 0.97), (1.03, 1.03), (1.0, 0.985)]
)
def test_paper_that_a_printer_scaled_is_read_like_any_other(filled, across, down):
    images = [
        PageImage("scan.pdf", i, print_in_scale(side.scan.picture, across, down), side.scan.dpi)
        for i, side in enumerate(filled.sides)
    ]
    readings = list(PageReader().read_file(images))
    assert [r.status for r in readings] == [PageStatus.READ] * len(images)
    assert {r.serial for r in readings} == {SERIAL}
    assert read_wrongly(readings, filled.truth) == []
    marks = [f for r in readings for f in r.fields if f.spec.kind in MARK_KINDS]
    right = [f for f in marks if plain(f.value) == plain(filled.truth[f.id].value)]
    assert marks and len(right) == len(marks)


def test_a_family_of_23_is_printed_filled_and_read():
    paper = prepare_paper(catalog.load("family_declaration"), {"members": 23})
    rng = np.random.default_rng(23)
    family = invent_family(rng, 23, date(2024, 5, 6))
    document = simulate_on(paper, declare_family(family, paper.pages, rng), 0, 23)
    images = [PageImage("scan.pdf", i, s.picture, s.dpi) for i, s in enumerate(document.scans)]
    readings = list(PageReader().read_file(images))
    assert {r.status for r in readings} == {PageStatus.READ}
    assert [(r.page, r.sheet) for r in readings] == [(s.page, s.sheet) for s in document.sides]
    seen = {field.id: field for reading in readings for field in reading.fields}
    assert seen.keys() == document.truth.keys()
    assert read_wrongly(readings, document.truth) == []
    numbers = [seen[f"members[{row}].personal_number"].value for row in range(1, 24)]
    written = [person.personal_number for person in family.members]
    assert sum(a == b for a, b in zip(numbers, written, strict=True)) >= 20
