"""The correction table of order 01-14, annex 1, art. 11, row by row."""

from dataclasses import replace

import pytest

from form_templates.model import Signer
from form_templates.specification import Template
from ocr.readings import Correction, FieldReading, FieldState, MarkReading, MarkState, Reason
from tests.validation.correction_rows import ACCEPTED, NEW, RESCAN, RETURN, REVIEW, ROWS, Row
from tests.validation.papers import DAY, document_of, load_form, read_field
from validation.disposition import Severity
from validation.documents import ValidatedDocument, validate_document

DECLARATION, APPLICATION = "family_declaration", "application"


def decide(template: Template, *readings: FieldReading) -> ValidatedDocument:
    return validate_document(template, document_of(template, *readings), DAY)


def read_row(form: str, field: str, row: Row) -> FieldReading:
    return read_field(
        load_form(form),
        field,
        state=row.state,
        reason=row.reason,
        value=row.value,
        review=row.review,
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.seen)
def test_each_row_ends_in_its_disposition_on_a_declaration(row: Row) -> None:
    decided = decide(load_form(DECLARATION), read_row(DECLARATION, "A10", row))
    assert decided.disposition is row.declaration
    assert row.code in {None, *(finding.code for finding in decided.findings)}
    assert bool(decided.findings) is (row.code is not None)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.seen)
def test_each_row_ends_in_its_disposition_on_an_application(row: Row) -> None:
    decided = decide(load_form(APPLICATION), read_row(APPLICATION, "reason", row))
    assert decided.disposition is row.application


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_of_the_reader_stands_in_a_row(reason: Reason) -> None:
    assert reason in {row.reason for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.seen)
def test_only_a_settled_answer_gets_into_the_record(row: Row) -> None:
    decided = decide(load_form(DECLARATION), read_row(DECLARATION, "A10", row))
    assert decided.record is not None
    settled = row.declaration is ACCEPTED
    assert ("A10" in decided.record.answers.values) is settled


@pytest.mark.parametrize("field", ["F1", "filling_date", "agent_code"])
def test_an_unclear_part_of_the_agent_needs_a_new_declaration_too(field: str) -> None:
    template = load_form(DECLARATION)
    unclear = {"state": FieldState.UNCLEAR, "reason": Reason.AMBIGUOUS_CORRECTION, "value": None}
    assert decide(template, read_field(template, field, **unclear)).disposition is NEW


@pytest.mark.parametrize(
    ("field", "signed", "missing"),
    [
        ("A10", {Signer.REPRESENTATIVE: True, Signer.AGENT: False}, ("agent",)),
        ("A10", {Signer.REPRESENTATIVE: False, Signer.AGENT: True}, ("representative",)),
        ("A10", {}, ("representative", "agent")),
        ("F1", {Signer.AGENT: False}, ("agent",)),
    ],
)
def test_an_unsigned_correction_says_who_did_not_sign(
    field: str, signed: dict[Signer, bool], missing: tuple[str, ...]
) -> None:
    template = load_form(DECLARATION)
    reading = read_field(
        template,
        field,
        "2",
        state=FieldState.UNSIGNED,
        reason=Reason.UNSIGNED_CORRECTION,
        correction=Correction("1", "2", signed),
    )
    finding = decide(template, reading).findings[0]
    assert finding.parameters == {"missing": missing}
    assert finding.law == "order-01-14/annex-1/art-11(2)"


def test_what_is_left_of_a_many_field_may_be_nothing_where_the_form_allows() -> None:
    template = load_form(DECLARATION)
    crossed = {"state": FieldState.CORRECTED, "reason": Reason.SIGNED_CORRECTION, "value": ()}
    member = read_field(template, "members[1].age", 40)
    b4 = decide(template, member, read_field(template, "members[1].B4", **crossed))
    assert b4.disposition is ACCEPTED
    assert b4.states["members[1].B4"] is FieldState.CORRECTED
    a7 = decide(template, read_field(template, "A7", **crossed))
    assert a7.disposition is RETURN
    assert "unanswered" in {finding.code for finding in a7.findings}


def test_an_optional_field_may_be_empty() -> None:
    template = load_form(DECLARATION)
    assert decide(template, read_field(template, "phone_home")).findings == ()


def test_an_optional_field_that_was_crossed_and_not_rewritten_goes_back() -> None:
    template = load_form(DECLARATION)
    crossed = {"state": FieldState.UNANSWERED, "reason": Reason.CROSSED_UNANSWERED}
    decided = decide(template, read_field(template, "phone_home", **crossed))
    assert decided.disposition is RETURN


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("agent_signature", "missing_signature"),
        ("information_sheet_signature", "missing_signature"),
        ("foot_signature.p1s1", "missing_signature"),
        ("agent_stamp", "missing_stamp"),
    ],
)
def test_a_signature_or_stamp_that_is_not_there_goes_back(field: str, code: str) -> None:
    template = load_form(DECLARATION)
    beside = read_field(template, "A9", 3)
    for absent in (read_field(template, field, False), read_field(template, field)):
        decided = decide(template, beside, absent)
        assert [finding.code for finding in decided.findings] == [code]
        assert decided.disposition is RETURN
    assert decide(template, beside, read_field(template, field, True)).findings == ()


def test_a_signature_the_image_does_not_show_is_not_called_missing() -> None:
    template = load_form(DECLARATION)
    hidden = {"state": FieldState.UNREADABLE, "reason": Reason.IMAGE, "value": None}
    decided = decide(template, read_field(template, "agent_signature", **hidden))
    assert [finding.code for finding in decided.findings] == ["image"]


def test_the_gravest_outcome_decides_about_the_document() -> None:
    template = load_form(DECLARATION)
    by_row = {row.seen: row for row in ROWS}
    unclear = read_row(DECLARATION, "A10", by_row["digits written over"])
    unsigned = read_row(DECLARATION, "A11", by_row["the same, a signature missing"])
    doubtful = read_row(DECLARATION, "D1", by_row["ink beside the answer"])
    blurred = read_row(DECLARATION, "D3", by_row["a blurred image"])
    assert decide(template, doubtful).disposition is REVIEW
    assert decide(template, doubtful, unsigned).disposition is RETURN
    assert decide(template, doubtful, unsigned, unclear).disposition is NEW
    assert decide(template, doubtful, unsigned, unclear, blurred).disposition is RESCAN


def test_marks_do_not_speak_against_the_reader() -> None:
    template = load_form(DECLARATION)
    marks = (MarkReading("1", MarkState.CIRCLED, 0.99), MarkReading("2", MarkState.UNCLEAR, 0.6))
    sure = read_field(template, "A11", "1")
    decided = decide(template, replace(sure, marks=marks, review=True))
    assert decided.disposition is REVIEW


def test_the_severity_tells_doubt_from_fault() -> None:
    template = load_form(DECLARATION)
    grave = {
        row.seen: decide(template, read_row(DECLARATION, "A10", row)).findings[0].severity
        for row in ROWS
        if row.code
    }
    assert grave["digits written over"] is Severity.UNCLEAR
    assert grave["two circled, no X anywhere"] is Severity.FAULT
    assert grave["ink beside the answer"] is Severity.WARNING
    assert grave["a blurred image"] is Severity.WARNING
    assert grave["circled and crossed, another circled, both signed"] is Severity.INFO
