from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from intake.files import read_pages
from ocr.documents import join_pages
from ocr.readings import DocumentReading, PageStatus
from ocr.simulation.document import simulate_document
from tests.workflow.reading.desk import READER
from tests.workflow.reading.scans import fill_application, save

PUT_RIGHT = {
    "sms_consent": "corrected",
    "flat": "rewritten_unsigned",
    "phone_home": "overwritten",
    "family_code": "rewritten",
}


def read_directly(content: bytes, folder: Path) -> Sequence[DocumentReading]:
    path = folder / "anything.pdf"
    path.write_bytes(content)
    images = (replace(image, file="scan.pdf") for image in read_pages(path))
    return join_pages(READER.read_file(images))


@pytest.fixture(scope="module")
def declaration() -> bytes:
    """The first pages of a declaration with answers that were put right."""
    return save(simulate_document("family_declaration", None, None, 1, 3, PUT_RIGHT).scans[:2])


@pytest.fixture(scope="module")
def shuffled() -> bytes:
    first, second = fill_application().scans
    return save([second, first, second])


@pytest.mark.parametrize("paper", ["declaration", "shuffled"])
def test_the_store_gives_back_exactly_what_was_read(desk, tmp_path, paper, request):
    content = request.getfixturevalue(paper)
    (expected,) = read_directly(content, tmp_path)
    (document,) = desk.read(content)
    assert desk.load(document) == expected


def test_corrections_marks_and_candidates_come_back_too(desk, declaration):
    (document,) = desk.read(declaration)
    fields = desk.load(document).fields
    assert fields["sms_consent"].correction is not None and fields["sms_consent"].marks
    assert any(field.candidates for field in fields.values())


def test_a_repeated_page_comes_back_as_repeated(desk, shuffled):
    (document,) = desk.read(shuffled)
    found = [(page.page, page.status) for page in desk.load(document).pages]
    assert found == [(2, PageStatus.READ), (1, PageStatus.READ), (2, PageStatus.REPEATED)]
