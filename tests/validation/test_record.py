from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError
from marshmallow.fields import List, Nested

from ocr.readings import FieldReading, FieldState, Reason
from tests.validation.papers import document_of, load_form, read_field, read_paper
from validation.record import build_record
from validation.rows import RowUse, find_rows
from validation.schemas import build_schema
from validation.typed_values import type_values

DECLARATION = load_form("family_declaration")
DOUBTFUL: dict[str, Any] = {"reason": Reason.DOUBTFUL_VALUE, "review": True}
BLURRED: dict[str, Any] = {"state": FieldState.UNREADABLE, "reason": Reason.IMAGE, "value": None}

FAMILY: dict[str, Any] = {
    "A8": Decimal("64.5"),
    "A7": ["1", "4"],
    "A10": "4",
    "A9": 3,
    "filling_date": date(2015, 11, 23),
    "visit_start": time(10, 5),
    "agent_signature": True,
    "agent_stamp": False,
    "family_code": "0012345678",
    "phone_home": "",
    "members[1].age": 70,
    "members[1].personal_number": "01001012345",
    "members[3].C3_07": Decimal("120.50"),
    "members[3].age": 0,
}


def test_a_record_holds_the_values_by_question_and_row() -> None:
    record = build_record(DECLARATION, read_paper(DECLARATION, FAMILY))
    assert record.answers.values["A8"] == Decimal("64.50")
    assert record.answers.values["A7"] == ("1", "4")
    assert record.answers.values["filling_date"] == date(2015, 11, 23)
    assert set(record.rows["members"]) == {1, 3}
    assert record.rows["members"][3].values == {"C3_07": Decimal("120.50"), "age": 0}
    assert record.rows["members"][3].field("age") == "members[3].age"


def test_what_is_empty_is_absent_and_known_to_be_empty() -> None:
    record = build_record(DECLARATION, read_paper(DECLARATION, FAMILY))
    assert "phone_home" not in record.answers.values
    assert record.answers.empty == {"phone_home", "agent_stamp"}


@pytest.mark.parametrize("changes", [DOUBTFUL, BLURRED, {"state": FieldState.UNSIGNED}])
def test_what_is_not_settled_is_absent_and_not_empty(changes: dict[str, Any]) -> None:
    reading = read_field(DECLARATION, "A9", 3, **changes)
    record = build_record(DECLARATION, document_of(DECLARATION, reading))
    assert record.answers.values == {}
    assert record.answers.empty == frozenset()


def test_an_emptiness_that_the_reader_doubts_is_not_known() -> None:
    reading = read_field(DECLARATION, "A12", "", review=True)
    record = build_record(DECLARATION, document_of(DECLARATION, reading))
    assert record.answers.empty == frozenset()


def test_other_programs_get_dates_decimals_and_lists() -> None:
    json = type_values(DECLARATION, read_paper(DECLARATION, FAMILY)).json
    assert json == {
        "A8": "64.50",
        "A7": ["1", "4"],
        "A10": "4",
        "A9": 3,
        "filling_date": "2015-11-23",
        "visit_start": "10:05",
        "agent_signature": True,
        "agent_stamp": False,
        "family_code": "0012345678",
        "members[1].age": 70,
        "members[1].personal_number": "01001012345",
        "members[3].C3_07": "120.50",
        "members[3].age": 0,
    }


def test_a_doubtful_value_is_typed_for_the_person_who_looks() -> None:
    reading = read_field(DECLARATION, "A9", 3, **DOUBTFUL)
    assert type_values(DECLARATION, document_of(DECLARATION, reading)).json == {"A9": 3}


def test_characters_that_mean_nothing_are_refused_alone() -> None:
    document = read_paper(
        DECLARATION,
        {"members[2].birth_date": "31022015", "members[2].age": 3, "A9": "1 2", "A10": "9"},
    )
    typed = type_values(DECLARATION, document)
    assert typed.refused == {
        "members[2].birth_date": "invalid_date",
        "A9": "invalid_number",
        "A10": "invalid_answer",
    }
    assert typed.json == {"members[2].age": 3}


def test_the_signature_at_the_foot_of_a_leaf_is_a_value_too() -> None:
    document = read_paper(DECLARATION, {"foot_signature.p1s1": True})
    assert type_values(DECLARATION, document).json == {"foot_signature.p1s1": True}


def test_the_schema_refuses_a_question_that_the_form_does_not_ask() -> None:
    schema = build_schema(DECLARATION)
    with pytest.raises(ValidationError):
        schema.load({"A99": "1"})
    with pytest.raises(ValidationError):
        schema.load({"members": [{"shoe_size": "42"}]})


def test_the_schema_has_each_question_of_the_form_in_its_place() -> None:
    schema = build_schema(DECLARATION)
    single = {q.id for s, q in DECLARATION.questions() if s.group is None}
    columns = {q.id for s, q in DECLARATION.questions() if s.group == "members"}
    assert set(schema.fields) == single | {"members"}
    members = schema.fields["members"]
    assert isinstance(members, List) and isinstance(members.inner, Nested)
    assert set(members.inner.schema.fields) == columns


def find_use(*readings: FieldReading) -> RowUse:
    document = document_of(DECLARATION, *readings)
    return find_rows(DECLARATION, document)["members"][1]


def test_a_row_is_in_use_when_one_of_its_own_answers_is_written() -> None:
    empty = read_field(DECLARATION, "members[1].age")
    written = read_field(DECLARATION, "members[1].personal_number", "01001012345")
    assert find_use(empty, written) is RowUse.USED
    assert find_use(empty, read_field(DECLARATION, "members[1].personal_number")) is RowUse.UNUSED


def test_a_row_is_not_in_use_for_a_circle_or_an_amount_alone() -> None:
    empty = read_field(DECLARATION, "members[1].age")
    sex = read_field(DECLARATION, "members[1].sex", "1")
    amount = read_field(DECLARATION, "members[1].C3_01", 100)
    assert find_use(empty, sex, amount) is RowUse.UNUSED


def test_one_doubtful_trace_may_be_a_stain_but_two_are_somebody() -> None:
    empty = read_field(DECLARATION, "members[1].age")
    stain = read_field(DECLARATION, "members[1].birth_date", "1", **DOUBTFUL)
    other = read_field(DECLARATION, "members[1].personal_number", "1", **DOUBTFUL)
    assert find_use(empty, stain) is RowUse.UNKNOWN
    assert find_use(empty, stain, other) is RowUse.USED


def test_a_suggested_name_is_somebody() -> None:
    name = read_field(
        DECLARATION, "members[1].surname", "abc", reason=Reason.SUGGESTION, review=True
    )
    assert find_use(name) is RowUse.USED


def test_a_row_that_was_not_scanned_or_not_read_is_unknown() -> None:
    amount = read_field(DECLARATION, "members[1].C3_01")
    empty = read_field(DECLARATION, "members[1].age")
    hidden = read_field(DECLARATION, "members[1].birth_date", "", **BLURRED)
    assert find_use(amount) is RowUse.UNKNOWN
    assert find_use(empty, hidden) is RowUse.UNKNOWN


def test_a_crossed_answer_is_ink() -> None:
    crossed = replace(
        read_field(DECLARATION, "members[1].age"),
        state=FieldState.UNANSWERED,
        reason=Reason.CROSSED_UNANSWERED,
    )
    assert find_use(crossed) is RowUse.USED
