"""Paper of an old edition that comes in after a newer one: each is read by its own template."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from form_templates.model import MARK_KINDS, TemplateKey
from form_templates.specification import Template
from intake.pages import PageImage
from ocr.documents import join_pages
from ocr.pipeline import PageReader
from ocr.readings import DocumentReading, PageStatus
from ocr.simulation.document import invent_intents, prepare_paper, simulate_on
from ocr.simulation.intents import FieldTruth
from tests.form_templates.two_editions import FORM, NEW, OLD, TEMPLATE, make_editions

SWAPPED = ('id = "family_decision"\nkind = "circle"\ncodes = ["1", "2", "3", "4"]',
           'id = "family_decision"\nkind = "circle"\ncodes = ["4", "3", "2", "1"]')  # fmt: skip
"""The worst that can happen: the same codes in the same places, in another order."""
Read = Mapping[TemplateKey, DocumentReading]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Template, Template]:
    root = tmp_path_factory.mktemp("forms")
    moved = (TEMPLATE, 'id = "circumstance"\n', 'id = "circumstance"\nnew_page = true\n')
    return root, *make_editions(root, (TEMPLATE, *SWAPPED), moved)


@pytest.fixture(scope="module")
def pile(editions: tuple[Path, Template, Template]) -> tuple[Read, dict[str, FieldTruth]]:
    """A paper of each edition, filled alike and scanned into one file, the late one last."""
    root, old, new = editions
    papers = {edition.key: prepare_paper(edition, dpi=150) for edition in (new, old)}
    intents = invent_intents(papers[old.key], 4)
    filled = {key: simulate_on(paper, intents, 0, 4) for key, paper in papers.items()}
    sides = [side for document in filled.values() for side in document.sides]
    images = [
        PageImage("pile.pdf", n, side.scan.picture, side.scan.dpi) for n, side in enumerate(sides)
    ]
    readings = list(PageReader(root=root).read_file(images))
    assert {reading.status for reading in readings} == {PageStatus.READ}
    documents = join_pages(readings, root)
    return {d.key: d for d in documents if d.key}, dict(filled[old.key].truth)


def test_each_paper_is_read_by_its_own_edition(pile: tuple[Read, dict[str, FieldTruth]]) -> None:
    read, _ = pile
    pages = {key.edition: len(document.pages) for key, document in read.items()}
    assert pages == {NEW: 3, OLD: 2}


def test_both_papers_say_the_same_though_their_codes_stand_elsewhere(
    pile: tuple[Read, dict[str, FieldTruth]],
) -> None:
    read, truth = pile
    for key in (TemplateKey(FORM, OLD), TemplateKey(FORM, NEW)):
        marks = [f for f in read[key].fields.values() if f.spec.kind in MARK_KINDS]
        assert {f.id for f in marks} >= {"family_decision", "new_circumstance"}
        assert {f.id: f.value for f in marks} == {f.id: truth[f.id].value for f in marks}
