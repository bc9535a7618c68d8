"""Gathers what is known beside a paper: our own registry, and what the registers answered.

Only what was read without a doubt, or entered, is asked about; nothing of it is changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from form_templates.specification import Role, Template
from ocr.readings import DocumentReading
from validation.known import (
    NOTHING_KNOWN,
    Ban,
    BanKind,
    Known,
    KnownFamily,
    Membership,
    Stage,
)
from validation.record import Answers, Record, build_record, list_personal_numbers
from validation.territory import find_unit_code
from workflow.acts import find_legal_day
from workflow.assignment.outcomes import Outcome
from workflow.cases.case_papers import is_waiver, list_standing
from workflow.registers.asking import find_answers
from workflow.registers.gaps import find_gaps
from workflow.store.families import find_case_by_code
from workflow.store.knowing import (
    APPLICATION,
    DECLARATION,
    find_unit_code_of,
    list_family_records,
    list_memberships,
    list_numbers,
    list_people,
    names_family,
    stands,
)
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import CaseState, FamilyCase
from workflow.store.models.knowing import PersonMembership
from workflow.store.models.paper import PaperDocument
from workflow.store.ratings import find_newest_decision
from workflow.store.session import Session

_MUNICIPALITY, _SETTLEMENT = "municipality", "settlement"
Found = Sequence[tuple[PersonMembership, FamilyCase]]


def gather_known(
    session: Session, document: PaperDocument, template: Template, reading: DocumentReading
) -> Known:
    """All that is known beside a document, at the stage that its form is checked at."""
    if template.role is not Role.FORM:
        return NOTHING_KNOWN
    record = build_record(template, reading)
    numbers = sorted(set(list_personal_numbers(template, record)))
    family = _find_family(session, template, record)
    own = {key for key in (document.case_id, family.id if family else None) if key is not None}
    elsewhere = list_memberships(session, numbers, own)
    asked = numbers if names_family(template) else []
    answers = find_answers(session, asked) if asked else {}
    return Known(
        stage=Stage.INTAKE if template.key.form == APPLICATION else Stage.VISIT,
        unit=find_unit_code_of(session, document.unit_id),
        unit_of_address=_find_unit_of_address(document, record.answers),
        family=_describe_family(session, document, family, _find_day(template, record)),
        elsewhere=_sort_by_person(elsewhere),
        bans=tuple(_list_bans(session, document, elsewhere, family)),
        registers=answers,
        gaps=find_gaps(session, asked, answers) if asked else {},
    )


def _find_family(session: Session, template: Template, record: Record) -> FamilyCase | None:
    """The family of the code on the paper."""
    code = record.answers.values.get(template.case_field) if template.case_field else None
    return find_case_by_code(session, code) if isinstance(code, str) else None


def _find_day(template: Template, record: Record) -> date | None:
    day = record.answers.values.get(template.day_field) if template.day_field else None
    return day if isinstance(day, date) else None


def _find_unit_of_address(document: PaperDocument, answers: Answers) -> str | None:
    """The unit that the written address belongs to.

    Nobody asks for that of simulated paper: its addresses are drawn by lot.
    """
    return None if document.simulated else _find_unit(answers.values)


def _find_unit(values: Mapping[str, Any]) -> str | None:
    """The unit of the address that a paper gives."""
    municipality, settlement = (values.get(q) for q in (_MUNICIPALITY, _SETTLEMENT))
    if not isinstance(municipality, str):
        return None
    return find_unit_code(municipality, settlement if isinstance(settlement, str) else None)


def _describe_family(
    session: Session, document: PaperDocument, case: FamilyCase | None, day: date | None
) -> KnownFamily | None:
    """The family as it stands without this document, by the entries that the paper follows."""
    if case is None:
        return None
    records = list_family_records(session, case.id, document.id)
    applied = _choose(list_standing(_cut(records, day)) or list_standing(records), day)
    declared = _choose([r for r in records if r.form == DECLARATION], day)
    return KnownFamily(
        family_code=case.family_code,
        unit=_find_home(records, day) or find_unit_code_of(session, case.unit_id),
        applied_on=applied.law_day if applied else None,
        declared_on=declared.law_day if declared else None,
        receives_assistance=_receives(session, case),
        members=tuple(list_numbers(declared.values)) if declared else (),
        applied_for=tuple(list_numbers(applied.values)) if applied else (),
    )


def _receives(session: Session, case: FamilyCase) -> bool:
    """Whether the allowance is paid: what was assigned is not ended by asking for a reassessment.

    Nor by the protocol that ends such an application. It ends with the next decision, or as
    the family is found not to be poor or leaves.
    """
    if case.state == CaseState.ASSIGNED:
        return True
    decided = find_newest_decision(session, case.id)
    assigned = decided is not None and decided.outcome == Outcome.ASSIGNED
    return assigned and case.state not in (CaseState.NOT_ELIGIBLE, CaseState.CANCELLED)


def _choose(records: Sequence[RegistryRecord], day: date | None) -> RegistryRecord | None:
    """The newest entry up to the day of a paper; the oldest of all where none is so old."""
    before = _cut(records, day)
    return before[-1] if before else next(iter(records), None)


def _cut(records: Sequence[RegistryRecord], day: date | None) -> list[RegistryRecord]:
    """The entries up to the day of a paper."""
    return [record for record in records if day is None or record.law_day <= day]


def _find_home(records: Sequence[RegistryRecord], day: date | None) -> str | None:
    """The unit of the newest address that the family gave; None where it leaves that open."""
    newest = _choose([record for record in records if record.values.get(_MUNICIPALITY)], day)
    return _find_unit(newest.values) if newest else None


def _sort_by_person(found: Found) -> Mapping[str, tuple[Membership, ...]]:
    """Personal number -> the other families that the person stands in."""
    sorted_: dict[str, tuple[Membership, ...]] = {}
    for row, case in found:
        if stands(row, case):
            one = Membership(case.family_code, row.form, row.since)
            sorted_[row.personal_number] = (*sorted_.get(row.personal_number, ()), one)
    return sorted_


def _list_bans(
    session: Session, document: PaperDocument, found: Found, own: FamilyCase | None
) -> Iterator[Ban]:
    """A ban for each time that a family of these people gave its registration up.

    The waiver itself says so, whatever became of the case since. The text prints no first
    day (order 02-150, annex 3, art. 2(3)): that of the entry is taken, as assumed.
    """
    cases = {case.id: case for case in (*(case for _, case in found), *([own] if own else []))}
    for case in cases.values():
        for record in list_family_records(session, case.id, document.id):
            if is_waiver(record):
                start, people = find_legal_day(record.authorised_at), list_people(session, case.id)
                yield Ban(BanKind.WAIVER, start, case.family_code, people)
