"""Papers that stand in the registry already: the rows that rating and assignment start from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from validation.registers import Entry, Register
from workflow.acts import Act
from workflow.audit.entries import AUTHORISED, hash_record
from workflow.cases.families import change_case_state, open_case
from workflow.registers.entries import describe_entry
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import CaseState, FamilyCase
from workflow.store.models.paper import DocumentState, PaperDocument, Version
from workflow.store.models.registers import RegisterEdition, RegisterRow
from workflow.store.people import find_unit

FILLED = date(2026, 2, 20)
EDITIONS = {
    "application": date(2010, 5, 21),
    "family_declaration": date(2015, 5, 1),
    "assignment_form": date(2010, 5, 31),
}
POOR: Mapping[str, Any] = {
    "family_code": "0123456789",
    "representative_surname": "ბერიძე",
    "representative_name": "ნინო",
    "representative_personal_number": "01001012345",
    "municipality": "გორი",
    "house": "12",
    "flat": 7,
    "filling_date": FILLED.isoformat(),
    "members[1].birth_date": "1990-06-11",
    "members[1].C2": "6",
    "members[1].C3_01": "100.00",
    "members[2].birth_date": "2019-05-01",
    "members[2].C1": "2",
    "members[2].B4": ["3"],
    "A7": ["2", "4"],
    "A8": "40.00",
    "A9": 2,
    "A10": "5",
    "A11": "2",
    "C4": "1200.00",
    "D1": "1",
    "D2": "0.5000",
    "D3": "2",
    "E1": "120.55",
    "E2": "0.00",
    "E3": "10.00",
    "E4": "0.00",
    "F1": "5",
    "F2": "1",
}
"""A mother and a child with a disability, with little."""
RICH = {**POOR, "members[1].C3_01": "9000.00"}


def add_extract(act: Act, personal_number: str, entry: Entry) -> None:
    """An extract of the civil register with one person in it."""
    edition = RegisterEdition(
        register=Register.CIVIL.value,
        number=1,
        as_of=date(2026, 3, 1),
        file_name="civil.csv",
        sha256="0" * 64,
        rows=1,
        skipped=0,
        imported_at=act.now,
        imported_by="operator",
    )
    act.session.add(edition)
    act.session.flush()
    told = describe_entry(entry)
    act.session.add(
        RegisterRow(edition_id=edition.id, personal_number=personal_number, line=2, entry=told)
    )


def register_case(act: Act, family_code: str = "0123456789") -> FamilyCase:
    unit = find_unit(act.session, "1001")
    case = open_case(act, unit.id, family_code)
    change_case_state(act, case, CaseState.DECLARED)
    return case


def register_record(
    act: Act,
    case: FamilyCase,
    form: str,
    values: Mapping[str, Any],
    serial: int = 0,
    filled: date = FILLED,
) -> RegistryRecord:
    """An authorised paper of a family."""
    document = PaperDocument(
        form=form,
        edition=EDITIONS[form],
        serial=serial,
        unit_id=case.unit_id,
        case_id=case.id,
        state=DocumentState.AUTHORISED,
        state_since=act.now,
        created_at=act.now,
    )
    version = Version(document=document, number=1, created_at=act.now)
    act.session.add_all([document, version])
    act.session.flush()
    record = RegistryRecord(
        version_id=version.id,
        document_id=document.id,
        case_id=case.id,
        form=form,
        edition=EDITIONS[form],
        values=dict(values),
        law_day=filled,
        law_edition="test",
        authorised_by="system",
        authorised_at=act.now,
    )
    act.session.add(record)
    act.session.flush()
    told = {"record": record.id, "version": 1, "case": case.id, "content": hash_record(record)}
    act.record(AUTHORISED, f"document:{document.id}", after=told)
    return record
