"""Papers that cannot be: each gives findings that can be said, and never a failure."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from form_templates.catalog import load
from form_templates.errors import TemplateFault
from ocr.readings import DocumentReading, FieldReading
from tests.validation.declarations import ANSWERS, DECLARATION, MEMBERS, fill_declaration
from tests.validation.papers import DAY, read_field, read_paper
from validation.disposition import Disposition
from validation.documents import ValidatedDocument, validate_document
from validation.wording import LANGUAGES, write_message

FORTY = 40
NEVER = date(9999, 12, 31)
LONG_AGO = date(1001, 1, 1)


def examine(*rows: int, **answers: Any) -> ValidatedDocument:
    validated = validate_document(DECLARATION, fill_declaration(*rows, **answers), DAY)
    for finding in validated.findings:
        assert all(write_message(finding, language) for language in LANGUAGES)
    return validated


def list_codes(validated: ValidatedDocument) -> set[str]:
    return {finding.code for finding in validated.findings}


def replace_fields(document: DocumentReading, fields: dict[str, FieldReading]) -> DocumentReading:
    return replace(document, fields=fields)


def fill_rows(count: int) -> dict[str, Any]:
    """So many members like the first, each with a number of his own."""
    return {
        f"members[{row}].{question}": str(10**10 + row) if question == "personal_number" else value
        for row in range(1, count + 1)
        for question, value in MEMBERS[0].items()
    }


def test_forty_members_are_read_row_by_row_and_looked_at() -> None:
    validated = examine(FORTY, **fill_rows(FORTY))
    assert validated.record is not None
    assert len(validated.record.rows["members"]) == FORTY
    assert {"member_count_is_likely", "members_stand_once"} <= list_codes(validated)


def test_a_member_of_a_hundred_and_fifty_is_looked_at() -> None:
    born = {"members[1].birth_date": date(1865, 3, 1), "members[1].age": 150}
    validated = examine(**born)
    assert "member_age_is_possible" in list_codes(validated)
    assert validated.disposition is Disposition.NEEDS_REVIEW


def test_a_family_of_children_asks_for_its_legal_representative() -> None:
    child = {"birth_date": date(2004, 3, 1), "age": 11, "C1": "2", "C2": "", "C3_03": "", "B3": ""}
    first = {f"members[1].{question}": value for question, value in child.items()}
    assert {"somebody_is_of_age", "representative_is_adult"} <= list_codes(examine(**first))


@pytest.mark.parametrize("head", [0, 3, 8, 12, 21, 99])
def test_a_head_who_is_two_or_nobody_goes_back(head: int) -> None:
    validated = examine(B2=head)
    assert "head_is_member" in list_codes(validated)
    assert validated.disposition is Disposition.RETURN_TO_AGENT


@pytest.mark.parametrize("filled", [LONG_AGO, date(1900, 2, 28), date(1949, 1, 1), NEVER])
def test_a_paper_filled_before_its_people_were_born_or_after_all_time(filled: date) -> None:
    codes = list_codes(examine(filling_date=filled))
    assert codes & {"born_before_filling", "filled_by_today"}


@pytest.mark.parametrize("born", [LONG_AGO, date(2000, 2, 29), DAY, NEVER])
def test_any_day_may_be_written_as_a_birth_date(born: date) -> None:
    changed = {"members[1].birth_date": born, "members[2].birth_date": born}
    assert list_codes(examine(**changed))


def test_a_paper_of_highest_numbers_is_looked_at() -> None:
    highest = {
        "A8": Decimal("9999.99"),
        "A9": 99,
        "A12": Decimal("9999.99"),
        "D1": "1",
        "D2": Decimal("999.9999"),
        "D4_1": 999,
        "D5_1": 99,
        "E1": Decimal("999999.99"),
        "C4": Decimal("999999.99"),
        "members[1].C3_01": Decimal("99999.99"),
        "members[1].age": 999,
        "members[1].B5": 99,
        "visit_start": time(23, 59),
        "visit_end": time(0, 0),
    }
    likely = {"areas_are_likely", "counts_are_likely", "sums_are_likely"}
    assert likely | {"monthly_income_is_likely"} <= list_codes(examine(**highest))


@pytest.mark.parametrize(
    ("field", "code"),
    [("A10", "7"), ("A10", ""), ("F2", "x"), ("sms_consent", "3"), ("members[1].C2", "A")],
)
def test_a_code_that_no_form_prints_is_never_an_answer(field: str, code: str) -> None:
    wrong = read_field(DECLARATION, field, "1", value=code)
    document = read_paper(DECLARATION, {})
    changed = {**document.fields, field: wrong}
    validated = validate_document(DECLARATION, replace_fields(document, changed), DAY)
    assert validated.disposition is not Disposition.ACCEPTED
    assert validated.record is not None
    assert field not in validated.record.answers.values


def test_a_code_among_many_that_no_form_prints_is_never_an_answer() -> None:
    document = fill_declaration()
    wrong = read_field(DECLARATION, "A7", ["1"], value=("1", "99"))
    validated = validate_document(
        DECLARATION, replace_fields(document, {**document.fields, "A7": wrong}), DAY
    )
    assert ("invalid_answer", "A7") in {(f.code, f.field) for f in validated.findings}


def test_an_edition_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(TemplateFault) as refused:
        load("family_declaration", date(2031, 1, 1))
    assert "2031-01-01" in str(refused.value)


def test_a_paper_of_nothing_is_no_family() -> None:
    blank = dict.fromkeys(ANSWERS, "")
    blank |= {f"members[{r}].{q}": "" for r, m in enumerate(MEMBERS, 1) for q in m}
    validated = examine(**blank)
    assert {"family_has_members", "unanswered"} <= list_codes(validated)
    assert validated.disposition is Disposition.RETURN_TO_AGENT
