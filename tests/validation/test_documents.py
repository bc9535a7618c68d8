from dataclasses import replace
from datetime import date

import pytest

from form_templates.layout import lay_out
from form_templates.model import TemplateKey
from ocr.readings import (
    DocumentReading,
    FieldState,
    PageReading,
    PageStatus,
    Quality,
    Reason,
)
from tests.validation.declarations import ANSWERS, DECLARATION, fill_declaration
from tests.validation.papers import DAY, document_of, load_form, read_field, read_paper
from validation.disposition import Disposition
from validation.documents import ValidatedDocument, validate_document, validate_strays
from validation.errors import UnknownMeaning
from validation.parameters import load_law

APPLICATION = load_form("application")
OWED_BY_RULES = {
    "phone_mobile",
    "settlement",
    "sms_consent",
    "subscriber_electricity",
    "A12",
    "D4_5",
    "E1",
    "E2",
    "E3",
    "E4",
    "F2_reasons",
}
"""Answers of the whole declaration that the form itself does not ask of everybody."""


def name_findings(validated: ValidatedDocument) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in validated.findings]


def test_a_whole_declaration_without_a_fault_is_accepted() -> None:
    validated = validate_document(DECLARATION, fill_declaration(), DAY)
    assert name_findings(validated) == []
    assert validated.disposition is Disposition.ACCEPTED
    assert validated.record is not None
    assert set(validated.record.rows["members"]) == {1, 2}


@pytest.mark.parametrize(
    "field",
    [
        *sorted(ANSWERS.keys() - OWED_BY_RULES),
        "members[1].surname",
        "members[1].birth_date",
        "members[2].sex",
    ],
)
def test_each_answer_that_is_owed_is_missed(field: str) -> None:
    validated = validate_document(DECLARATION, fill_declaration(**{field: ""}), DAY)
    assert ("unanswered", field) in name_findings(validated)
    assert validated.states[field] is FieldState.UNANSWERED
    assert validated.disposition is Disposition.RETURN_TO_AGENT


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("A12", "other_dwelling_area"),
        ("sms_consent", "sms_consent_asked"),
        ("F2_reasons", "doubts_have_reasons"),
        ("members[1].C2", "education_exactly_for_adults"),
        ("members[2].C1", "school_exactly_for_minors"),
    ],
)
def test_an_answer_that_a_rule_asks_for_is_missed_once(field: str, code: str) -> None:
    validated = validate_document(DECLARATION, fill_declaration(**{field: ""}), DAY)
    assert name_findings(validated) == [(code, field)]
    assert validated.states[field] is FieldState.UNANSWERED


def test_rows_that_nobody_uses_owe_nothing() -> None:
    states = validate_document(DECLARATION, fill_declaration(), DAY).states
    assert states["members[6].surname"] is FieldState.EMPTY
    assert states["phone_home"] is FieldState.EMPTY


def test_an_empty_field_that_the_reader_calls_unanswered_is_empty_in_an_unused_row() -> None:
    document = fill_declaration()
    fields = {
        id_: replace(r, state=FieldState.UNANSWERED, reason=Reason.UNANSWERED)
        if r.state is FieldState.EMPTY and r.spec.required
        else r
        for id_, r in document.fields.items()
    }
    validated = validate_document(DECLARATION, replace(document, fields=fields), DAY)
    assert name_findings(validated) == []
    assert validated.states["members[6].surname"] is FieldState.EMPTY


def test_an_answer_in_a_row_of_nobody_goes_back_once() -> None:
    document = fill_declaration(**{"members[4].C3_01": 100, "members[4].C3_02": 50})
    validated = validate_document(DECLARATION, document, DAY)
    assert name_findings(validated) == [("answer_without_row", "members[4].C3_01")]


def test_a_doubtful_trace_in_a_row_of_nobody_is_looked_at_and_blamed_on_nobody() -> None:
    document = fill_declaration()
    trace = replace(document.fields["members[4].C3_01"], value="100", review=True)
    trace = replace(trace, state=FieldState.READ, reason=Reason.DOUBTFUL_VALUE)
    fields = {**document.fields, trace.id: trace}
    validated = validate_document(DECLARATION, replace(document, fields=fields), DAY)
    assert name_findings(validated) == [("doubtful_value", "members[4].C3_01")]


def test_each_leaf_in_use_is_signed_and_an_idle_sheet_is_not() -> None:
    document = fill_declaration(12)
    feet = [id_ for id_ in document.fields if id_.startswith("foot_signature.")]
    unsigned = {id_: replace(document.fields[id_], value=False) for id_ in feet}
    validated = validate_document(
        DECLARATION, replace(document, fields={**document.fields, **unsigned}), DAY
    )
    missed = {finding.field for finding in validated.findings}
    idle = {
        f"foot_signature.p{page.template.page}s{page.template.sheet}"
        for page in lay_out(DECLARATION, {"members": 12})
        if all((f.row or 0) > 2 for f in page.template.fields if f.question != "foot_signature")
    }
    assert idle
    assert missed == set(feet) - idle


def test_a_member_whose_income_sheet_was_not_scanned_asks_for_a_rescan() -> None:
    document = fill_declaration()
    fields = {i: r for i, r in document.fields.items() if not i.startswith("members[2].C3_")}
    validated = validate_document(DECLARATION, replace(document, fields=fields), DAY)
    assert [f.code for f in validated.findings] == ["row_not_scanned"]
    assert validated.findings[0].parameters == {"row": "2", "section": "C3"}
    assert validated.disposition is Disposition.RESCAN


def test_a_page_that_the_scan_lacks_asks_for_a_rescan() -> None:
    document = replace(fill_declaration(), missing=((3, 1),))
    validated = validate_document(DECLARATION, document, DAY)
    assert [f.code for f in validated.findings] == ["page_missing"]
    assert validated.disposition is Disposition.RESCAN


def test_a_second_scan_of_a_page_counts_only_when_it_differs() -> None:
    document = fill_declaration()
    again = replace(document.pages[0], status=PageStatus.REPEATED, index=9)
    same = replace(again, fields=(document.fields["A9"],))
    other = replace(again, fields=(replace(document.fields["A9"], value=" 4"),))
    for page, code, disposition in (
        (same, "page_repeated", Disposition.ACCEPTED),
        (other, "page_repeated_differently", Disposition.NEEDS_REVIEW),
        (again, "page_repeated_differently", Disposition.NEEDS_REVIEW),
    ):
        scanned = replace(document, pages=(*document.pages, page))
        validated = validate_document(DECLARATION, scanned, DAY)
        assert [f.code for f in validated.findings] == [code]
        assert validated.disposition is disposition


def test_a_poor_scan_is_told_and_decides_nothing() -> None:
    document = fill_declaration()
    poor = Quality(150.0, 0.1, 0.3, 0.5, 4, ("low_resolution",))
    pages = (replace(document.pages[0], quality=poor), *document.pages[1:])
    validated = validate_document(DECLARATION, replace(document, pages=pages), DAY)
    assert [f.code for f in validated.findings] == ["page_quality"]
    assert validated.disposition is Disposition.ACCEPTED


@pytest.mark.parametrize(
    ("status", "disposition"),
    [
        (PageStatus.UNREADABLE, Disposition.RESCAN),
        (PageStatus.UNIDENTIFIED, Disposition.NEEDS_REVIEW),
        (PageStatus.BLANK, Disposition.ACCEPTED),
    ],
)
def test_pages_of_no_form_say_why(status: PageStatus, disposition: Disposition) -> None:
    page = PageReading("scan.pdf", 0, status, "truncated")
    validated = validate_strays(DocumentReading(None, 0, (page,)), DAY)
    assert validated.disposition is disposition
    assert validated.record is None
    assert bool(validated.findings) is (status is not PageStatus.BLANK)


def test_an_impossible_date_is_looked_at_before_the_agent_is_blamed() -> None:
    validated = validate_document(DECLARATION, fill_declaration(filling_date="31112015"), DAY)
    assert ("invalid_date", "filling_date") in name_findings(validated)
    assert validated.disposition is Disposition.NEEDS_REVIEW
    assert "filling_date" not in validated.typed


def test_whoever_looks_at_doubtful_characters_is_told_what_they_cannot_be() -> None:
    unsure = read_field(DECLARATION, "filling_date", "31112015", review=True)
    validated = validate_document(DECLARATION, document_of(DECLARATION, unsure), DAY)
    assert name_findings(validated) == [
        ("doubtful_value", "filling_date"),
        ("invalid_date", "filling_date"),
    ]


def test_the_law_of_the_day_of_filling_is_applied_and_named() -> None:
    validated = validate_document(DECLARATION, fill_declaration(), date(2026, 11, 21))
    assert validated.law_day == date(2015, 11, 23)
    assert validated.law_edition == load_law().edition
    unread = validate_document(DECLARATION, document_of(DECLARATION), date(2026, 11, 21))
    assert unread.law_day == date(2026, 11, 21)


def test_no_rule_speaks_of_a_value_that_the_reader_doubts() -> None:
    doubtful = {"reason": Reason.DOUBTFUL_VALUE, "review": True}
    young = read_field(DECLARATION, "members[1].age", 10)
    old = read_field(DECLARATION, "members[2].age", 80, **doubtful)
    validated = validate_document(DECLARATION, document_of(DECLARATION, young, old), DAY)
    assert [f.code for f in validated.findings] == ["doubtful_value"]


def test_a_faulty_application_is_rejected_under_its_own_article() -> None:
    values = {
        "members[1].personal_number": "01001012345",
        "members[2].personal_number": "01001012345",
    }
    validated = validate_document(APPLICATION, read_paper(APPLICATION, values), DAY)
    assert [f.law for f in validated.findings] == ["order-02-150/annex-3/art-3(1.1)"]
    assert validated.disposition is Disposition.REJECT


def test_a_form_whose_codes_nobody_named_is_not_judged_at_all() -> None:
    unknown = replace(DECLARATION, key=TemplateKey("family_declaration", date(2099, 1, 1)))
    with pytest.raises(UnknownMeaning):
        validate_document(unknown, read_paper(DECLARATION, {"A11": "1"}), DAY)
