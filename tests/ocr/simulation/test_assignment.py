"""Assignment forms that the registry printed: filled by pen, scanned, read back."""

from datetime import date

import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import PRESENCE_KINDS
from intake.pages import PageImage
from ocr.documents import join_pages
from ocr.pipeline import PageReader
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason
from ocr.simulation.assignment import Course, assign_family, follow_course
from ocr.simulation.document import (
    Paper,
    SimulatedDocument,
    invent_intents,
    keep_printed,
    prepare_paper,
    simulate_on,
)
from ocr.simulation.intents import Intents
from ocr.simulation.people import invent_family
from validation.disposition import Severity
from validation.documents import ValidatedDocument, validate_document

TEMPLATE = catalog.load("assignment_form")
PRINTED = {
    "family_code": "0123456789",
    "representative_surname": "ბერიძე",
    "representative_name": "ნინო",
    "representative_personal_number": "01001012345",
    "municipality": "გორი",
    "street": "ჭავჭავაძე",
    "house": "12ა",
}
SERIAL = 4711
QUAD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@pytest.fixture(scope="module")
def paper() -> Paper:
    return prepare_paper(TEMPLATE, serial=SERIAL, values=PRINTED)


def read_back(document: SimulatedDocument) -> DocumentReading:
    images = [
        PageImage("scan.pdf", index, side.scan.picture, side.scan.dpi)
        for index, side in enumerate(document.sides)
    ]
    (joined,) = join_pages(PageReader().read_file(images))
    return joined


def read_surely(paper: Paper, intents: Intents) -> DocumentReading:
    """As if a sure reader had read it: every finding is then the writer's fault."""
    readings = {}
    for spec in (field for page in paper.pages for field in page.fields):
        value = intents[spec.id].value if spec.id in intents else None
        state = FieldState.EMPTY if value is None else FieldState.READ
        readings[spec.id] = FieldReading(spec, state, Reason.NONE, value, 1.0, False, QUAD)
    return DocumentReading(TEMPLATE.key, SERIAL, (), readings)


def check(document: DocumentReading, day: date = date(2026, 3, 2)) -> ValidatedDocument:
    return validate_document(TEMPLATE, document, day)


@pytest.fixture(scope="module", params=[0, 1, 2])
def read(request, paper) -> tuple[SimulatedDocument, DocumentReading]:
    document = simulate_on(paper, invent_intents(paper, 2), request.param, 2)
    return document, read_back(document)


def test_what_the_registry_printed_is_taken_without_a_look(read):
    _, document = read
    for field, value in PRINTED.items():
        seen = document.fields[field]
        assert (str(seen.value).strip(), seen.review) == (value, False), field


def test_the_truth_knows_what_was_printed(read):
    simulated, _ = read
    truth = simulated.truth["family_code"]
    assert (truth.value, truth.state) == (PRINTED["family_code"], FieldState.READ)


def test_nothing_wrong_is_taken_without_a_look(read):
    simulated, document = read
    sure = {key: seen for key, seen in document.fields.items() if not seen.review}
    wrong = [
        key
        for key, seen in sure.items()
        if (simulated.truth[key].value or None) != (seen.value or None)
        and str(seen.value).strip() != str(simulated.truth[key].value).strip()
    ]
    assert wrong == []


def test_a_printed_form_joins_by_its_serial(read):
    _, document = read
    assert document.serial == SERIAL and document.missing == ()


def test_the_pen_does_not_write_where_the_registry_printed(paper):
    empty = Course(decision=None)
    family = invent_family(np.random.default_rng(1), 2, date(2016, 5, 5))
    written = follow_course(family, paper.pages, np.random.default_rng(1), empty)
    untouched = simulate_on(paper, {}, 0, 1)
    document = simulate_on(paper, {key: written[key] for key in PRINTED}, 0, 1)
    assert (document.scans[0].picture == untouched.scans[0].picture).all()


@pytest.mark.parametrize("seed", range(30))
def test_an_invented_visit_contradicts_itself_nowhere(paper, seed):
    checked = check(read_surely(paper, keep_printed(invent_intents(paper, seed), PRINTED)))
    assert [finding.code for finding in checked.findings] == []


def test_a_visit_goes_as_it_is_told(paper):
    family = invent_family(np.random.default_rng(3), 2, date(2016, 5, 5))
    rng = np.random.default_rng(3)
    plain = follow_course(family, paper.pages, rng, Course())
    assert plain["family_decision"].value == "1" and plain["visit_date"].value == "05052016"
    stopped = follow_course(family, paper.pages, rng, Course(None, ("3",)))
    assert stopped["circumstance_kinds"].value == ("3",)
    assert "family_decision" not in stopped and "n1_date" not in stopped
    signed = [f.id for page in paper.pages for f in page.fields if f.kind in PRESENCE_KINDS]
    assert all(plain[field].value is True for field in signed)


def test_visits_differ_and_most_families_accept():
    pages = prepare_paper(TEMPLATE, dpi=60.0).pages
    decisions = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        family = invent_family(rng, 2, date(2016, 5, 5))
        intent = assign_family(family, pages, rng).get("family_decision")
        decisions.append(intent.value if intent else None)
    assert decisions.count("1") > 30
    assert {"1", "2", None} == set(decisions)


def test_a_form_in_its_plain_course_has_no_fault(paper):
    family = invent_family(np.random.default_rng(5), 2, date(2016, 5, 5))
    intents = follow_course(family, paper.pages, np.random.default_rng(5), Course())
    checked = check(read_back(simulate_on(paper, intents, 0, 5)))
    assert [f.code for f in checked.findings if f.severity is Severity.FAULT] == []
