"""A form that no code knows by name: off the scanner, over people, into the registry."""

from functools import cache

import pytest

from form_templates import catalog
from ocr.simulation.document import SimulatedDocument, prepare_paper, simulate_on
from ocr.simulation.intents import Intent
from tests.workflow.reading.desk import Desk
from tests.workflow.reading.scans import save
from workflow.acts import SYSTEM, Act
from workflow.cases.checking import check_document
from workflow.cases.families import open_case
from workflow.demonstration.office import COORDINATOR, OPERATOR, SECOND_OPERATOR, Office
from workflow.demonstration.operators import confirm_faults, find_state, work_through
from workflow.store.decisions import find_record, list_findings
from workflow.store.documents import find_document
from workflow.store.families import find_case
from workflow.store.models.paper import DocumentState

CODE = "3869654849"
PROTOCOL = {
    "family_code": CODE,
    "agent_surname": "მაისურაძე",
    "agent_name": "ნინო",
    "representative_surname": "გელაშვილი",
    "representative_name": "ანა",
    "representative_personal_number": "01001012345",
    "grounds": ("4",),
    "filling_date": "01122025",
    "agent_signature": True,
    "representative_signature": True,
}


@cache
def fill_protocol(*unanswered: str) -> SimulatedDocument:
    paper = prepare_paper(catalog.load("termination_protocol"))
    meant = {field: Intent(None if field in unanswered else PROTOCOL[field]) for field in PROTOCOL}
    return simulate_on(paper, meant, 0, 8)


@pytest.fixture
def office(desk: Desk, people, act) -> Office:
    """The unit's people, and the family in its registry."""
    with act() as doing:
        open_case(doing, 1, CODE)
    staff = {
        OPERATOR: people["operator"],
        SECOND_OPERATOR: people["second_operator"],
        COORDINATOR: people["coordinator"],
    }
    return Office(desk.store, desk.settings, desk.clock, staff, 1)


def bring(desk: Desk, paper: SimulatedDocument) -> int:
    """Takes a scan in, has it read and checked; the id of its document."""
    (document,) = desk.read(save(paper.scans))
    commit = check_document(desk.work, document.id)
    with desk.store.write() as session:
        commit(Act(session, SYSTEM, desk.clock()))
    return document.id


def test_a_protocol_is_entered_with_what_is_written_on_it(desk: Desk, office: Office) -> None:
    paper = fill_protocol()
    document_id = bring(desk, paper)
    assert work_through(office, document_id, paper.truth) is DocumentState.AUTHORISED
    with desk.store.read() as session:
        record = find_record(session, document_id)
        assert record is not None and record.case_id is not None
        assert find_case(session, record.case_id).family_code == CODE
        values = {field: record.values[field] for field in PROTOCOL}
    assert values == PROTOCOL | {"grounds": ["4"], "filling_date": "2025-12-01"}


def test_a_protocol_without_its_ground_goes_back_to_the_agent(desk: Desk, office: Office) -> None:
    paper = fill_protocol("grounds", "agent_signature")
    document_id = bring(desk, paper)
    state = work_through(office, document_id, paper.truth)
    assert state is DocumentState.CONFIRM_RETURN
    confirm_faults(office, document_id)
    assert find_state(office, document_id) is DocumentState.RETURNED
    with desk.store.read() as session:
        found = list_findings(session, find_document(session, document_id).current)
        faults = {(f.code, f.field) for f in found if f.severity == "fault"}
    assert faults >= {("unanswered", "grounds"), ("missing_signature", "agent_signature")}
