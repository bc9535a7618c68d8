"""What our registry knows of people and families beside a paper."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from form_templates.specification import Role, Template
from workflow.store.fetching import fetch_row
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import CaseState, FamilyCase
from workflow.store.models.knowing import PersonMembership
from workflow.store.models.people import Unit
from workflow.store.session import Session

APPLICATION, DECLARATION = "application", "family_declaration"
PROTOCOL = "termination_protocol"
NAMING_FORMS = (APPLICATION, DECLARATION)
"""Forms that say who belongs to a family."""
_MOVING_FORMS = (*NAMING_FORMS, PROTOCOL)
"""Forms that say how far a family's case is."""
_PREFIX, _SUFFIX = "members[", "].personal_number"


def names_family(template: Template) -> bool:
    """Whether paper of a form says who belongs to a family, so that registers are looked into."""
    return template.role is Role.FORM and template.key.form in NAMING_FORMS


def add_memberships(session: Session, record: RegistryRecord) -> None:
    """Keep which people an entry names; nothing where it is of no family, or names nobody."""
    if record.case_id is None or record.form not in NAMING_FORMS:
        return
    session.add_all(
        PersonMembership(
            personal_number=number,
            record_id=record.id,
            case_id=record.case_id,
            form=record.form,
            since=record.law_day,
        )
        for number in dict.fromkeys(list_numbers(record.values))
    )
    session.flush()


def list_numbers(values: Mapping[str, Any]) -> Iterator[str]:
    """The personal numbers of an entry's members, in the order of the paper."""
    rows = {}
    for field, value in values.items():
        row = field.removeprefix(_PREFIX).removesuffix(_SUFFIX)
        if field == f"{_PREFIX}{row}{_SUFFIX}" and row.isdecimal() and isinstance(value, str):
            rows[int(row)] = value
    return (rows[row] for row in sorted(rows) if rows[row])


def list_memberships(
    session: Session, numbers: Collection[str], own_cases: Collection[int]
) -> list[tuple[PersonMembership, FamilyCase]]:
    """Where people stand in other families, by the entries that count there now."""
    if not numbers:
        return []
    query = (
        select(PersonMembership, FamilyCase)
        .join(FamilyCase, FamilyCase.id == PersonMembership.case_id)
        .where(PersonMembership.personal_number.in_(numbers))
        .where(PersonMembership.case_id.not_in(own_cases))
        .order_by(PersonMembership.id)
    )
    found = [(row[0], row[1]) for row in session.execute(query)]
    counting = _find_counting(session, {case.id for _, case in found})
    return [(one, case) for one, case in found if one.record_id in counting]


def stands(row: PersonMembership, case: FamilyCase) -> bool:
    """Whether an entry still puts a person into its family.

    Not into one that gave its registration up, nor into one that only a lapsed application
    names.
    """
    is_lapsed = case.state == CaseState.LAPSED and row.form == APPLICATION
    return case.state != CaseState.CANCELLED and not is_lapsed


def list_family_records(
    session: Session, case_id: int, but_document: int | None = None
) -> list[RegistryRecord]:
    """The applications, declarations and protocols of a family, oldest paper first.

    Those of one document may be left out.
    """
    query = (
        select(RegistryRecord)
        .where(RegistryRecord.case_id == case_id, RegistryRecord.form.in_(_MOVING_FORMS))
        .order_by(RegistryRecord.law_day, RegistryRecord.id)
    )
    if but_document is not None:
        query = query.where(RegistryRecord.document_id != but_document)
    return list(session.scalars(query))


def list_people(session: Session, case_id: int) -> tuple[str, ...]:
    """Whom the newest entry of a family that names anybody names."""
    newest = (
        select(PersonMembership.record_id)
        .join(RegistryRecord, RegistryRecord.id == PersonMembership.record_id)
        .where(PersonMembership.case_id == case_id)
        .order_by(RegistryRecord.law_day.desc(), RegistryRecord.id.desc())
        .limit(1)
    )
    query = (
        select(PersonMembership.personal_number)
        .where(PersonMembership.record_id == newest.scalar_subquery())
        .order_by(PersonMembership.id)
    )
    return tuple(session.scalars(query))


def find_unit_code_of(session: Session, unit_id: int) -> str:
    """The code of a unit."""
    return fetch_row(session, Unit, unit_id, "unit").code


def _find_counting(session: Session, case_ids: Collection[int]) -> frozenset[int]:
    """The entries that say who belongs to some families.

    The newest declaration does, and an application that is newer still: until a declaration
    follows it, it alone names who came. One that gives the registration up may name nobody,
    and then takes nobody's place.
    """
    naming = select(PersonMembership.record_id).where(PersonMembership.case_id.in_(case_ids))
    newest: dict[tuple[int, str], Any] = {}
    query = (
        select(RegistryRecord.id, RegistryRecord.case_id, RegistryRecord.form)
        .where(RegistryRecord.case_id.in_(case_ids), RegistryRecord.form.in_(NAMING_FORMS))
        .where(RegistryRecord.id.in_(naming))
        .order_by(RegistryRecord.law_day, RegistryRecord.id)
    )
    for place, row in enumerate(session.execute(query)):
        newest[row.case_id, row.form] = (place, row.id)
    counting = set()
    for (case_id, form), (place, record_id) in newest.items():
        declared = newest.get((case_id, DECLARATION))
        if form == DECLARATION or declared is None or place > declared[0]:
            counting.add(record_id)
    return frozenset(counting)
