"""Each form goes the whole way; what no rule can judge by way of a person."""

from datetime import date, time

import pytest

from form_templates import catalog
from form_templates.model import (
    MARK_KINDS,
    PRESENCE_KINDS,
    Cardinality,
    FieldSpec,
    Format,
    Kind,
    TemplateKey,
)
from form_templates.specification import Role
from tests.validation.papers import Plain
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import DOUBTFUL, EMPTY, list_sides
from validation.covers import COUNT, SHEET_COUNT, TOTAL_DOCUMENTS, TOTAL_SHEETS
from validation.disposition import Track, find_track
from validation.rules.catalog import list_rules
from workflow.cases.authorising import authorise
from workflow.errors import Conflict
from workflow.store.decisions import find_record
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import DocumentState

WITH_CASES_OF_THEIR_OWN = ("family_declaration", "application", "assignment_form")
FORMS = [
    key
    for key in catalog.list_templates()
    if key.form not in WITH_CASES_OF_THEIR_OWN
    and catalog.load(key.form, key.edition).role is not Role.SEPARATOR
]
ASKED_OF_PERSON = {
    "correction_request": {
        ("needs_registry", "correction_kinds"),
        ("correction_takes_act", "correction_kinds"),
    },
    "monitor_visit": {("difference_is_judged", "differences")},
    "termination_protocol": {("artificial_family_is_proven", "grounds")},
}
ASKS_PERSON = {key: ASKED_OF_PERSON[key.form] for key in FORMS if key.form in ASKED_OF_PERSON}
"""Edition -> what of a paper without faults a person confirms first."""
BY_ITSELF = [key for key in FORMS if key not in ASKS_PERSON]
"""Covers too: what lies under them is counted."""
BLANK_PARTS = {
    "termination_protocol": ("visits[", "members[", "warning_", "other_reason"),
    "monitor_visit": ("visit_reason_other",),
    "municipal_application": ("beneficiaries[2]", "beneficiaries[3]", "documents_other"),
}
"""Form -> parts that stay blank with the first code of each question."""
FITTING: dict[str, dict[str, Plain]] = {
    "monitor_visit": {"visit_end": time(11, 30)},
    "municipal_application": {
        "application_date": date(2015, 11, 3),
        "received_date": date(2015, 11, 3),
        "same_help_date": date(2015, 11, 3),
        "beneficiaries[1].birth_date": date(2015, 10, 3),
        "applicant_birth_date": date(1985, 11, 3),
        "documents": ["2", "5"],
    },
}
"""Form -> what must fit its other answers; the municipal programme held for 2015 alone."""
ASKS_KINDS, ALL_KINDS = "correction_kinds", ["1", "2", "3", "4"]
NOTHING_FOLLOWS = (SHEET_COUNT, TOTAL_DOCUMENTS, TOTAL_SHEETS)
FILLED = date(2025, 11, 3)
FAULTY = {
    Track.DECLARATION: DocumentState.CONFIRM_RETURN,
    Track.AGENT: DocumentState.CONFIRM_RETURN,
    Track.REJECTION: DocumentState.CONFIRM_REJECTION,
    Track.APPLICANT: DocumentState.ASK_APPLICANT,
}


def answer(spec: FieldSpec, case_field: str | None) -> Plain:
    """Something that may stand in a field; nothing lies under a cover."""
    if spec.id == case_field:
        return KNOWN_CODE
    if spec.id.startswith(COUNT):
        return ""
    if spec.id in NOTHING_FOLLOWS:
        return "0"
    if spec.kind in PRESENCE_KINDS:
        return True
    if spec.kind in MARK_KINDS:
        code = spec.options[0].code
        return [code] if spec.cardinality is Cardinality.MANY else code
    if spec.kind in (Kind.LETTERS, Kind.TEXT):
        return "abc"
    return {Format.DATE: FILLED, Format.TIME: time(10, 30)}.get(spec.format, "1" * len(spec.cells))


def fill(key: TemplateKey) -> dict[str, Plain]:
    """Every field of the pages, tables and all."""
    template = catalog.load(key.form, key.edition)
    fields = [spec for side in list_sides(key.form) for spec in side.fields]
    answers = {spec.id: answer(spec, template.case_field) for spec in fields}
    blank = {id_ for id_ in answers if id_.startswith(BLANK_PARTS.get(key.form, "none"))}
    blanks: dict[str, Plain] = {id_: False if answers[id_] is True else "" for id_ in blank}
    kinds: dict[str, Plain] = {ASKS_KINDS: ALL_KINDS} if ASKS_KINDS in answers else {}
    return answers | blanks | kinds | FITTING.get(key.form, {})


def find_owed(key: TemplateKey) -> str:
    """A required answer outside tables that has no signature and no rule of its own."""
    template = catalog.load(key.form, key.edition)
    return next(
        q.id
        for section, q in template.questions()
        if q.required and not section.group and q.kind not in PRESENCE_KINDS
        if q.id not in (template.case_field, template.day_field)
    )


def find_entry(desk: Desk, document_id: int) -> RegistryRecord | None:
    with desk.store.read() as session:
        return find_record(session, document_id)


def authorise_by_hand(desk: Desk, document_id: int) -> None:
    with desk.act(desk.people["operator"]) as act:
        authorise(act, document_id, desk.find(document_id).revision)


def check_entry(desk: Desk, document_id: int, answers: dict[str, Plain]) -> None:
    """All that was said stands in the registry, and nothing else."""
    record = find_entry(desk, document_id)
    assert record is not None
    said = {field for field, value in answers.items() if value != ""}
    assert set(record.values) == said
    assert record.form == desk.find(document_id).form


def test_rules_speak_of_every_form() -> None:
    forms = {key for key in FORMS if catalog.load(key.form, key.edition).role is Role.FORM}
    assert {key for key in forms if not list_rules(key.form)} == set()


@pytest.mark.parametrize("key", BY_ITSELF, ids=str)
def test_a_filled_form_that_is_read_for_sure_takes_effect(desk: Desk, key: TemplateKey) -> None:
    answers = fill(key)
    document_id = desk.check(key.form, answers=answers)
    assert desk.codes(document_id) == set()
    assert desk.state(document_id) is DocumentState.AUTHORISED
    check_entry(desk, document_id, answers)


@pytest.mark.parametrize("key", ASKS_PERSON, ids=str)
def test_a_form_that_rules_cannot_judge_takes_effect_only_when_a_person_has_confirmed_it(
    desk: Desk, key: TemplateKey
) -> None:
    answers = fill(key)
    document_id = desk.check(key.form, answers=answers)
    assert desk.codes(document_id) == ASKS_PERSON[key]
    assert desk.state(document_id) is DocumentState.REVIEW
    assert find_entry(desk, document_id) is None
    hold = desk.take(document_id, "operator")
    with pytest.raises(Conflict):
        desk.finish(hold, "operator")
    assert desk.review(document_id, "operator") is DocumentState.READY
    authorise_by_hand(desk, document_id)
    check_entry(desk, document_id, answers)


@pytest.mark.parametrize("key", FORMS, ids=str)
def test_an_owed_answer_that_is_missing_goes_where_the_form_says(
    desk: Desk, key: TemplateKey
) -> None:
    owed, asked = find_owed(key), ASKS_PERSON.get(key, set())
    document_id = desk.check(key.form, {owed: EMPTY}, answers=fill(key))
    assert desk.codes(document_id) == {("unanswered", owed)} | asked
    if asked:
        assert desk.state(document_id) is DocumentState.REVIEW
        desk.review(document_id, "operator")
    track = find_track(catalog.load(key.form, key.edition))
    assert desk.state(document_id) is FAULTY[track]


@pytest.mark.parametrize("key", FORMS, ids=str)
def test_a_doubt_is_decided_by_a_person_and_then_authorised(desk: Desk, key: TemplateKey) -> None:
    doubtful, answers = find_owed(key), fill(key)
    document_id = desk.check(key.form, {doubtful: DOUBTFUL}, answers=answers)
    assert desk.state(document_id) is DocumentState.REVIEW
    state = desk.review(document_id, "operator", **{doubtful: answers[doubtful]})
    if state is DocumentState.SECOND_REVIEW:
        state = desk.review(document_id, "second_operator", **{doubtful: answers[doubtful]})
    assert state is DocumentState.READY
    authorise_by_hand(desk, document_id)
    assert find_entry(desk, document_id) is not None


def test_a_protocol_without_its_three_visits_goes_back_and_nothing_lapses(desk: Desk) -> None:
    key = next(k for k in FORMS if k.form == "termination_protocol")
    document_id = desk.check(key.form, answers=fill(key) | {"grounds": ["3"]})
    fields = {(code, field) for code, field in desk.codes(document_id)}
    assert fields == {("three_visits_made", f"visits[{row}].visit_date") for row in (1, 2, 3)}
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN
    assert find_entry(desk, document_id) is None


def test_the_cover_of_a_batch_is_nobodys_case(desk: Desk) -> None:
    key = next(k for k in FORMS if catalog.load(k.form, k.edition).role is Role.BATCH_COVER)
    record = find_entry(desk, desk.check(key.form, answers=fill(key)))
    assert record is not None and record.case_id is None


def test_a_paper_with_a_family_code_is_entered_in_the_familys_case(desk: Desk) -> None:
    key = next(k for k in FORMS if k.form == "information_sheet")
    record = find_entry(desk, desk.check(key.form, answers=fill(key)))
    assert record is not None and record.case_id is not None


def test_a_count_that_does_not_fit_is_looked_at_and_may_stand(desk: Desk) -> None:
    key = next(k for k in FORMS if catalog.load(k.form, k.edition).role is Role.BATCH_COVER)
    document_id = desk.check(key.form, answers=fill(key) | {TOTAL_DOCUMENTS: "3"})
    assert desk.codes(document_id) == {("batch_documents_differ", TOTAL_DOCUMENTS)}
    assert desk.review(document_id, "operator") is DocumentState.READY
