from datetime import date
from pathlib import Path

import pytest

from form_templates import catalog
from intake.files import read_files
from ocr.documents import join_pages
from ocr.pipeline import PageReader
from ocr.readings import DocumentReading, PageStatus
from validation.documents import validate_document
from workflow.demonstration.papers import (
    PaperPlan,
    Treatment,
    list_plans,
    list_spoilt,
    simulate_paper,
    spoil_file,
    write_pdf,
)

LOOKED_AT = date(2026, 11, 22)


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return PageReader()


def read(pdf: bytes, reader: PageReader, folder: Path) -> tuple[DocumentReading, ...]:
    path = folder / "scan.pdf"
    path.write_bytes(pdf)
    return join_pages(reader.read_file(read_files([path])))


@pytest.mark.parametrize("plan", list_plans(), ids=lambda plan: plan.name)
def test_a_paper_becomes_what_its_plan_says(
    plan: PaperPlan, reader: PageReader, tmp_path: Path
) -> None:
    (document,) = read(write_pdf(simulate_paper(plan)), reader, tmp_path)
    checked = validate_document(catalog.load(plan.form), document, LOOKED_AT)
    assert checked.disposition.value == plan.disposition


def test_each_disposition_that_these_forms_know_is_shown() -> None:
    assert {plan.disposition for plan in list_plans()} == {
        "accepted",
        "needs_review",
        "return_to_agent",
        "new_declaration_required",
        "reject",
        "rescan",
    }


def test_what_happens_to_files_is_made_from_papers_of_the_batch() -> None:
    assert {spoilt.of for spoilt in list_spoilt()} <= {plan.name for plan in list_plans()}
    assert {spoilt.treatment for spoilt in list_spoilt()} == set(Treatment)


def test_spoilt_files_are_what_they_are_called(reader: PageReader, tmp_path: Path) -> None:
    document = simulate_paper(next(p for p in list_plans() if p.form == "application"))
    pdf = write_pdf(document)
    assert spoil_file(Treatment.SAME_BYTES, document, pdf) == pdf
    (cut,) = read(spoil_file(Treatment.CUT_OFF, document, pdf), reader, tmp_path)
    assert {page.status for page in cut.pages} == {PageStatus.UNREADABLE}
    (bare,) = read(spoil_file(Treatment.MARKERS_GONE, document, pdf), reader, tmp_path)
    assert [page.reason for page in bare.pages] == ["title_alone"]
